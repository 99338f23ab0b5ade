import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, type Block, bodyOf } from "../attributes";
import { type Binding, bind, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";

export const SUBNET: Wanted = { types: ["aws_subnet", "aws_default_subnet"], attribute: "id" };
export const VPC: Wanted = { types: ["aws_vpc", "aws_default_vpc"], attribute: "id" };

/** `vpc_id = aws_vpc_ipv4_cidr_block_association.more.vpc_id` makes a subnet wait for its range. */
const SECONDARY: Wanted = {
  types: ["aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association"],
  attribute: "vpc_id",
};

/** A resource of the input, or the id of one that lies outside. */
export type Key = Instance | string;

/** Whom a binding names; undefined where that is not certain. */
export function keyOf(binding: Binding): Key | undefined {
  if (binding.kind === "foreign") {
    return binding.text;
  }
  if (binding.kind !== "bound") {
    return undefined;
  }
  const { instance } = binding;
  const id = instance.mode === "data" ? knownString(attribute(bodyOf(instance), "id")) : undefined;
  return id ?? instance;
}

/** What an attribute of a block names, by the first of several ways that fits. */
export function bindTo(
  lookup: Lookup,
  block: Block,
  name: string,
  wanted: readonly Wanted[],
): Binding {
  const value = attribute(block, name);
  if (value.kind === "known" && value.value === "") {
    return { kind: "unset" };
  }
  const bindings = wanted.map((each) => bind(lookup, value, scopeOf(block.instance), each));
  const unsure = bindings.flatMap((binding) => (binding.kind === "uncertain" ? [binding] : []));
  const [first] = unsure;
  return (
    bindings.find((binding) => binding.kind === "bound") ??
    unsure.find((binding) => !binding.open) ??
    (first && { ...first, candidates: unsure.flatMap((binding) => binding.candidates) }) ??
    bindings[0] ?? { kind: "unset" }
  );
}

/** The VPC that a resource names as its own. */
export function vpcOf(lookup: Lookup, holder: Key): Binding {
  if (typeof holder === "string") {
    return { kind: "unset" };
  }
  const found = bindTo(lookup, bodyOf(holder), "vpc_id", [VPC, SECONDARY]);
  return found.kind === "bound" && SECONDARY.types.includes(found.instance.type)
    ? bindTo(lookup, bodyOf(found.instance), "vpc_id", [VPC])
    : found;
}

/** The VPC of a binding, where the input manages it. */
export function managedVpc(binding: Binding): Instance | undefined {
  return binding.kind === "bound" && binding.instance.mode === "managed"
    ? binding.instance
    : undefined;
}

/** A VPC that this plan makes has AWS's defaults; `aws_default_vpc` adopts what is there. */
export function isNew(vpc: Instance): boolean {
  return vpc.action === "create" && vpc.type === "aws_vpc";
}

/** Whether two bindings name two VPCs for certain. */
export function areApart(left: Binding, right: Binding): boolean {
  const [one, other] = [managedVpc(left), managedVpc(right)];
  return one !== undefined && other !== undefined && one !== other;
}

/** A block that ties a subnet to a network ACL or a route table. */
export interface Tie {
  readonly instance: Instance;
  readonly target: Binding;
}

/** Association blocks, by the subnet that they surely or possibly are about. */
export class SubnetTies {
  readonly #sure = new Map<Key, Tie[]>();
  readonly #unsure: { readonly tie: Tie; readonly subnet: Binding }[] = [];

  constructor(lookup: Lookup, type: string, name: string, wanted: readonly Wanted[]) {
    for (const instance of lookup.managed(type)) {
      const subnet = bindTo(lookup, bodyOf(instance), "subnet_id", [SUBNET]);
      const tie = { instance, target: bindTo(lookup, bodyOf(instance), name, wanted) };
      const key = keyOf(subnet);
      if (key !== undefined && instance.certain) {
        push(this.#sure, key, tie);
      } else if (subnet.kind !== "unset") {
        this.#unsure.push({ tie, subnet });
      }
    }
  }

  public sure(subnet: Key): readonly Tie[] {
    return this.#sure.get(subnet) ?? [];
  }

  public possible(subnet: Key): readonly Tie[] {
    return this.#unsure.flatMap(({ tie, subnet: named }) => (mayName(named, subnet) ? [tie] : []));
  }
}

/** Whether a binding may name a resource. */
export function mayName(binding: Binding, key: Key): boolean {
  if (binding.kind === "uncertain") {
    return binding.open || binding.candidates.some((candidate) => candidate === key);
  }
  return keyOf(binding) === key;
}

/** The resource's address, or the id. */
export function nameOf(key: Key): string {
  return typeof key === "string" ? key : key.address;
}
