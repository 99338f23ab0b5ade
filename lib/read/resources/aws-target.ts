import type { Assumption, Hop } from "../../model/hop";
import { knownString, type Value } from "../../model/value";
import type { Family } from "../../net/cidr";
import { parseCidrLoose } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { afterApply } from "../after-apply";
import { attribute, type Block, bodyOf, listAttribute } from "../attributes";
import { type Binding, bindList, type ListBinding, type Wanted } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { defaultGroups } from "./aws-default-group";
import type { Members } from "./aws-interface";
import { GROUP, type GroupKey } from "./aws-security-group";

export const SUBNET: Wanted = { types: ["aws_subnet", "aws_default_subnet"], attribute: "id" };

/** Where a balancer sends what it takes: machines, tasks or addresses with the same filters. */
export interface BalancerTarget {
  /** Terraform address, or the address itself. */
  readonly name: string;
  /** Undefined: known after apply. */
  readonly port: number | undefined;
  /** Undefined: what filters it is not in the input. */
  readonly members: Members | undefined;
  /** The groups of machines that are there already, where a change makes others get different ones. */
  readonly former?: Members | undefined;
  /** The subnets that it is in, as far as known. */
  readonly subnets: ListBinding;
  /** Its own address, where that is known. */
  readonly address: Value;
  /** It is outside the VPC, so that the nodes of every zone send to it. @default false */
  readonly anyZone?: boolean;
  /** Of a registration, what a balancer needs where it is a function's. */
  readonly invoked?: (family: Family) => readonly Hop[];
  /** False: it may not be a target, or there may be none of it. */
  readonly certain: boolean;
  readonly assumptions: readonly Assumption[];
}

export const NO_MEMBERS: ListBinding = {
  certain: [],
  candidates: [],
  open: true,
  text: "",
  onlyIds: false,
};

/**
 * The groups that an attribute of a block names, where it names any.
 *
 * @param subnets where it is: without any groups it has those subnets' VPC's default group
 */
export function namedGroups(
  lookup: Lookup,
  block: Block,
  names: readonly string[],
  subnets?: ListBinding,
): Members {
  const subject = block.instance.address;
  for (const name of names) {
    const list = listAttribute(block, name);
    // AWS gives the default group to what is made with an empty list.
    if (list !== "unset" && (list.open || list.known.length > 0)) {
      const bound = bindList(lookup, list, scopeOf(block.instance), GROUP);
      const text = afterApply(`which security groups ${subject} has`, bound.text);
      return {
        list: bound,
        attached: [],
        reasons:
          bound.open || bound.candidates.length > 0
            ? [{ id: "aws/groups-unknown", subject, text }]
            : [],
      };
    }
  }
  const group = subnets && defaultGroups(lookup).of(subnets);
  if (group !== undefined) {
    return membersOf(group);
  }
  const text = `${subject} names no security group, so it has its VPC's default group`;
  return {
    list: NO_MEMBERS,
    attached: [],
    reasons: [{ id: "aws/default-security-group", subject, text }],
  };
}

/** What has one group. */
export function membersOf(group: GroupKey): Members {
  return { list: { ...NO_MEMBERS, certain: [group], open: false }, attached: [], reasons: [] };
}

/** The subnets that an attribute names: a list of ids, or one id. */
export function namedSubnets(lookup: Lookup, block: Block, name: string): ListBinding {
  const list = listAttribute(block, name);
  return list === "unset" ? NO_MEMBERS : bindList(lookup, list, scopeOf(block.instance), SUBNET);
}

/** One resource of a list's kind, as a list. */
export function asList(binding: Binding): ListBinding {
  switch (binding.kind) {
    case "bound":
      return { ...NO_MEMBERS, certain: [binding.instance], open: false };
    case "foreign":
      return { ...NO_MEMBERS, certain: [{ foreign: binding.text }], open: false };
    case "uncertain":
      return {
        ...NO_MEMBERS,
        candidates: binding.candidates,
        open: binding.open,
        text: binding.text,
      };
    case "unset":
      return NO_MEMBERS;
  }
}

/** The range of each subnet of a list; undefined where one is unknown, or the list is. */
export function rangesOf(list: ListBinding, family: Family): readonly CidrSet[] | undefined {
  const single = list.candidates.length === 1 && !list.open;
  const subnets = [...list.certain, ...list.candidates];
  if (
    list.open ||
    subnets.length === 0 ||
    (list.candidates.length > 0 && !single && !list.onlyIds)
  ) {
    return undefined;
  }
  const name = family === 4 ? "cidr_block" : "ipv6_cidr_block";
  const ranges = subnets.map((subnet) =>
    "foreign" in subnet ? undefined : setOf(knownString(attribute(bodyOf(subnet), name)), family),
  );
  return ranges.every((range) => range !== undefined) ? (ranges as CidrSet[]) : undefined;
}

/** The addresses that a target may have; undefined where nothing is known of them. */
export function addressesOf(target: BalancerTarget, family: Family): CidrSet | undefined {
  const own = setOf(knownString(target.address), family);
  const ranges = own === undefined ? rangesOf(target.subnets, family) : [own];
  return ranges === undefined ? undefined : CidrSet.unionAll(family, ranges);
}

function setOf(text: string | undefined, family: Family): CidrSet | undefined {
  const parsed = text === undefined || text === "" ? undefined : parseCidrLoose(text);
  return parsed?.ok === true && parsed.value.family === family
    ? CidrSet.of(family, [parsed.value])
    : undefined;
}
