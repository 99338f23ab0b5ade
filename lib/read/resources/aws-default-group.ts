import type { Instance } from "../../model/instance";
import type { JsonObject } from "../../model/value";
import type { Block } from "../attributes";
import type { Binding, ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import { adopted } from "./aws-adopted";
import type { GroupKey } from "./aws-group-view";
import type { Inline } from "./aws-inline-rules";
import { groupRule, INLINE } from "./aws-rule";
import type { Direction } from "./aws-standalone-rules";
import { isNew, type Key, keyOf, mayName, VPC, vpcOf } from "./aws-vpc";

const read = new WeakMap<Lookup, DefaultGroups>();

/** The default security groups of the input's VPCs: read once. */
export function defaultGroups(lookup: Lookup): DefaultGroups {
  const found = read.get(lookup) ?? new DefaultGroups(lookup);
  read.set(lookup, found);
  return found;
}

/** Which security group is a VPC's default: a block that manages it, or the VPC stands for it. */
export class DefaultGroups {
  readonly #managed: ReadonlyMap<Key, Instance>;
  readonly #unsure: readonly { readonly vpc: Binding }[];

  constructor(private readonly lookup: Lookup) {
    const { sure, unsure } = adopted(
      lookup.managed("aws_default_security_group").map((group) => {
        const vpc = vpcOf(lookup, group);
        return { by: group, vpc, key: group.certain ? keyOf(vpc) : undefined };
      }),
    );
    this.#managed = sure;
    this.#unsure = unsure;
  }

  /** The group that something means: a VPC stands for its default group. */
  public meant(group: GroupKey): GroupKey {
    return isVpc(group) ? (this.#managed.get(group) ?? group) : group;
  }

  /** The group of what is in these subnets and names none; undefined where that can't be told. */
  public of({ certain, candidates, open }: ListBinding): GroupKey | undefined {
    const [first, ...others] = [...certain, ...candidates].map((subnet) =>
      "foreign" in subnet ? UNSET : vpcOf(this.lookup, subnet),
    );
    const key = first && keyOf(first);
    return open || key === undefined || others.some((vpc) => keyOf(vpc) !== key)
      ? undefined
      : this.ofVpc(key);
  }

  private ofVpc(vpc: Key): GroupKey | undefined {
    const managed = this.#managed.get(vpc);
    const perhaps = this.#unsure.some((each) =>
      each.vpc.kind === "unset"
        ? typeof vpc === "string" || !isNew(vpc)
        : mayName(each.vpc, vpc) || each.vpc.kind === "uncertain",
    );
    if (managed !== undefined || perhaps) {
      return managed;
    }
    return typeof vpc === "string" || vpc.mode === "data" ? undefined : vpc;
  }
}

const UNSET: Binding = { kind: "unset" };

/** A VPC that stands for its default security group. */
export function isVpc(group: GroupKey): group is Instance {
  return !("foreign" in group) && VPC.types.includes(group.type);
}

/** A VPC's default group whose rules nothing shows: it is there already, and no block manages it. */
export function isUnread(group: GroupKey): boolean {
  return isVpc(group) && !isNew(group);
}

/**
 * What AWS gives the default group of a new VPC: its members reach each other and everything else.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
export function firstRules(vpc: Instance, direction: Direction): Inline {
  const values: JsonObject = {
    protocol: "-1",
    from_port: 0,
    to_port: 0,
    ...(direction === "ingress"
      ? { self: true }
      : { cidr_blocks: ["0.0.0.0/0"], ipv6_cidr_blocks: ["::/0"] }),
  };
  const block: Block = {
    instance: vpc,
    values,
    unknown: {},
    sensitive: {},
    configured: () => undefined,
    hasConfiguration: true,
  };
  return { kind: "none", rules: [groupRule(block, INLINE, true)], open: false };
}
