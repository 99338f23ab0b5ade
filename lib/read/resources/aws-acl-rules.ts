import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { asBoolean, asNumber, attribute, bodyOf } from "../attributes";
import type { Binding, Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { unreadModules } from "../unread-modules";
import { type AclEntry, defaultEntries, readEntry } from "./aws-acl-entry";
import { type Adopted, adopted } from "./aws-adopted";
import { mixedReason, noOtherRules, rulesAsShown } from "./aws-group-words";
import { ownedList } from "./aws-owned-list";
import { bindTo, isNew, type Key, keyOf, mayName, VPC } from "./aws-vpc";

/** How a block names a network ACL: by its own id, or as a VPC's default. */
export const ACL: readonly Wanted[] = [
  { types: ["aws_network_acl", "aws_default_network_acl"], attribute: "id" },
  { types: VPC.types, attribute: "default_network_acl_id" },
];

export type Direction = "ingress" | "egress";

/** The rules of an ACL in one direction. */
export interface AclRules {
  readonly entries: readonly AclEntry[];
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  /** The ACL lies outside the input: other rules than these are unknown. */
  readonly outside: boolean;
  /** Why no rule of it can be told from those that others add. */
  readonly unread?: readonly Reason[];
}

interface Standalone {
  readonly instance: Instance;
  /** False: it may be another ACL's, or there may be none of it. */
  readonly certain: boolean;
}

/** The rules of every network ACL of the input, inline and in blocks of their own. */
export class AclRuleBook {
  readonly #rules = new Map<string, Map<Key, Standalone[]>>();
  /** Numbers before the apply, by the ACL's id: they explain what its computed lists show. */
  readonly #past = new Map<string, number[]>();
  /** Default ACLs that the input manages, by VPC. */
  readonly #defaults: ReadonlyMap<Key, Instance>;
  /** Default ACLs that the input may manage, with the VPC that they may be of. */
  readonly #unsureDefaults: readonly Adopted[];

  constructor(private readonly lookup: Lookup) {
    const defaults = adopted(
      lookup.managed("aws_default_network_acl").map((acl) => {
        const vpc = bindTo(lookup, bodyOf(acl), "default_network_acl_id", ACL.slice(1));
        const sure = vpc.kind === "bound" && acl.certain;
        return { by: acl, vpc, key: sure ? vpc.instance : undefined };
      }),
    );
    this.#defaults = defaults.sure;
    this.#unsureDefaults = defaults.unsure;
    for (const instance of lookup.managed("aws_network_acl_rule")) {
      for (const direction of directionsOf(instance)) {
        this.place(instance, direction);
      }
    }
    for (const instance of lookup.before?.managed("aws_network_acl_rule") ?? []) {
      const number = attribute(bodyOf(instance), "rule_number");
      const id = knownString(attribute(bodyOf(instance), "network_acl_id")) ?? "";
      const known = number.kind === "known" ? asNumber(number.value) : undefined;
      for (const direction of known === undefined ? [] : directionsOf(instance)) {
        push(this.#past, `${direction} ${id}`, known ?? 0);
      }
    }
  }

  /** The ACL that a binding names: of a VPC whose default the input manages, that one. */
  public aclOf(key: Key): Key {
    return this.#defaults.get(key) ?? key;
  }

  /** The default ACL that the input manages for a VPC, or the VPC, whose default has its rules. */
  public defaultOf(vpc: Instance): Instance {
    return this.#defaults.get(vpc) ?? vpc;
  }

  /** What may be a VPC's default ACL in place of the one that AWS makes. */
  public perhapsDefaultOf(vpc: Instance): readonly Instance[] {
    const named = this.#unsureDefaults.filter((each) => mayName(each.vpc, vpc));
    return this.#defaults.has(vpc) ? [] : named.map(({ by }) => by);
  }

  /** Whether an ACL is the default one of a VPC of the input. */
  public isOfManaged(acl: Instance): boolean {
    return [...this.#defaults.values()].includes(acl);
  }

  /** What an ACL has in one direction. */
  public rulesOf(acl: Key, direction: Direction): AclRules {
    const placed = this.#rules.get(direction);
    const strays = placed?.get(ANY) ?? [];
    const own = [...(placed?.get(acl) ?? []), ...strays];
    if (typeof acl === "string" || acl.mode === "data") {
      return { entries: own.map(entryOf), reasons: [], assumptions: [], outside: true };
    }
    if (VPC.types.includes(acl.type)) {
      const entries = [...defaultEntries(acl.address), ...own.map(entryOf)];
      const assumptions = isNew(acl) ? [] : [untouched(acl)];
      return { entries, reasons: [], assumptions, outside: false };
    }
    const unread = unreadModules(this.lookup, acl);
    return { ...this.ownRules(acl, direction, own), outside: false, unread };
  }

  private ownRules(
    acl: Instance,
    direction: Direction,
    own: readonly Standalone[],
  ): Omit<AclRules, "outside"> {
    const list = ownedList(this.lookup, acl, direction);
    const inline = list.blocks.map((block) => readEntry(block, true));
    const unknown = list.unknown === undefined ? [] : [readEntry(list.unknown, false)];
    if (list.kind !== "shown") {
      const mixed = list.kind === "configured" && own.length > 0;
      const added = own.map((rule) => entryOf(mixed ? { ...rule, certain: false } : rule));
      return {
        entries: [...inline, ...unknown, ...added],
        reasons: mixed ? [mixedReason(acl)] : [],
        assumptions:
          list.kind === "none" && acl.type === "aws_network_acl" ? [noOtherRules(acl)] : [],
      };
    }
    const id = knownString(attribute(bodyOf(acl), "id")) ?? "";
    const past = this.#past.get(`${direction} ${id}`) ?? [];
    if (own.length + past.length === 0) {
      return { entries: [...inline, ...unknown], reasons: [], assumptions: [rulesAsShown(acl)] };
    }
    const explained = new Set([...past, ...own.map((rule) => entryOf(rule).numbers.from)]);
    const left = inline.filter((entry) => !explained.has(entry.numbers.from));
    return {
      entries: [...own.map(entryOf), ...unsure([...left, ...unknown])],
      reasons: left.length + unknown.length > 0 ? [byHand(acl)] : [],
      assumptions: left.length + unknown.length > 0 ? [] : [noOtherRules(acl)],
    };
  }

  private place(instance: Instance, direction: Direction): void {
    const named = bindTo(this.lookup, bodyOf(instance), "network_acl_id", ACL);
    const rules = this.#rules.get(direction) ?? new Map<Key, Standalone[]>();
    this.#rules.set(direction, rules);
    const sure = directionsOf(instance).length === 1 && instance.certain;
    for (const key of keysOf(named)) {
      const certain = sure && keyOf(named) !== undefined;
      push(rules, typeof key === "string" ? key : this.aclOf(key), { instance, certain });
    }
  }
}

/** The key of rules whose ACL can't be told: they may be any ACL's. */
const ANY = "";

function keysOf(named: Binding): readonly Key[] {
  if (named.kind !== "uncertain") {
    return [keyOf(named) ?? ANY];
  }
  return named.open ? [ANY] : named.candidates;
}

function directionsOf(rule: Instance): readonly Direction[] {
  const egress = attribute(bodyOf(rule), "egress");
  if (egress.kind === "unknown") {
    return ["ingress", "egress"];
  }
  const isEgress = egress.kind === "known" && asBoolean(egress.value) === true;
  return [isEgress ? "egress" : "ingress"];
}

function entryOf({ instance, certain }: Standalone): AclEntry {
  return readEntry(bodyOf(instance), certain);
}

function unsure(entries: readonly AclEntry[]): AclEntry[] {
  return entries.map((entry) => ({ ...entry, certain: false }));
}

function byHand(acl: Instance): Reason {
  const text = `${acl.address} holds rules today that nothing in the input explains`;
  return { id: "aws/rules-by-hand", subject: acl.address, text };
}

function untouched(vpc: Instance): Assumption {
  const text = `the default network ACL of ${vpc.address} admits everything, as AWS makes it`;
  return { id: "aws/default-network-acl", subject: vpc.address, text };
}
