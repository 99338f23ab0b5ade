import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import { type Bounds, exactly, mayOnly, unknownBounds } from "../../net/bounds";
import { type Cidr, type Family, parseCidrLoose } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { afterApply } from "../after-apply";
import { attribute, type Block, bodyOf, listAttribute, nestedBlocks } from "../attributes";
import { bind, bindList, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import { ownedList } from "./aws-owned-list";

const LIST: Wanted = { types: ["aws_ec2_managed_prefix_list"], attribute: "id" };

interface Admitted {
  readonly bounds: readonly Bounds[];
  /** The known entries of the family. */
  readonly cidrs: readonly Cidr[];
  readonly reasons: readonly Reason[];
  /** A value that counts here is marked sensitive. */
  readonly sensitive: boolean;
}

const NONE: Admitted = { bounds: [], cidrs: [], reasons: [], sensitive: false };

/** Managed prefix lists, with entries inline or in blocks of their own. */
export class PrefixLists {
  readonly #entries = new Map<Instance, Instance[]>();
  /** Entries whose list can't be told: they may be in any. */
  readonly #strays: Instance[] = [];
  /** Entries before the apply, by the id of their list: they explain what it still shows. */
  readonly #past = new Map<string, Instance[]>();

  constructor(private readonly lookup: Lookup) {
    for (const entry of entriesIn(lookup)) {
      const id = attribute(bodyOf(entry), "prefix_list_id");
      const list = bind(lookup, id, scopeOf(entry), LIST);
      if (list.kind === "bound" && entry.certain) {
        push(this.#entries, list.instance, entry);
      } else if (list.kind !== "foreign") {
        this.#strays.push(entry);
      }
    }
    for (const entry of lookup.before === undefined ? [] : entriesIn(lookup.before)) {
      push(this.#past, idOf(entry, "prefix_list_id"), entry);
    }
  }

  /** What the prefix lists that an attribute of a rule names hold, for one family. */
  public admitted(block: Block, name: string, family: Family): Admitted {
    const ids = listAttribute(block, name);
    if (ids === "unset") {
      return NONE;
    }
    const { address } = block.instance;
    const found = bindList(this.lookup, ids, scopeOf(block.instance), LIST);
    const { certain, candidates, open } = found;
    const [only] = candidates;
    // One reference is the list only where it is known that there is one: a literal may hide.
    const alone = ids.single || (attribute(block, name).kind === "unknown" && isScalar(name));
    const sole = only !== undefined && candidates.length === 1 && !open && alone ? [only] : [];
    const lists = [...certain, ...sole].map((list) =>
      "foreign" in list
        ? unread(`the prefix list ${list.foreign}`, list.foreign, family)
        : this.read(list, family),
    );
    const unsure = open || candidates.length > sole.length;
    if (unsure && candidates.length > 0 && (open || !alone)) {
      lists.push(anyOf(address, found.text, family));
    } else if (open) {
      lists.push(unread(`a prefix list that ${address} names`, address, family));
    } else if (candidates.length > sole.length) {
      lists.push(...candidates.map((list) => perhaps(address, list, this.read(list, family))));
    }
    return joined(lists, ids.sensitive);
  }

  /** The lists that an attribute of a rule may name, with the known entries of a family. */
  public named(
    block: Block,
    name: string,
    family: Family,
  ): readonly { readonly name: string; readonly cidrs: readonly Cidr[] }[] {
    const ids = listAttribute(block, name);
    if (ids === "unset") {
      return [];
    }
    const { certain, candidates } = bindList(this.lookup, ids, scopeOf(block.instance), LIST);
    return [...certain, ...candidates].map((list) =>
      "foreign" in list
        ? { name: list.foreign, cidrs: [] }
        : { name: list.address, cidrs: this.read(list, family).cidrs },
    );
  }

  private read(list: Instance, family: Family): Admitted {
    if (list.mode === "data") {
      const { blocks, open } = nestedBlocks(bodyOf(list), "entries");
      return admittedBy(list, blocks, family, open || blocks.length === 0);
    }
    const shown = ownedList(this.lookup, list, "entry");
    const own = (this.#entries.get(list) ?? []).map(bodyOf);
    const past = (this.#past.get(idOf(list, "id")) ?? []).map(bodyOf);
    const stray = this.#strays.length > 0;
    const open = shown.unknown !== undefined || stray || this.mayBeDynamic(list, own);
    if (own.length + past.length === 0) {
      return admittedBy(list, shown.blocks, family, open);
    }
    // Both styles on one list: the blocks that the configuration owns revoke the others, and a
    // list that others fill still shows what this plan deletes.
    const [sure, perhaps] = shown.kind === "configured" ? [shown.blocks, own] : [own, shown.blocks];
    const left = shown.kind === "configured" ? perhaps : unexplained(perhaps, [...own, ...past]);
    const kept = admittedBy(list, sure, family, open);
    return left.length === 0 ? kept : joined([kept, unsure(list, left, family)], false);
  }

  /** A `dynamic` block whose number of entries only apply tells looks like no entry at all. */
  private mayBeDynamic(list: Instance, own: readonly Block[]): boolean {
    return own.length === 0 && attributeMask(list) && list.input.kind === "plan";
  }
}

function entriesIn(lookup: Lookup): readonly Instance[] {
  return lookup.managed("aws_ec2_managed_prefix_list_entry");
}

function idOf(instance: Instance, name: string): string {
  return knownString(attribute(bodyOf(instance), name)) ?? "";
}

/** Whether the plan says of the entries as a whole that they are known after apply. */
function attributeMask(list: Instance): boolean {
  const body = { ...bodyOf(list), hasConfiguration: false };
  return attribute(body, "entry").kind === "unknown";
}

/** `prefix_list_id` names one list, `prefix_list_ids` any number. */
function isScalar(name: string): boolean {
  return name.endsWith("_id");
}

/** Shown entries that no block of the input, now or before, made. */
function unexplained(shown: readonly Block[], blocks: readonly Block[]): readonly Block[] {
  const made = new Set(blocks.map((block) => cidrOf(attribute(block, "cidr"))?.text));
  return shown.filter((block) => !made.has(cidrOf(attribute(block, "cidr"))?.text));
}

function joined(lists: readonly Admitted[], sensitive: boolean): Admitted {
  return {
    bounds: lists.flatMap((list) => list.bounds),
    cidrs: lists.flatMap((list) => list.cidrs),
    reasons: lists.flatMap((list) => list.reasons),
    sensitive: sensitive || lists.some((list) => list.sensitive),
  };
}

function admittedBy(
  list: Instance,
  entries: readonly Block[],
  family: Family,
  open: boolean,
): Admitted {
  const values = entries.map((entry) => attribute(entry, "cidr"));
  const cidrs = values.map(cidrOf);
  const known = cidrs.filter((cidr) => cidr?.family === family) as Cidr[];
  const bounds = [exactly(CidrSet.of(family, known))];
  const sensitive = values.some((value) => value.kind === "known" && value.sensitive);
  if (!open && cidrs.every((cidr) => cidr !== undefined)) {
    return { bounds, cidrs: known, reasons: [], sensitive };
  }
  const text = `an entry of ${list.address} is known after apply`;
  const reasons = [{ id: "aws/source-unknown", subject: list.address, text }];
  return { bounds: [...bounds, unknownBounds(family)], cidrs: known, reasons, sensitive };
}

/** Entries that may be gone after the apply, or were made by others. */
function unsure(list: Instance, entries: readonly Block[], family: Family): Admitted {
  const found = admittedBy(list, entries, family, false);
  const text = `${list.address} has entries in blocks of their own beside others`;
  const reason = { id: "aws/mixed-rule-styles", subject: list.address, text };
  return { ...found, bounds: found.bounds.map(mayOnly), reasons: [...found.reasons, reason] };
}

/** A list of the input that a rule may name. */
function perhaps(rule: string, list: Instance, found: Admitted): Admitted {
  const text = `whether ${rule} names ${list.address} is known after apply`;
  const reason = { id: "aws/source-unknown", subject: rule, text };
  return { ...found, bounds: found.bounds.map(mayOnly), reasons: [...found.reasons, reason] };
}

/** A list that may be one of the input's, or another. */
function anyOf(rule: string, names: string, family: Family): Admitted {
  const text = afterApply(`which prefix list ${rule} names`, names);
  const reasons = [{ id: "aws/source-unknown", subject: rule, text }];
  return { ...NONE, bounds: [unknownBounds(family)], reasons };
}

function unread(words: string, subject: string, family: Family): Admitted {
  const text = `${words} is not in the input, so what it holds is unknown`;
  const reasons = [{ id: "aws/prefix-list-outside", subject, text }];
  return { ...NONE, bounds: [unknownBounds(family)], reasons };
}

function cidrOf(value: Value): Cidr | undefined {
  const text = knownString(value);
  const parsed = text === undefined ? undefined : parseCidrLoose(text);
  return parsed?.ok === true ? parsed.value : undefined;
}
