import type { Assumption, Hop, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { everything } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { afterApply } from "../after-apply";
import { type Block, bodyOf } from "../attributes";
import type { Binding } from "../binding";
import type { Lookup } from "../lookup";
import { eitherHop, hopOfNothing } from "./aws-either";
import { machinesOf } from "./aws-machine";
import { networkAcls } from "./aws-network-acl";
import { publicAccessHops } from "./aws-public-access";
import { routeTables } from "./aws-route-table";
import { bindTo, type Key, keyOf, SUBNET } from "./aws-vpc";

/** What a subnet adds to a path: hops of its own, or assumptions where the input ends. */
export interface SubnetPart {
  readonly hops: readonly Hop[];
  readonly assumptions: readonly Assumption[];
}

/** What packets are for: hops are read for one family and TCP port. */
export interface Packets {
  readonly family: Family;
  readonly port: number;
}

/** The part of a path that the subnet of an instance or interface decides. */
export function subnetPart(
  lookup: Lookup,
  holder: Instance,
  family: Family,
  port: number,
): SubnetPart {
  const subnet = subnetOf(lookup, holder);
  return subnetHops(lookup, subnet, `of ${holder.address}`, { family, port });
}

/** The subnet that an attribute `subnet_id` of a block names. */
export function bindSubnet(lookup: Lookup, block: Block, name = "subnet_id"): Binding {
  return bindTo(lookup, block, name, [SUBNET]);
}

/**
 * What the network ACL, the routes and the VPC of a subnet do to packets from the internet.
 *
 * @param subnet an instance is `{ kind: "bound", instance }`
 * @param name stands for a subnet that nothing names, as in "the subnet of aws_instance.web"
 */
export function subnetHops(
  lookup: Lookup,
  subnet: Binding,
  name: string,
  packets: Packets,
): SubnetPart {
  const key = keyOf(subnet);
  if (key !== undefined) {
    return settled(hopsOf(lookup, key, packets));
  }
  if (subnet.kind !== "uncertain" || !isInside(lookup, subnet)) {
    return settled(hopsOf(lookup, name, packets));
  }
  const text = afterApply(`which subnet it is that ${name.replace(/^of /, "")} is in`, subnet.text);
  const reason: Reason = { id: "aws/subnet-unknown", subject: name.replace(/^of /, ""), text };
  const { family } = packets;
  const lists = subnet.candidates.map((candidate) => hopsOf(lookup, candidate, packets));
  const open = subnet.open ? [{ ...hopOfNothing(family), reasons: [reason] }] : [];
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const hops = Array.from({ length: longest }, (_, index) => {
    const rest = lists.map((list) => list[list.length - longest + index] ?? passing(family));
    return eitherHop(family, rest, [reason]);
  });
  return settled([...hops, ...open]);
}

/** A subnet that can't be told, in an input that manages none, lies outside. */
function isInside(lookup: Lookup, subnet: Binding & { readonly kind: "uncertain" }): boolean {
  const managed = SUBNET.types.some((type) => lookup.managed(type).length > 0);
  return subnet.candidates.length > 0 || managed;
}

function hopsOf(lookup: Lookup, subnet: Key, { family, port }: Packets): readonly Hop[] {
  return [
    ...publicAccessHops(lookup, subnet, family),
    ...networkAcls(lookup).hops(subnet, family, port),
    ...routeTables(lookup).hops(subnet, family),
  ];
}

/** A hop of which the input shows nothing, and that admits everything, is its assumptions. */
function settled(hops: readonly Hop[]): SubnetPart {
  const isShown = (hop: Hop) => hop.resources.length > 0 || hop.reasons.length > 0;
  return {
    hops: hops.filter(isShown),
    assumptions: hops.filter((hop) => !isShown(hop)).flatMap((hop) => hop.assumptions),
  };
}

function passing(family: Family): Hop {
  return { ...hopOfNothing(family), bounds: everything(family) };
}

/** Where an instance or interface is: by itself, or by the interface that it is given. */
export function subnetOf(lookup: Lookup, holder: Instance): Binding {
  const own = bindSubnet(lookup, bodyOf(holder));
  if (own.kind !== "unset" || holder.type !== "aws_instance") {
    return own;
  }
  const given = machinesOf(lookup).primaryOf(holder);
  return given === undefined ? own : bindSubnet(lookup, bodyOf(given));
}
