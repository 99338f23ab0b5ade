import type { StopEvent } from "../../edge/errors";
import { type Hop, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { nothing, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { asBoolean, attribute, type Block, bodyOf } from "../attributes";
import type { ListBinding } from "../binding";
import { kindOf } from "./aws-balancer-face";
import type { LegStart } from "./aws-leg";
import type { BalancerTarget } from "./aws-target";
import { type Key, keyOf } from "./aws-vpc";

type Member = ListBinding["certain"][number];

/**
 * Whether a node of the balancer sends to targets of other zones: undefined where that is known
 * after apply. A target group may say otherwise than its balancer.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export function crossesZones(balancer: Instance, group: Block | undefined): boolean | undefined {
  const own = group && attribute(group, "load_balancing_cross_zone_enabled");
  if (own?.kind === "unknown") return undefined;
  const told = own?.kind === "known" ? asBoolean(own.value) : undefined;
  if (told !== undefined) return told;
  const kind = kindOf(balancer);
  if (kind === "application") return true;
  const name =
    kind === "classic" ? "cross_zone_load_balancing" : "enable_cross_zone_load_balancing";
  const value = attribute(bodyOf(balancer), name);
  if (value.kind === "unset") return kind === "classic";
  return value.kind === "known" ? asBoolean(value.value) : undefined;
}

/** Targets that the balancer may send to, and those of zones that it is not in. */
export function byZone(
  start: LegStart,
  targets: readonly BalancerTarget[],
): { readonly used: readonly BalancerTarget[]; readonly idle: readonly BalancerTarget[] } {
  const nodes = membersOf(start.subnets);
  const isIdle = ({ subnets }: BalancerTarget) => {
    const own = membersOf(subnets);
    const none = own.length === 0 || nodes.length === 0;
    return !none && own.every((each) => nodes.every((node) => apart(node, each)));
  };
  return {
    used: targets.filter((target) => !isIdle(target)),
    idle: targets.filter(isIdle),
  };
}

/** The balancer as one target sees it: nodes of other zones send it nothing, if told so. */
export function nodesFor(
  start: LegStart,
  { subnets }: BalancerTarget,
  crosses: boolean | undefined,
): LegStart {
  if (crosses !== false || !isWhole(start.subnets) || !isWhole(subnets)) {
    return start;
  }
  const certain = start.subnets.certain.filter((node) =>
    subnets.certain.some((own) => !apart(node, own)),
  );
  return { ...start, subnets: { ...start.subnets, certain } };
}

/** What is behind a balancer all of whose targets are in zones that it is not in. */
export function idleHop(
  start: LegStart,
  target: BalancerTarget,
  stop: StopEvent,
  family: Family,
): Hop {
  const text = `${target.name} is in an Availability Zone that ${start.name} is not in, so it gets no traffic`;
  const reason = { id: "aws/target-zone", subject: target.name, text };
  // References of a list are not all that it may hold.
  const sure = isWhole(start.subnets) && isWhole(target.subnets);
  const bounds = sure ? nothing(family) : unknownBounds(family);
  return plainHop("proxy", [target.name], bounds, [reason], stop);
}

/** All that a list may hold, as far as it shows; nothing where more may be in it. */
function membersOf({ certain, candidates, open }: ListBinding): readonly Member[] {
  return open ? [] : [...certain, ...candidates];
}

function isWhole({ certain, candidates, open }: ListBinding): boolean {
  return !open && candidates.length === 0 && certain.length > 0;
}

/** Surely in two zones: of subnets outside the input no zone is known. */
function apart(one: Member, other: Member): boolean {
  if (subnetKey(one) === subnetKey(other) || "foreign" in one || "foreign" in other) {
    return false;
  }
  return ["availability_zone", "availability_zone_id"].some((name) => {
    const [left, right] = [one, other].map((each) => knownString(attribute(bodyOf(each), name)));
    return left !== undefined && right !== undefined && left !== right;
  });
}

function subnetKey(subnet: Member): Key | undefined {
  return "foreign" in subnet ? subnet.foreign : keyOf({ kind: "bound", instance: subnet });
}
