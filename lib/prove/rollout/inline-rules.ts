import { equalJson, isObject, type Json, type JsonObject, member } from "../../model/value";

/** Lists of an inline rule whose elements the provider revokes and authorizes one by one. */
const SOURCES = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"] as const;

/**
 * What is left of a group's inline rules after its update has revoked and before it authorizes:
 * each source of a rule that is planned with the same protocol, ports and description. A rule whose
 * description changes is revoked whole.
 *
 * @see hashicorp/aws 5.32.0, internal/service/ec2/vpc_security_group.go:734
 */
export function keptRules(before: Json, after: Json): readonly Json[] {
  const next = Array.isArray(after) ? (after as readonly Json[]) : [];
  const old = Array.isArray(before) ? (before as readonly Json[]) : [];
  return old.flatMap((rule) => {
    const alike = next.filter((other) => isAlike(rule, other));
    const kept = isObject(rule) ? keptSources(rule, alike) : undefined;
    return kept === undefined ? [] : [kept];
  });
}

function keptSources(rule: JsonObject, alike: readonly Json[]): JsonObject | undefined {
  const lists = SOURCES.map((name) => {
    const planned = alike.flatMap((other) => listOf(member(other, name)));
    const kept = listOf(member(rule, name)).filter((item) =>
      planned.some((other) => equalJson(item, other)),
    );
    return [name, kept] as const;
  });
  const self =
    member(rule, "self") === true && alike.some((other) => member(other, "self") === true);
  const empty = !self && lists.every(([, list]) => list.length === 0);
  return empty ? undefined : { ...rule, ...Object.fromEntries(lists), self };
}

function isAlike(left: Json, right: Json): boolean {
  return ["protocol", "from_port", "to_port", "description"].every(
    (name) => (member(left, name) ?? "") === (member(right, name) ?? ""),
  );
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
