import type { Decider } from "../../model/hop";
import type { Family } from "../../net/cidr";
import { ALL_PORTS } from "../../net/port-range";
import { portsText } from "./aws-acl-deciders";
import type { PrefixLists } from "./aws-prefix-list";
import { type GroupRule, knownPorts, knownSources, viewRule } from "./aws-rule";
import type { GroupKey, SecurityGroups } from "./aws-security-group";

interface Source {
  readonly family: Family;
  readonly source: bigint;
}

/** The rules of a security group that admit a source on a TCP port, or may. */
export function groupDeciders(
  groups: SecurityGroups,
  group: GroupKey,
  port: number,
  { family, source }: Source,
): readonly Decider[] {
  const view = (rule: GroupRule) => viewRule(rule, port, family, groups.prefixLists);
  const admits = (rule: GroupRule) => view(rule).bounds.must.has(source);
  return groups.possibleRules(group, admits).flatMap((rule): Decider[] => {
    const { bounds, sensitive } = view(rule);
    if (!bounds.may.has(source)) {
      return [];
    }
    const from = sensitive
      ? "a sensitive source"
      : sourceText(rule, { family, source }, groups.prefixLists);
    const text = `${trafficText(rule)} from ${from}`;
    const sure = bounds.must.has(source);
    return [{ resource: rule.block.instance.address, effect: "allow", sure, text }];
  });
}

function trafficText(rule: GroupRule): string {
  const ports = knownPorts(rule);
  if (ports === undefined) {
    return "ports known after apply";
  }
  return ports.from === ALL_PORTS.from && ports.to === ALL_PORTS.to
    ? "every port"
    : portsText(ports);
}

/** The narrowest range of the rule that holds the source, and the prefix list that has it. */
function sourceText(rule: GroupRule, source: Source, prefixLists: PrefixLists): string {
  const own = narrowest(knownSources(rule), source);
  if (own !== undefined) {
    return own.text;
  }
  const lists = prefixLists.named(rule.block, rule.form.prefixLists, source.family);
  for (const { name, cidrs } of lists) {
    const entry = narrowest(cidrs, source);
    if (entry !== undefined) {
      return `${entry.text} of the prefix list ${name}`;
    }
  }
  const [only] = lists;
  return only === undefined ? "a source known after apply" : `the prefix list ${only.name}`;
}

function narrowest<T extends ReturnType<typeof knownSources>[number]>(
  cidrs: readonly T[],
  { family, source }: Source,
): T | undefined {
  const holding = cidrs.filter(
    (cidr) => cidr.family === family && cidr.first <= source && source <= cidr.last,
  );
  return holding.sort((left, right) => right.prefix - left.prefix)[0];
}
