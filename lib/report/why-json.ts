import type { Why } from "../rules/why-types";
import { safeJson } from "./json";

/** The answer of `originproof why` as JSON with a final newline. */
export function renderWhyJson(why: Why): string {
  return safeJson(why);
}
