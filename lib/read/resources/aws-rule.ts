import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { Json } from "../../model/value";
import {
  type Bounds,
  exactly,
  mayOnly,
  nothing,
  unionBounds,
  unknownBounds,
} from "../../net/bounds";
import { type Cidr, type Family, parseCidrLoose } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { ALL_PORTS, type PortRange } from "../../net/port-range";
import { globallyReachable } from "../../net/special-purpose";
import { attribute, type Block, listAttribute } from "../attributes";
import type { PrefixLists } from "./aws-prefix-list";
import { Traffic } from "./aws-rule-traffic";

/** Which attributes of a rule hold its sources; the three forms of rules name them differently. */
export interface RuleForm {
  readonly protocol: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly prefixLists: string;
  readonly group: string;
}

/** An element of `ingress` in `aws_security_group`. */
export const INLINE: RuleForm = {
  protocol: "protocol",
  ipv4: "cidr_blocks",
  ipv6: "ipv6_cidr_blocks",
  prefixLists: "prefix_list_ids",
  group: "security_groups",
};

/** `aws_security_group_rule`. */
export const RULE: RuleForm = { ...INLINE, group: "source_security_group_id" };

/** `aws_vpc_security_group_ingress_rule` and `…_egress_rule`. */
export const VPC_RULE: RuleForm = {
  protocol: "ip_protocol",
  ipv4: "cidr_ipv4",
  ipv6: "cidr_ipv6",
  prefixLists: "prefix_list_id",
  group: "referenced_security_group_id",
};

/** A rule of a security group: one block, any number of sources. */
export interface GroupRule {
  readonly block: Block;
  readonly form: RuleForm;
  /** It may not be there, or be another group's: it adds to may only. */
  readonly certain: boolean;
  readonly traffic: Traffic;
}

/** A rule, whose traffic is read once, whatever ports are asked for. */
export function groupRule(block: Block, form: RuleForm, certain: boolean): GroupRule {
  return { block, form, certain, traffic: new Traffic(block, form.protocol) };
}

/** What a rule admits on one port and family. */
export interface RuleView {
  readonly bounds: Bounds;
  readonly reasons: readonly Reason[];
  readonly internal: readonly string[];
  readonly sensitive: boolean;
}

/** What a rule admits to a TCP port from addresses of a family. */
export function viewRule(
  rule: GroupRule,
  port: number,
  family: Family,
  prefixLists: PrefixLists,
): RuleView {
  const match = matchPort(rule, port);
  if (match === "no") {
    return { bounds: nothing(family), reasons: [], internal: [], sensitive: false };
  }
  const sources = sourcesOf(rule, family, prefixLists);
  const whole = unionBounds(family, sources.bounds);
  if (match === "yes" && rule.certain) {
    return { ...sources, bounds: whole };
  }
  const text =
    match === "maybe"
      ? `the port or protocol of a rule in ${rule.block.instance.address} is known after apply`
      : `whether a rule of ${rule.block.instance.address} applies is known after apply`;
  return {
    ...sources,
    bounds: mayOnly(whole),
    reasons: [...sources.reasons, reason("aws/rule-unknown", rule.block.instance, text)],
  };
}

/** The TCP ports that a rule names, where they are known. */
export function knownPorts(rule: GroupRule): PortRange | undefined {
  const { protocol, from, to } = rule.traffic.named;
  if (protocol === "all") {
    return ALL_PORTS;
  }
  const valid =
    from !== undefined && to !== undefined && from >= 0 && to <= ALL_PORTS.to && from <= to;
  return protocol === "tcp" && valid ? { from, to } : undefined;
}

type Match = "yes" | "no" | "maybe";

/** Whether a rule is about a TCP port. */
export function matchPort(rule: GroupRule, port: number): Match {
  const { protocol, from, to } = rule.traffic.named;
  if (protocol !== "tcp") {
    // With protocol -1 the ports don't count, so an unknown protocol leaves even a miss open.
    return protocol === "all" ? "yes" : protocol;
  }
  if ((from !== undefined && from > port) || (to !== undefined && to >= 0 && to < port)) {
    return "no";
  }
  return from !== undefined && from >= 0 && to !== undefined && to >= 0 ? "yes" : "maybe";
}

interface Sources {
  readonly bounds: readonly Bounds[];
  readonly reasons: readonly Reason[];
  readonly internal: readonly string[];
  readonly sensitive: boolean;
}

function sourcesOf(rule: GroupRule, family: Family, prefixLists: PrefixLists): Sources {
  const cidrs = listAttribute(rule.block, family === 4 ? rule.form.ipv4 : rule.form.ipv6);
  const bounds: Bounds[] = [];
  const reasons: Reason[] = [];
  const internal = internalOf(rule);
  const { instance } = rule.block;
  if (cidrs !== "unset") {
    const given = cidrs.known.filter((item) => item !== "");
    const valid = given.map((item) => rangeOf(item, family)).filter((each) => each !== undefined);
    const [only, ...others] = valid;
    bounds.push(
      only !== undefined && others.length === 0
        ? only.bounds
        : exactly(
            CidrSet.unionAll(
              family,
              valid.map((each) => each.bounds.must),
            ),
          ),
    );
    internal.push(...valid.filter((each) => each.internal).map((each) => each.cidr.text));
    if (cidrs.open || valid.length < given.length) {
      bounds.push(unknownBounds(family));
      const what = cidrs.open ? "is known after apply" : "is no range of its family";
      reasons.push(
        reason("aws/source-unknown", instance, `a source of ${instance.address} ${what}`),
      );
    }
  }
  const lists = prefixLists.admitted(rule.block, rule.form.prefixLists, family);
  return {
    bounds: [...bounds, ...lists.bounds],
    reasons: [...reasons, ...lists.reasons],
    internal,
    sensitive: lists.sensitive || (cidrs !== "unset" && cidrs.sensitive),
  };
}

/** Every source of a rule that is a known range, of both families. */
export function knownSources(rule: GroupRule): readonly Cidr[] {
  return ([4, 6] as const).flatMap((family) => {
    const cidrs = listAttribute(rule.block, family === 4 ? rule.form.ipv4 : rule.form.ipv6);
    const known = cidrs === "unset" ? [] : cidrs.known;
    return known.flatMap((item) => rangeOf(item, family)?.cidr ?? []);
  });
}

/** A source that is a known range. */
interface Range {
  readonly cidr: Cidr;
  readonly bounds: Bounds;
  /** No address of the internet lies in it. */
  readonly internal: boolean;
}

/** The same few ranges stand in rule after rule. */
const RANGES = new Map<string, Range | undefined>();
const MOST_RANGES = 10_000;
const LONGEST_RANGE = 64;

function rangeOf(item: Json, family: Family): Range | undefined {
  if (typeof item !== "string") {
    return undefined;
  }
  let range = RANGES.get(item);
  if (range === undefined) {
    range = readRange(item);
    if (item.length <= LONGEST_RANGE && RANGES.size < MOST_RANGES) {
      RANGES.set(item, range);
    }
  }
  return range?.cidr.family === family ? range : undefined;
}

function readRange(text: string): Range | undefined {
  const parsed = parseCidrLoose(text);
  if (!parsed.ok) {
    return undefined;
  }
  const cidr = parsed.value;
  const set = CidrSet.of(cidr.family, [cidr]);
  const bounds = exactly(set);
  return { cidr, bounds, internal: set.intersect(globallyReachable(cidr.family)).isEmpty };
}

/** Groups and `self` admit by private address: no source of the internet. */
function internalOf(rule: GroupRule): string[] {
  const groups = listAttribute(rule.block, rule.form.group);
  const self = attribute(rule.block, "self");
  const found: string[] = [];
  if (groups !== "unset") {
    const names = groups.expression?.references.map((reference) => reference.text) ?? [];
    const shown = groups.sensitive ? [] : groups.known;
    const known = shown.filter((item) => typeof item === "string" && item !== "");
    found.push(...[...known, ...names].map((name) => `members of ${name}`));
  }
  if (self.kind === "known" && self.value === true) {
    found.push(`members of the group itself (${rule.block.instance.address})`);
  }
  return found;
}

function reason(id: string, instance: Instance, text: string): Reason {
  return { id, subject: instance.address, text };
}
