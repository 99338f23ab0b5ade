import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, type Block, bodyOf, type ListValue, listAttribute } from "../attributes";
import type { ListBinding } from "../binding";
import { type Lookup, push } from "../lookup";
import type { GroupKey } from "./aws-security-group";

/** A list of groups, or `unset`: an empty one names none, so the VPC's default group counts. */
export function groupList(block: Block, name: string): ListValue | "unset" {
  const list = listAttribute(block, name);
  return list !== "unset" && !list.open && list.known.every((item) => item === "") ? "unset" : list;
}

/** A name stands for a group of the default VPC: one that names its VPC need not be it. */
export function inDefaultVpc(list: ListBinding): ListBinding {
  const certain = list.certain.filter(
    (group) => !("foreign" in group) && bodyOf(group).configured("vpc_id") === undefined,
  );
  return certain.length < list.certain.length ? { ...list, certain, open: true } : list;
}

/** Groups that an interface's computed list still shows, though this plan takes them off. */
export class DetachedGroups {
  readonly #now: ReadonlyMap<string, readonly string[]>;
  readonly #past: ReadonlyMap<string, readonly string[]>;

  constructor(lookup: Lookup) {
    this.#now = groupsByInterface(lookup);
    this.#past = lookup.before === undefined ? new Map() : groupsByInterface(lookup.before);
  }

  /** The list without them, where the configuration does not set it. */
  public leave(list: ListBinding, block: Block, name: string): ListBinding {
    if (block.configured(name) !== undefined || this.#past.size === 0) {
      return list;
    }
    const ids = ["id", "primary_network_interface_id"].flatMap(
      (key) => textIn(block.instance, key) ?? [],
    );
    const kept = new Set(ids.flatMap((id) => this.#now.get(id) ?? []));
    const past = new Set(ids.flatMap((id) => this.#past.get(id) ?? []));
    const gone = (group: GroupKey) => {
      const id = "foreign" in group ? group.foreign : (textIn(group, "id") ?? "");
      return past.has(id) && !kept.has(id);
    };
    return { ...list, certain: list.certain.filter((group) => !gone(group)) };
  }
}

function groupsByInterface(lookup: Lookup): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const attachment of lookup.managed("aws_network_interface_sg_attachment")) {
    const group = textIn(attachment, "security_group_id");
    if (group !== undefined) {
      push(found, textIn(attachment, "network_interface_id") ?? "", group);
    }
  }
  return found;
}

function textIn(instance: Instance, name: string): string | undefined {
  return knownString(attribute(bodyOf(instance), name));
}
