import type { StopEvent } from "../../edge/errors";
import { type Assumption, type Hop, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { nothing, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { asBoolean, attribute, type Block, bodyOf } from "../attributes";
import type { ListBinding } from "../binding";
import { kindOf } from "./aws-balancer-face";
import { isSeveral, type LegStart } from "./aws-leg";
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
  crosses: boolean | undefined,
): { readonly used: readonly BalancerTarget[]; readonly idle: readonly BalancerTarget[] } {
  const nodes = membersOf(sendersOf(start, crosses));
  const isIdle = ({ subnets, anyZone }: BalancerTarget) => {
    const own = membersOf(subnets);
    const none = own.length === 0 || nodes.length === 0 || anyZone === true;
    return !none && own.every((each) => nodes.every((node) => apart(node, each)));
  };
  return {
    used: targets.filter((target) => !isIdle(target)),
    idle: targets.filter(isIdle),
  };
}

/** The subnets whose nodes send to a target: with one address of a balancer, that node alone. */
function sendersOf(start: LegStart, crosses: boolean | undefined): ListBinding {
  return crosses === false ? start.subnets : start.enabled;
}

/** What a way rests on where no target is in a zone of the balancer for all that the input shows. */
export function zoneAssumption(
  start: LegStart,
  used: readonly BalancerTarget[],
  crosses: boolean | undefined,
): readonly Assumption[] {
  const list = crosses === true ? start.enabled : start.subnets;
  const nodes = [...list.certain, ...(isSole(list) || list.onlyIds ? list.candidates : [])];
  const isServed = ({ subnets, certain, anyZone }: BalancerTarget, by: readonly Member[]) => {
    const own = membersOf(subnets);
    const inside = own.every((each) => by.some((node) => together(node, each)));
    return certain && (anyZone === true || (inside && own.length > 0));
  };
  const [first] = used;
  if (first === undefined || used.some((target) => isServed(target, list.certain))) {
    return [];
  }
  const served = used.some((target) => isServed(target, nodes));
  if (served && !isSeveral(list)) {
    return [];
  }
  return served
    ? [
        {
          id: "binding/list-of-ids",
          subject: start.name,
          text: `the subnets of ${start.name} are ${list.text}, and no others`,
        },
      ]
    : [
        {
          id: "aws/zone-enabled",
          subject: first.name,
          text: `${first.name} is in an Availability Zone that ${start.name} is in`,
        },
      ];
}

function isSole({ candidates, open }: ListBinding): boolean {
  return candidates.length === 1 && !open;
}

/** Surely in one zone: a subnet is in one, and two may be told to be in the same. */
export function together(one: Member, other: Member): boolean {
  const key = subnetKey(one);
  if (key !== undefined && key === subnetKey(other)) {
    return true;
  }
  return zonesOf(one, other).some(([left, right]) => left !== undefined && left === right);
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
  const nodes = start.subnets.certain;
  const near = subnets.certain.map((own) => nodes.filter((node) => together(node, own)));
  // AWS takes one subnet of a zone for a balancer, so no other node is in the target's.
  const certain = near.every((each) => each.length > 0)
    ? [...new Set(near.flat())]
    : nodes.filter((node) => subnets.certain.some((own) => !apart(node, own)));
  return { ...start, subnets: { ...start.subnets, certain } };
}

/** What is behind a balancer all of whose targets are in zones that it is not in. */
export function idleHop(
  start: LegStart,
  target: BalancerTarget,
  stop: StopEvent,
  [family, crosses]: readonly [Family, boolean | undefined],
): Hop {
  const text = `${target.name} is in an Availability Zone that ${start.name} is not in, so it gets no traffic`;
  const reason = { id: "aws/target-zone", subject: target.name, text };
  // References of a list are not all that it may hold.
  const told = crosses !== undefined || start.subnets === start.enabled;
  const whole = told && isWhole(sendersOf(start, crosses)) && isWhole(target.subnets);
  const bounds = whole ? nothing(family) : unknownBounds(family);
  return plainHop("proxy", [target.name], bounds, [reason], stop);
}

/** All that a list may hold, as far as it shows; nothing where more may be in it. */
export function membersOf({ certain, candidates, open }: ListBinding): readonly Member[] {
  return open ? [] : [...certain, ...candidates];
}

function isWhole({ certain, candidates, open }: ListBinding): boolean {
  return !open && candidates.length === 0 && certain.length > 0;
}

/** Surely in two zones: of subnets outside the input no zone is known. */
function apart(one: Member, other: Member): boolean {
  return (
    subnetKey(one) !== subnetKey(other) &&
    zonesOf(one, other).some(
      ([left, right]) => left !== undefined && right !== undefined && left !== right,
    )
  );
}

/** The zones of two subnets by name and by id, as far as they are known. */
function zonesOf(one: Member, other: Member): readonly (readonly (string | undefined)[])[] {
  return "foreign" in one || "foreign" in other
    ? []
    : ["availability_zone", "availability_zone_id"].map((name) =>
        [one, other].map((each) => knownString(attribute(bodyOf(each), name))),
      );
}

function subnetKey(subnet: Member): Key | undefined {
  return "foreign" in subnet ? subnet.foreign : keyOf({ kind: "bound", instance: subnet });
}
