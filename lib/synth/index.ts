export type { RuleId } from "../rules/rule-ids";
export { type Acknowledgement, Acknowledgements } from "./acknowledgements";
export { ConfigurationError } from "./configuration-error";
export { requireProof } from "./require-proof";
