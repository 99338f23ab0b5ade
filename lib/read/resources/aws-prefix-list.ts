import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { type Json, knownString, member } from "../../model/value";
import { type Bounds, exactly, unknownBounds } from "../../net/bounds";
import { type Cidr, type Family, parseCidrLoose } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { attribute, type Block, bodyOf, listAttribute, nestedBlocks } from "../attributes";
import { bind, bindList, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";

const LIST: Wanted = { types: ["aws_ec2_managed_prefix_list"], attribute: "id" };

interface Admitted {
  readonly bounds: readonly Bounds[];
  readonly reasons: readonly Reason[];
}

/** Managed prefix lists, with entries inline or in blocks of their own. */
export class PrefixLists {
  readonly #entries = new Map<Instance, Instance[]>();
  /** Entries whose list can't be told: they may be in any. */
  readonly #strays: Instance[] = [];

  constructor(private readonly lookup: Lookup) {
    for (const entry of lookup.managed("aws_ec2_managed_prefix_list_entry")) {
      const id = attribute(bodyOf(entry), "prefix_list_id");
      const list = bind(lookup, id, scopeOf(entry), LIST);
      if (list.kind === "bound" && entry.certain) {
        push(this.#entries, list.instance, entry);
      } else if (list.kind !== "foreign") {
        this.#strays.push(entry);
      }
    }
  }

  /** What the prefix lists that an attribute of a rule names hold, for one family. */
  public admitted(block: Block, name: string, family: Family): Admitted {
    const ids = listAttribute(block, name);
    if (ids === "unset") {
      return { bounds: [], reasons: [] };
    }
    const { certain, candidates, open } = bindList(this.lookup, ids, scopeOf(block.instance), LIST);
    const [only] = candidates;
    const sole = only !== undefined && candidates.length === 1 && !open ? [only] : [];
    const lists = [...certain, ...sole].map((list) =>
      "foreign" in list ? unread(list.foreign, family) : this.read(list, family),
    );
    if (open || candidates.length > sole.length) {
      lists.push(unread(`a prefix list of ${block.instance.address}`, family));
    }
    return {
      bounds: lists.flatMap((list) => list.bounds),
      reasons: lists.flatMap((list) => list.reasons),
    };
  }

  private read(list: Instance, family: Family): Admitted {
    if (list.mode === "data") {
      return readData(list, family);
    }
    const { blocks, open } = nestedBlocks(bodyOf(list), "entry");
    const entries = [...blocks, ...(this.#entries.get(list) ?? []).map(bodyOf)];
    const cidrs = entries.map((entry) => cidrOf(knownString(attribute(entry, "cidr"))));
    return admittedBy(list, cidrs, family, open || this.#strays.length > 0);
  }
}

function readData(list: Instance, family: Family): Admitted {
  const entries = member(list.values, "entries");
  const cidrs = (Array.isArray(entries) ? (entries as readonly Json[]) : []).map((entry) => {
    const cidr = member(entry, "cidr");
    return cidrOf(typeof cidr === "string" ? cidr : undefined);
  });
  return admittedBy(list, cidrs, family, !Array.isArray(entries));
}

function admittedBy(
  list: Instance,
  cidrs: readonly (Cidr | undefined)[],
  family: Family,
  open: boolean,
): Admitted {
  const known = cidrs.filter((cidr) => cidr?.family === family) as Cidr[];
  const bounds = [exactly(CidrSet.of(family, known))];
  if (!open && cidrs.every((cidr) => cidr !== undefined)) {
    return { bounds, reasons: [] };
  }
  const text = `an entry of ${list.address} is known after apply`;
  const reason = { id: "aws/source-unknown", subject: list.address, text };
  return { bounds: [...bounds, unknownBounds(family)], reasons: [reason] };
}

function unread(name: string, family: Family): Admitted {
  const text = `the prefix list ${name} is not in the input, so what it holds is unknown`;
  return {
    bounds: [unknownBounds(family)],
    reasons: [{ id: "aws/prefix-list-outside", subject: name, text }],
  };
}

function cidrOf(text: string | undefined): Cidr | undefined {
  const parsed = text === undefined ? undefined : parseCidrLoose(text);
  return parsed?.ok === true ? parsed.value : undefined;
}
