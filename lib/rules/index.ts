export { InputError } from "../read/input-error";
export { parseInput } from "../read/parse-input";
export { parseSidecar, type Sidecar } from "../read/sidecar";
export type { ReadInput } from "../read/snapshot";
export { type Config, ConfigError, parseConfig } from "./config";
export type { Acknowledged, Finding, Severity, Source } from "./finding";
export { type ReviewOptions, reviewInputs } from "./review";
export type { Count, PathReport, Review } from "./review-types";
export type { Weakening } from "./weakening";
