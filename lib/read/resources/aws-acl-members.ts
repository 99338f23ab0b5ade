import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, bodyOf, isConfigured, listAttribute } from "../attributes";
import { type Binding, bindList, type ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { ACL, type AclRuleBook } from "./aws-acl-rules";
import {
  areApart,
  type Key,
  keyOf,
  managedVpc,
  nameOf,
  SUBNET,
  SubnetTies,
  vpcOf,
} from "./aws-vpc";

/** Which ACLs may filter a subnet: one of them does. */
export interface AclChoice {
  readonly acls: readonly (Key | typeof DEFAULT_OUTSIDE)[];
  /** It may be another one, which can't be told. */
  readonly open: boolean;
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  /** It is this one if the list that names the subnet is what it looks like. */
  readonly assumed?: { readonly acl: Key; readonly assumption: Assumption };
}

/** The default ACL of a VPC that lies outside the input. */
export const DEFAULT_OUTSIDE = Symbol("default network ACL outside the input");

interface Listed {
  readonly acl: Instance;
  readonly list: ListBinding;
}

/** Which network ACL each subnet has. */
export class AclMembers {
  readonly #ties: SubnetTies;
  readonly #owned: Listed[] = [];
  /** What computed lists show: others tied those subnets to the ACL. */
  readonly #shown: Listed[] = [];

  constructor(
    private readonly lookup: Lookup,
    private readonly book: AclRuleBook,
  ) {
    const type = "aws_network_acl_association";
    this.#ties = new SubnetTies(lookup, type, "network_acl_id", ACL);
    for (const acl of ACL[0]?.types.flatMap((each) => lookup.managed(each)) ?? []) {
      const body = bodyOf(acl);
      const list = listAttribute(body, "subnet_ids");
      if (list !== "unset") {
        const bound = bindList(lookup, list, scopeOf(acl), SUBNET);
        const owned = isConfigured(body, "subnet_ids");
        (owned ? this.#owned : this.#shown).push({ acl, list: bound });
      }
    }
  }

  /** The ACL of a subnet, or those that it may be. */
  public of(subnet: Key): AclChoice {
    const vpc = vpcOf(this.lookup, subnet);
    const ties = this.#ties.sure(subnet).map((tie) => tie.target);
    const lists = this.#owned.filter((each) => each.acl.certain && isMember(each.list, subnet));
    const sure = [...ties, ...lists.map(({ acl }): Binding => ({ kind: "bound", instance: acl }))];
    if (sure.length > 0) {
      return this.chosen(sure, subnet);
    }
    const base = this.base(subnet, vpc);
    const possible = this.#owned.filter(
      ({ acl, list }) =>
        !areApart(vpcOf(this.lookup, acl), vpc) &&
        (isMember(list, subnet) || list.open || isCandidate(list, subnet)),
    );
    const strays = this.#ties.possible(subnet).map((tie) => tie.target);
    if (possible.length + strays.length === 0) {
      return base;
    }
    const others = possible.map(({ acl }): Binding => ({ kind: "bound", instance: acl }));
    const choice = this.chosen([...strays, ...others], subnet);
    const [only] = possible;
    const assumed = strays.length === 0 && possible.length === 1 && only && assumedOf(only, subnet);
    return {
      acls: [...base.acls, ...choice.acls],
      open: base.open || choice.open,
      reasons: [unsure(subnet, choice.acls)],
      assumptions: base.assumptions,
      ...(assumed ? { assumed } : {}),
    };
  }

  private chosen(bindings: readonly Binding[], subnet: Key): AclChoice {
    const keys = new Set<Key>();
    let open = false;
    for (const binding of bindings) {
      const key = keyOf(binding);
      const named =
        key !== undefined ? [key] : binding.kind === "uncertain" ? binding.candidates : [];
      for (const each of named) {
        keys.add(this.book.aclOf(each));
      }
      open ||= binding.kind === "unset" || (binding.kind === "uncertain" && binding.open);
    }
    const acls = [...keys];
    const reasons = open || acls.length > 1 ? [unsure(subnet, acls)] : [];
    return { acls, open, reasons, assumptions: [] };
  }

  /** What a subnet has where nothing in the input names it. */
  private base(subnet: Key, vpc: Binding): AclChoice {
    const shown = this.#shown.filter(
      ({ acl, list }) => isMember(list, subnet) && !this.isPast(subnet, acl),
    );
    if (shown.length > 0) {
      const acls = shown.map(({ acl }) => acl);
      const text = `the subnet ${nameOf(subnet)} keeps the network ACL that the plan shows for it`;
      const assumption = { id: "aws/acl-as-shown", subject: nameOf(subnet), text };
      const reasons = acls.length > 1 ? [unsure(subnet, acls)] : [];
      return { acls, open: false, reasons, assumptions: [assumption] };
    }
    const managed = managedVpc(vpc);
    if (managed !== undefined) {
      const others = this.book.perhapsDefaultOf(managed);
      const acls = [this.book.defaultOf(managed), ...others];
      const reasons = others.length > 0 ? [unsure(subnet, others)] : [];
      return { acls, open: false, reasons, assumptions: [] };
    }
    const defaults = this.lookup
      .managed("aws_default_network_acl")
      .filter((acl) => vpc.kind === "uncertain" || this.isForeign(acl, vpc));
    const sure = defaults.filter((acl) => this.isSame(acl, vpc));
    const acls = sure.length === 0 ? [...defaults, DEFAULT_OUTSIDE] : sure;
    const reasons = acls.length > 1 ? [unsure(subnet, defaults)] : [];
    return { acls: acls as AclChoice["acls"], open: false, reasons, assumptions: [] };
  }

  /** An association that this plan removes explains what a computed list still shows. */
  private isPast(subnet: Key, acl: Instance): boolean {
    const ids = [subnet, acl].map((key) =>
      typeof key === "string" ? key : knownString(attribute(bodyOf(key), "id")),
    );
    const [subnetId, aclId] = ids;
    const past = this.lookup.before?.managed("aws_network_acl_association") ?? [];
    return past.some((tie) => {
      const named = ["subnet_id", "network_acl_id"].map((name) =>
        knownString(attribute(bodyOf(tie), name)),
      );
      return subnetId !== undefined && named[0] === subnetId && named[1] === aclId;
    });
  }

  /** A default ACL of a VPC that the input does not manage, and that may be this one. */
  private isForeign(acl: Instance, vpc: Binding): boolean {
    const own = vpcOf(this.lookup, acl);
    const other = own.kind === "foreign" && vpc.kind === "foreign" && own.text !== vpc.text;
    return managedVpc(own) === undefined && !this.book.isOfManaged(acl) && !other;
  }

  private isSame(acl: Instance, vpc: Binding): boolean {
    const own = vpcOf(this.lookup, acl);
    return own.kind === "foreign" && vpc.kind === "foreign" && own.text === vpc.text;
  }
}

function isMember(list: ListBinding, subnet: Key): boolean {
  return list.certain.some((member) =>
    "foreign" in member
      ? member.foreign === subnet
      : keyOf({ kind: "bound", instance: member }) === subnet,
  );
}

function isCandidate(list: ListBinding, subnet: Key): boolean {
  return list.candidates.some((candidate) => candidate === subnet);
}

function assumedOf({ acl, list }: Listed, subnet: Key): AclChoice["assumed"] {
  if (!list.onlyIds || !isCandidate(list, subnet) || !acl.certain) {
    return undefined;
  }
  const text = `the subnets of ${acl.address} are ${list.text}, and no others`;
  return { acl, assumption: { id: "binding/list-of-ids", subject: acl.address, text } };
}

function unsure(subnet: Key, acls: AclChoice["acls"]): Reason {
  const names = acls.flatMap((acl) => (typeof acl === "symbol" ? [] : [nameOf(acl)]));
  const which = names.length === 0 ? "" : ` (${names.join(", ")}, or its VPC's default)`;
  const text = `which network ACL the subnet ${nameOf(subnet)} has is known after apply${which}`;
  return { id: "aws/acl-unknown", subject: nameOf(subnet), text };
}
