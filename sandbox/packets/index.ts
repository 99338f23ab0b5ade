export type { Answer, Stop } from "./answer";
export { arrives, type Visit } from "./arrives";
export { type Boundaries, boundaries } from "./boundaries";
export { type DnsRecord, type Lookup, lookup, type Zone, zoneSettings } from "./dns";
export { type Packet, reaches } from "./reaches";
