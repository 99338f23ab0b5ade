import type { Assumption, Reason } from "../../model/hop";
import {
  type Bounds,
  everything,
  intersectBounds,
  unionBounds,
  unknownBounds,
} from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { type Answer, allOf, anyOf, maybe } from "../answer";
import type { ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import type { LegQuestion } from "./aws-leg";
import { networkAcls, subnetsConnect } from "./aws-network-acl";
import { type Key, keyOf } from "./aws-vpc";

/** Types whose presence means that a subnet's network ACL may not be the default. */
const ACLS = [
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_network_acl_association",
  "aws_default_network_acl",
];

/** Whether the network ACLs of both ends let the balancer's own packets through, both ways. */
export function aclsPass(
  lookup: Lookup,
  { start, target, family, port, some }: LegQuestion,
): Answer {
  const [from, to] = [keysOf(start.subnets), keysOf(target.subnets)];
  if (from === undefined || to === undefined) {
    return outside(lookup, target.name);
  }
  const pairs = from.flatMap((one) => to.map((other) => ({ from: one, to: other })));
  const joined = some ? anyOf : allOf;
  return joined(
    pairs.map((pair) => {
      const { verdict, reasons, assumptions } = subnetsConnect(lookup, pair, { family, port });
      return { result: verdict === "unknown" ? "maybe" : verdict, reasons, assumptions };
    }),
  );
}

/** What the network ACLs of a target's subnets let clients do that keep their own address. */
export function clientsPassAcls(
  lookup: Lookup,
  { start, target, port }: LegQuestion,
  outer: Family,
): {
  bounds: Bounds;
  /** By any client port, and by any subnet. */
  entry: Bounds;
  reasons: readonly Reason[];
  assumptions: readonly Assumption[];
} {
  const [from, to] = [keysOf(start.subnets), keysOf(target.subnets)];
  if (to === undefined) {
    const { result, reasons, assumptions } = outside(lookup, target.name);
    const bounds = result === "yes" ? everything(outer) : unknownBounds(outer);
    return { bounds, entry: bounds, reasons, assumptions };
  }
  // Where a balancer's only subnet is the target's, the packets have passed its ACL already.
  const [sole, ...more] = from ?? [];
  const others = to.filter((subnet) => more.length > 0 || subnet !== sole);
  const each = others.map((subnet) => networkAcls(lookup).hops(subnet, outer, port));
  const hops = each.flat();
  const ways = each.map((way) =>
    intersectBounds(
      outer,
      way.map((hop) => hop.entry ?? hop.bounds),
    ),
  );
  return {
    bounds: intersectBounds(
      outer,
      hops.map((hop) => hop.bounds),
    ),
    entry: others.length < to.length ? everything(outer) : unionBounds(outer, ways),
    reasons: hops.flatMap((hop) => hop.reasons),
    assumptions: hops.flatMap((hop) => hop.assumptions),
  };
}

/** The subnets of a list; undefined where some are not known. */
function keysOf({ certain, candidates, open, onlyIds }: ListBinding): readonly Key[] | undefined {
  const whole = candidates.length === 0 || candidates.length === 1 || onlyIds;
  const keys = [...certain, ...candidates].map(
    (each): Key =>
      "foreign" in each ? each.foreign : (keyOf({ kind: "bound", instance: each }) ?? each),
  );
  return open || !whole || keys.length === 0 ? undefined : keys;
}

function outside(lookup: Lookup, name: string): Answer {
  const found = ACLS.flatMap((type) => lookup.managed(type));
  const [first] = found;
  if (first !== undefined) {
    const text = `the subnets between which the balancer reaches ${name} are not known, and ${first.address} may be on the way`;
    return maybe([{ id: "aws/acl-between-subnets", subject: name, text }]);
  }
  const text = `the subnets of ${name} have their VPC's default network ACL, which admits everything`;
  const assumption = { id: "aws/default-network-acl", subject: name, text };
  return { result: "yes", reasons: [], assumptions: [assumption] };
}
