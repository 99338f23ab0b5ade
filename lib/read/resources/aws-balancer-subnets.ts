import type { Assumption, Hop, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import {
  type Bounds,
  boundsOf,
  intersectBounds,
  unionBounds,
  unknownBounds,
} from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { afterApply } from "../after-apply";
import { bodyOf, isConfigured, listAttribute, nestedBlocks } from "../attributes";
import type { ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import { type Node, type NodePart, perhapsIdle } from "./aws-idle-nodes";
import { type Packets, type SubnetPart, subnetHops } from "./aws-subnet";
import { namedSubnets } from "./aws-target";

/** The subnets of a balancer: a list of ids, or a block for each. */
export function subnetsOf(lookup: Lookup, balancer: Instance): ListBinding {
  const body = bodyOf(balancer);
  const { blocks, open } = nestedBlocks(body, "subnet_mapping");
  const list = listAttribute(body, "subnets");
  if (list !== "unset" && (isConfigured(body, "subnets") || blocks.length === 0)) {
    return namedSubnets(lookup, body, "subnets");
  }
  const each = blocks.map((block) => namedSubnets(lookup, block, "subnet_id"));
  const candidates = [...new Set(each.flatMap((found) => found.candidates))];
  return {
    certain: each.flatMap((found) => found.certain),
    candidates,
    open: open || each.length === 0 || each.some((found) => found.open),
    text: each.map((found) => found.text).join(", "),
    // As many blocks as subnets: one may still be named by two of them, which AWS refuses.
    onlyIds: each.length > 0 && candidates.length === each.length,
  };
}

/**
 * What the subnets of a balancer decide: the edge may come through any of them, so all must let
 * it pass, and any lets somebody in.
 */
export function balancerSubnets(
  lookup: Lookup,
  balancer: Instance,
  list: ListBinding,
  packets: Packets,
  isServed: (node: Node) => boolean,
): SubnetPart {
  const name = `of ${balancer.address}`;
  const sole = list.candidates.length === 1 && !list.open;
  const read = (instance: Instance) =>
    subnetHops(lookup, { kind: "bound", instance }, name, packets);
  const sure = list.certain.map((subnet) =>
    "foreign" in subnet
      ? subnetHops(lookup, { kind: "foreign", text: subnet.foreign }, name, packets)
      : read(subnet),
  );
  const others = list.candidates.map((instance) => {
    const part = read(instance);
    return sole ? part : unsure(part, list, balancer);
  });
  const rest = list.open
    ? [
        subnetHops(
          lookup,
          { kind: "uncertain", candidates: [], open: true, text: list.text },
          name,
          packets,
        ),
      ]
    : [];
  const reason = idleReason(balancer);
  const served = [...list.certain, ...list.candidates].map(isServed);
  const all = [...sure, ...others, ...rest];
  const parts = all.map((part, at): NodePart => {
    const more = all.filter((other) => other !== part);
    return served[at] === false
      ? perhapsIdle(packets.family, part, more, served.includes(true), reason)
      : part;
  });
  return {
    hops: joined(parts, packets.family, reason),
    assumptions: distinct(parts.flatMap((part) => part.assumptions)),
  };
}

/** Where a node may have no target, all that it stops may go by way of another. */
function idleReason({ address: subject }: Instance): Reason {
  const text = `whether the name of ${subject} leads to each of its zones: no target is surely in every one, and a zone without one is left out of it`;
  return { id: "aws/idle-zone", subject, text };
}

/** A subnet that may be none of the balancer's: what it stops, it may not stop. */
function unsure(part: SubnetPart, list: ListBinding, balancer: Instance): SubnetPart {
  const text = `the subnets of ${balancer.address} are ${list.text}, and no others`;
  const assumption: Assumption = {
    id: "binding/list-of-ids",
    subject: balancer.address,
    text,
  };
  const which = afterApply(`which subnets ${balancer.address} has`, list.text);
  const reason = { id: "aws/subnet-unknown", subject: balancer.address, text: which };
  const hops = part.hops.map((hop): Hop => {
    // Every subnet must let the edge pass: one that does not show in the list may not.
    const bounds = unknownBounds(hop.bounds.may.family);
    const exact = !list.onlyIds || list.open;
    const other = exact ? {} : { alternative: tightened(hop, assumption) };
    const { reasons } = hop;
    return { ...hop, bounds, entry: bounds, reasons: [...reasons, reason], ...other };
  });
  return { hops, assumptions: part.assumptions };
}

/** A hop of a subnet that is the balancer's, under what it rests on itself as well. */
function tightened(hop: Hop, assumption: Assumption): NonNullable<Hop["alternative"]> {
  const { bounds, entry = bounds, resources, reasons, alternative: own } = hop;
  if (own === undefined) {
    return { bounds, entry, assumption, shown: { resources, reasons } };
  }
  const text = `${assumption.text}; ${own.assumption.text}`;
  return {
    ...own,
    assumption: { ...assumption, text },
    shown: { resources, reasons, ...own.shown },
  };
}

/** The hops of each subnet, with what gets in by any of the subnets. */
function joined(parts: readonly NodePart[], family: Family, reason: Reason): readonly Hop[] {
  const [first] = parts;
  if (first === undefined || parts.length === 1) {
    return first?.hops ?? [];
  }
  const byAny = (entryOf: (hop: Hop) => Bounds) =>
    unionBounds(
      family,
      parts.map(({ hops, entered }) => {
        const own = intersectBounds(family, hops.map(entryOf));
        return entered === undefined ? own : boundsOf(own.must.intersect(entered), own.may);
      }),
    );
  const entry = byAny((hop) => hop.entry ?? hop.bounds);
  const tight = byAny(({ alternative, entry: own, bounds }) =>
    alternative === undefined ? (own ?? bounds) : (alternative.entry ?? alternative.bounds),
  );
  const shown: Hop[] = [];
  for (const hop of parts.flatMap(({ hops }) => hops)) {
    if (!shown.some((each) => isAlike(each, hop))) {
      shown.push(hop);
    }
  }
  const idle = parts.some(({ entered }) => entered !== undefined) && !isSame(entry, whole(entry));
  return shown.map(({ alternative, ...hop }) => {
    const other = alternative && { alternative: { ...alternative, entry: tight } };
    const reasons = idle && !hop.reasons.includes(reason) ? [...hop.reasons, reason] : hop.reasons;
    return { ...hop, reasons, entry, ...other };
  });
}

/** Where it is known of everybody whether he gets in. */
function whole({ may }: Bounds): Bounds {
  return { must: may, may };
}

/** The same table or ACL, seen from two subnets: what comes in and what goes out differ. */
function isAlike(left: Hop, right: Hop): boolean {
  const [one, other] = [left, right].map(({ kind, resources, reasons, stop, alternative }) =>
    JSON.stringify([kind, resources, reasons, stop, alternative?.assumption]),
  );
  const tight = [left, right].map((hop) => hop.alternative?.bounds ?? hop.bounds) as [
    Bounds,
    Bounds,
  ];
  return one === other && isSame(left.bounds, right.bounds) && isSame(...tight);
}

function isSame(left: Bounds, right: Bounds): boolean {
  return left.must.equals(right.must) && left.may.equals(right.may);
}

function distinct(assumptions: readonly Assumption[]): readonly Assumption[] {
  return [...new Map(assumptions.map((each) => [`${each.id} ${each.subject}`, each])).values()];
}
