import { type Json, type JsonObject, member } from "../model/value";

/** Blocks and outputs with conditions, by the plan's list of checks; each with its module. */
export function conditionsOf(plan: JsonObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const checks = member(plan, "checks");
  for (const check of Array.isArray(checks) ? (checks as readonly Json[]) : []) {
    const address = member(check, "address");
    const [kind, display] = [member(address, "kind"), member(address, "to_display")];
    const [module, name] = [member(address, "module"), member(address, "name")];
    const scope = typeof module === "string" ? module : "";
    if (kind === "resource" && typeof display === "string") {
      found.set(`block:${display}`, scope);
    } else if (kind === "output_value" && typeof name === "string") {
      found.set(`output:${scope}.${name}`, scope);
    }
  }
  return found;
}
