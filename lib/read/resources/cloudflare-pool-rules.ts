import { ANY_PATH, ANY_TEXT, evaluate } from "../../edge/expression/evaluate";
import { programOf } from "../../edge/expression/program";
import type { Template } from "../../edge/expression/wildcard";
import { isObject, type Json, knownString } from "../../model/value";
import { attribute, type Block } from "../attributes";

/** Whether a rule may be about some request for the balancer's name: any, without a condition. */
export function mayApply(rule: Block, host: Template): boolean {
  const condition = knownString(attribute(rule, "condition"));
  const program = condition === undefined || condition === "" ? undefined : programOf(condition);
  const rest = { path: ANY_PATH, query: ANY_TEXT, rewritten: true, hostAlone: true };
  const requests = { scheme: "https", host, port: 443, ...rest } as const;
  return program === undefined || evaluate(program, requests) !== false;
}

/** The ids in a map of lists. */
export function idsIn(value: Json): readonly Json[] {
  const lists: readonly Json[] = isObject(value) ? Object.values(value) : [value];
  return lists.flatMap((list) => (Array.isArray(list) ? (list as readonly Json[]) : [list]));
}
