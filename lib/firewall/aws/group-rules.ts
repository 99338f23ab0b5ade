import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { hasLists, type Members, requireList } from "../../synth/required-list";
import { EdgeRanges } from "../edge-ranges";
import { type Admission, exemptAdmissions, groupOf, listSource, rangeSource } from "./admission";
import { type AwsResourceProps, providerOf } from "./aws-provider";
import { declareQuota, declareWeight } from "./conflicts/owner";
import { distinctListeners } from "./distinct-listeners";
import type { IEdgePrefixList } from "./edge-prefix-list";
import type { Egress, EgressRule } from "./egress";
import { type Exempt, exempt, type FirewallException } from "./firewall-exception";
import { createReady } from "./ready";
import { requireId } from "./resource-id";
import { readQuota, requireWithinQuota } from "./rule-quota";

/** What decides the rules of a firewall, whoever makes its group. */
export interface GroupRulesProps extends AwsResourceProps {
  /** The ports to open; at least one. */
  readonly listeners: readonly Listener[];
  /**
   * Whom to admit, by a rule for each range and port. Not beside `prefixList`.
   *
   * @default EdgeRanges.pinned()
   */
  readonly ranges?: EdgeRanges;
  /**
   * Whom to admit, by a rule for each family and port. Not beside `ranges`.
   *
   * @default - a rule for each range
   */
  readonly prefixList?: IEdgePrefixList;
  /**
   * Who may connect besides the edge.
   *
   * @default - nobody
   */
  readonly exceptions?: readonly FirewallException[];
  /**
   * How many rules of one direction and family the account allows in a group.
   *
   * @default 60
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   */
  readonly ruleQuota?: number;
  /**
   * Groups that an interface behind this firewall has too, by their ids.
   *
   * @default - none
   */
  readonly additionalSecurityGroupIds?: readonly string[];
}

/** The rules to be made, checked. */
export interface GroupRules {
  readonly listeners: readonly Listener[];
  readonly admissions: readonly Admission[];
  readonly exempts: readonly Admission[];
  readonly egress: readonly EgressRule[];
  /** The groups that they take, counted from 0; only 0 where they are not split. */
  readonly groups: readonly number[];
  /** The group of a listener's rules. */
  readonly group: (port: number) => number;
  readonly provider: AwsResourceProps;
}

/** Checks what is asked for and counts it against the quota. */
export function planRules(
  props: GroupRulesProps,
  egress: readonly Egress[],
  split: boolean,
  scope: Construct,
): GroupRules {
  const listeners = distinctListeners(props.listeners, scope);
  const group = split ? groupOf : () => 0;
  const source = sourceOf(props, scope);
  const exempts = exempt(props.exceptions ?? [], scope);
  const outbound = distinctEgress(egress, scope);
  const quota = readQuota(props.ruleQuota, scope);
  declareQuota(scope, quota);
  requireIds(props.additionalSecurityGroupIds ?? [], scope);
  const groups = [...new Set([0, ...listeners.map(({ port }) => group(port))])].sort();
  for (const index of groups) {
    const ports = listeners.filter(({ port }) => group(port) === index).length;
    const own = index === 0 ? { exempts, egress: outbound } : { exempts: [], egress: [] };
    requireWithinQuota({ ports, source, ...own }, quota, scope);
  }
  const admissions = listeners.flatMap((listener) => source.admissions(listener));
  requireNeeded(exempts, admissions, scope);
  return {
    listeners,
    admissions,
    exempts: exemptAdmissions(exempts),
    egress: outbound,
    groups,
    group,
    provider: providerOf(props, scope),
  };
}

/** Makes the rules in their groups, and the gate behind them. */
export function createRules(
  rules: GroupRules,
  groupIds: ReadonlyMap<number, string>,
  scope: Construct,
): TerraformResource {
  const facts: string[] = [];
  const created: TerraformResource[] = [];
  const shared = (index: number) => ({
    securityGroupId: groupIds.get(index) ?? "",
    lifecycle: { createBeforeDestroy: true },
    ...rules.provider,
  });
  const admit = ({ id, fact, config, family, weight }: Admission, index: number) => {
    facts.push(index === 0 ? fact : `${index} ${fact}`);
    const rule = new VpcSecurityGroupIngressRule(scope, id, { ...config, ...shared(index) });
    declareWeight(rule, { 4: family === 4 ? weight : 0, 6: family === 6 ? weight : 0 });
    created.push(rule);
  };
  for (const admission of rules.admissions) {
    admit(admission, rules.group(admission.port));
  }
  for (const admission of rules.exempts) {
    admit(admission, 0);
  }
  for (const { id, config } of rules.egress) {
    created.push(new VpcSecurityGroupEgressRule(scope, id, { ...config, ...shared(0) }));
  }
  return createReady(scope, facts, created);
}

function requireIds(ids: readonly string[], scope: Construct): void {
  if (Token.isUnresolved(ids)) {
    throw new ConfigurationError(
      "groups-not-a-list",
      "'additionalSecurityGroupIds' is a token, to which no group can be added; give a list, such " +
        "as [group.id]",
      scope,
    );
  }
  for (const id of ids) {
    requireId("additionalSecurityGroupIds", "sg", id, scope);
  }
}

function sourceOf({ ranges, prefixList }: GroupRulesProps, scope: Construct) {
  if (ranges !== undefined && prefixList !== undefined) {
    throw new ConfigurationError(
      "two-sources",
      "'ranges' is given beside 'prefixList', which has ranges of its own; remove one of the two",
      scope,
    );
  }
  return prefixList === undefined
    ? rangeSource(ranges ?? EdgeRanges.pinned())
    : listSource(prefixList);
}

const EGRESS: Members = {
  what: "Egress",
  example: "[Egress.everywhere()]",
  fits: (value) => hasLists(value, "rules"),
};

/** @throws ConfigurationError `not-a-list` */
export function requireEgress(egress: readonly Egress[], scope: Construct): void {
  requireList("egress", egress, EGRESS, scope);
}

function distinctEgress(egress: readonly Egress[], scope: Construct): readonly EgressRule[] {
  requireEgress(egress, scope);
  const byId = new Map(egress.flatMap(({ rules }) => rules).map((rule) => [rule.id, rule]));
  return [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** AWS refuses a rule that the group has, so an exception may not be a range of the edge's. */
function requireNeeded(
  exempts: readonly Exempt[],
  admissions: readonly Admission[],
  scope: Construct,
): void {
  const admitted = new Set(
    admissions.map(({ port, config }) => `${port} ${config.cidrIpv4 ?? config.cidrIpv6}`),
  );
  const needless = exempts.find(({ port, cidr }) => admitted.has(`${port} ${cidr.text}`));
  if (needless !== undefined) {
    throw new ConfigurationError(
      "needless-exception",
      `'exceptions' has ${needless.cidr.text} on port ${needless.port}, which 'ranges' admits; ` +
        "remove the exception",
      scope,
    );
  }
}
