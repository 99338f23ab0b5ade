import { type Json, type JsonObject, member } from "../model/value";

/** Blocks and outputs with conditions, by the plan's list of checks; each with its module. */
export function conditionsOf(plan: JsonObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const checks = member(plan, "checks");
  for (const check of Array.isArray(checks) ? (checks as readonly Json[]) : []) {
    const address = member(check, "address");
    const [kind, display] = [member(address, "kind"), member(address, "to_display")];
    const module = member(address, "module");
    const scope = typeof module === "string" ? module : "";
    if (kind === "resource") {
      found.set(`block:${display}`, scope);
    } else if (kind === "output_value") {
      found.set(`output:${scope}.${member(address, "name")}`, scope);
    }
  }
  return found;
}
