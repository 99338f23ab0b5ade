import type { Instance } from "../../model/instance";
import { listenersDiffer } from "../../model/listener-settings";
import type { Step } from "../../model/rollout";
import { equalJson, type Json, member } from "../../model/value";
import type { Before } from "./states";
import type { Act } from "./things";

/**
 * Creates that must fail, since what is still there has what they ask for, and all that waits for
 * them: none of it is ever done.
 *
 * @see docs/proof.md, "Rollout"
 */
export function blockedActs(
  acts: readonly Act[],
  before: Before,
  kept: readonly Instance[] = [],
): ReadonlySet<Act> {
  const creates = acts.filter((act) => act.step.action === "create");
  const deletes = acts.filter((act) => act.step.action === "delete");
  const failing = creates.filter(
    (create) =>
      deletes.some((other) => before(create, other) && clash(other.step, create)) ||
      kept.some(({ type, values }) => clash({ type, before: values }, create)),
  );
  const blocked = new Set(failing);
  for (const act of acts) {
    if (failing.some((create) => before(create, act))) {
      blocked.add(act);
    }
  }
  return blocked;
}

/**
 * One text for all that a create may clash with, and perhaps for more; undefined: it clashes with
 * nothing.
 */
export function placeOf(type: string, values: Json): string | undefined {
  const names = RULES.has(type) ? ["security_group_id"] : PLACES.get(type);
  const kind = RULES.has(type) ? "rule" : BALANCERS.has(type) ? "balancer" : type;
  const place = names?.map((name) => setValue(values, name));
  return place?.every((each) => each !== undefined) ? JSON.stringify([kind, ...place]) : undefined;
}

interface Unique {
  /** What only one object can have, within these. */
  readonly within: readonly string[];
  /** Of these at least one is set, and all are the same. */
  readonly names: readonly string[];
}

/** Names that only one object can have, where it is sure that both are in the same place. */
const UNIQUE: ReadonlyMap<string, Unique> = new Map([
  ["aws_security_group", { within: ["vpc_id"], names: ["name"] }],
  ["aws_lb_target_group", { within: ["vpc_id"], names: ["name"] }],
  ["aws_alb_target_group", { within: ["vpc_id"], names: ["name"] }],
  ["aws_lb_listener", { within: ["load_balancer_arn"], names: ["port"] }],
  ["aws_alb_listener", { within: ["load_balancer_arn"], names: ["port"] }],
  ["aws_network_acl_rule", { within: ["network_acl_id", "egress"], names: ["rule_number"] }],
  [
    "aws_route",
    {
      within: ["route_table_id"],
      names: [
        "destination_cidr_block",
        "destination_ipv6_cidr_block",
        "destination_prefix_list_id",
      ],
    },
  ],
  ["cloudflare_dns_record", { within: ["zone_id", "name", "type"], names: ["content"] }],
]);

/** Their names are unique in a region and an account: where they share a subnet, those are one. */
const BALANCERS: ReadonlySet<string> = new Set(["aws_lb", "aws_alb", "aws_elb"]);

/** Attributes that are the same of all that clash. */
const PLACES: ReadonlyMap<string, readonly string[]> = new Map([
  ...[...UNIQUE].map(([type, { within, names }]): [string, readonly string[]] => [
    type,
    names.length === 1 ? [...within, ...names] : within,
  ]),
  ...[...BALANCERS].map((type): [string, readonly string[]] => [type, ["name"]]),
  ["cloudflare_dns_record", ["zone_id", "name"]],
]);

/**
 * Settings of which one differs where AWS refuses a create of the same name: one with the same
 * settings it answers with what is there.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
const SETTINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ...[...BALANCERS].map((type): [string, readonly string[]] => [
    type,
    ["internal", "ip_address_type", "listener", "load_balancer_type", "security_groups", "subnets"],
  ]),
  ...["aws_lb_target_group", "aws_alb_target_group"].map((type): [string, readonly string[]] => [
    type,
    ["health_check", "port", "protocol", "protocol_version", "target_type"],
  ]),
]);

function mayBeSame(old: Old, next: Act): boolean {
  if (/^aws_a?lb_listener$/.test(next.step.type)) {
    return !listenersDiffer(old.before, next.step.after);
  }
  const names = SETTINGS.get(next.step.type);
  const differs = (name: string) =>
    !isUnknown(next, name) &&
    !equalJson(member(old.before, name) ?? null, member(next.step.after, name) ?? null);
  return names !== undefined && !names.some(differs);
}

/** What is there: an object that a step destroys, or one that stays. */
type Old = Pick<Step, "type" | "before">;

/**
 * Whether what is still there surely makes the create fail. Where that is not sure the create may
 * be done, which leaves more states and never fewer.
 */
export function clash(old: Old, next: Act): boolean {
  const { type } = next.step;
  if (isNameTaken(old, next)) {
    return true;
  }
  if (mayBeSame(old, next)) {
    return false;
  }
  const unique = old.type === type ? UNIQUE.get(type) : undefined;
  if (unique !== undefined) {
    const isSet = (name: string) => setValue(next.step.after, name) !== undefined;
    return (
      unique.within.every((name) => isSet(name) && sameValue(old, next, name)) &&
      unique.names.some(isSet) &&
      unique.names.every((name) => sameValue(old, next, name))
    );
  }
  if (old.type === type && BALANCERS.has(type)) {
    const isNamed = setValue(next.step.after, "name") !== undefined;
    return isNamed && sameValue(old, next, "name") && sharesSubnet(old.before, next.step.after);
  }
  return isDuplicate(old, next);
}

/**
 * A CNAME has its name to itself.
 *
 * @see https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/
 */
function isNameTaken(old: Old, next: Act): boolean {
  const types = [setValue(old.before, "type"), setValue(next.step.after, "type")];
  return (
    old.type === RECORD &&
    next.step.type === RECORD &&
    types.includes("CNAME") &&
    types.every((type) => type === "CNAME" || type === "A" || type === "AAAA") &&
    ["zone_id", "name"].every(
      (name) => setValue(next.step.after, name) !== undefined && sameValue(old, next, name),
    )
  );
}

const RECORD = "cloudflare_dns_record";

function sharesSubnet(left: Json, right: Json): boolean {
  const subnets = (values: Json) => {
    const list = member(values, "subnets");
    return Array.isArray(list) ? (list as readonly Json[]) : [];
  };
  const own = subnets(left);
  return subnets(right).some((subnet) => typeof subnet === "string" && own.includes(subnet));
}

function sameValue(old: Old, next: Act, name: string): boolean {
  return setValue(old.before, name) === setValue(next.step.after, name) && !isUnknown(next, name);
}

/** AWS refuses a rule that a group has already: `InvalidPermission.Duplicate`. */
function isDuplicate(old: Old, next: Act): boolean {
  const { type, after } = next.step;
  const isRule = RULES.has(old.type) && RULES.has(type);
  if (!isRule || isUnknown(next, "security_group_id")) {
    return false;
  }
  const [left, right] = [rulesOf(old.before), rulesOf(after)];
  return (
    directionOf(old.type, old.before) === directionOf(type, after) &&
    left.some((rule) => right.includes(rule))
  );
}

const RULES: ReadonlySet<string> = new Set([
  "aws_security_group_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
]);

function directionOf(type: string, values: Json): string {
  const given = setValue(values, "type");
  return type === "aws_security_group_rule"
    ? String(given)
    : type.includes("egress")
      ? "egress"
      : "ingress";
}

/** One text for each source of a rule, with group, protocol and ports. */
function rulesOf(values: Json): readonly string[] {
  const protocol = setValue(values, "ip_protocol") ?? setValue(values, "protocol");
  const ports =
    protocol === "-1" ? [] : [setValue(values, "from_port"), setValue(values, "to_port")];
  const group = setValue(values, "security_group_id");
  const sources = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"].flatMap((name) => {
    const value = member(values, name) ?? [];
    return Array.isArray(value) ? (value as readonly Json[]) : [value];
  });
  const texts = sources.filter((source) => typeof source === "string" && source !== "");
  return texts.map((source) => JSON.stringify([group, protocol, ports, source]));
}

function setValue(values: Json, name: string): Json | undefined {
  const value = member(values, name) ?? "";
  return value === "" || typeof value === "object" ? undefined : value;
}

function isUnknown({ step }: Act, name: string): boolean {
  const mask = step.afterUnknown === true ? true : (member(step.afterUnknown, name) ?? false);
  return mask !== false;
}
