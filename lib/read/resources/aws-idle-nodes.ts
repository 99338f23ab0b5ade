import type { Hop, Reason } from "../../model/hop";
import { type Bounds, boundsOf } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import type { ListBinding } from "../binding";
import type { SubnetPart } from "./aws-subnet";
import type { BalancerTarget } from "./aws-target";
import { membersOf, together } from "./aws-zones";

export type Node = ListBinding["certain"][number];

/** What a listener sends to: a target group, or a classic balancer. */
export interface Sent {
  readonly crosses: boolean | undefined;
  readonly targets: readonly BalancerTarget[];
}

/**
 * Whether a node surely has a target in every target group: where it has none of its own zone and
 * sends to no other, its address is taken out of the balancer's name.
 *
 * @see https://repost.aws/knowledge-center/elb-dns-cross-zone-balance-configuration
 */
export function hasTargets(node: Node, sent: readonly Sent[]): boolean {
  const isNear = ({ subnets, certain, anyZone }: BalancerTarget) =>
    certain && (anyZone === true || membersOf(subnets).some((own) => together(node, own)));
  return sent.every(({ crosses, targets }) => crosses === true || targets.some(isNear));
}

/** A subnet of a balancer, and who surely gets in by it. */
export interface NodePart extends SubnetPart {
  /** Undefined: whoever its hops let through. */
  readonly entered?: CidrSet;
}

/**
 * A node that the balancer's name may not lead to: what its subnet stops, another node may get,
 * unless theirs stop it too. Who gets in by it alone may not.
 */
export function perhapsIdle(
  family: Family,
  part: SubnetPart,
  others: readonly SubnetPart[],
  served: boolean,
  reason: Reason,
): NodePart {
  const may = (hop: Hop) => hop.bounds.may;
  const must = (hop: Hop) => (hop.entry ?? hop.bounds).must;
  const through = (setOf: (hop: Hop) => CidrSet) =>
    others.map(({ hops }) =>
      hops.reduce((set, hop) => set.intersect(setOf(hop)), CidrSet.all(family)),
    );
  const elsewhere = CidrSet.unionAll(family, through(may));
  const everywhere = through(must).reduce((set, each) => set.intersect(each), CidrSet.all(family));
  const entered = served ? CidrSet.empty(family) : everywhere;
  const wider = ({ must, may }: Bounds) => boundsOf(must, may.union(elsewhere));
  const hops = part.hops.map((hop): Hop => {
    if (hop.bounds.may.covers(elsewhere)) {
      return hop;
    }
    const { alternative, replies, ...rest } = hop;
    const entry = hop.entry ?? hop.bounds;
    const other = alternative && {
      entry: alternative.bounds,
      ...alternative,
      bounds: wider(alternative.bounds),
    };
    return {
      ...rest,
      ...(replies === undefined ? {} : { replies: [] }),
      bounds: wider(hop.bounds),
      entry,
      reasons: [...hop.reasons, reason],
      ...(other === undefined ? {} : { alternative: other }),
    };
  });
  return { ...part, hops, entered };
}
