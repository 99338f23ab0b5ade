export { EdgeRanges } from "./edge-ranges";
export type { IOriginFirewall } from "./firewall";
