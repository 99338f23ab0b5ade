import { BELONGS } from "../../model/belongs";
import type { Instance } from "../../model/instance";
import { isObject, type Json, type JsonObject, member } from "../../model/value";
import { clash } from "./blocked";
import type { Known } from "./refused";
import type { Act } from "./things";

/** Attributes by which blocks name their owner. */
const IDS = ["id", "default_network_acl_id", "default_route_table_id"];

/** Lists of objects that stay as they are: a block that makes what one has already is refused. */
export class OwnLists {
  readonly #owners = new Map<string, Instance[]>();

  constructor(all: readonly Known[]) {
    for (const { both, thing } of all) {
      const { before, after } = both;
      if (before !== undefined && after !== undefined && thing.acts.length === 0) {
        for (const id of IDS.flatMap((name) => member(before.values, name) ?? [])) {
          const key = JSON.stringify(id);
          this.#owners.set(key, [...(this.#owners.get(key) ?? []), before]);
        }
      }
    }
  }

  /** The address of what has in its list already what this makes. */
  public holderOf(act: Act): string | undefined {
    const { type, after } = act.step;
    const belongs = BELONGS.get(type);
    const id = belongs && member(after, belongs.owner);
    if (belongs === undefined || typeof id !== "string" || id === "") {
      return undefined;
    }
    const list = belongs.list(after);
    const holder = (this.#owners.get(JSON.stringify(id)) ?? []).find(({ values }) =>
      elementsOf(values, list).some((element) => clash(asBlock(type, element, { id, list }), act)),
    );
    return holder?.address;
  }
}

function elementsOf(values: Json, list: string): readonly JsonObject[] {
  const found = member(values, list);
  return Array.isArray(found) ? (found as readonly Json[]).filter((item) => isObject(item)) : [];
}

/** An element of an owner's list, as a block of its own would say it. */
function asBlock(
  type: string,
  element: JsonObject,
  { id, list }: { readonly id: string; readonly list: string },
): Parameters<typeof clash>[0] {
  switch (type) {
    case "aws_network_acl_rule": {
      const own = { network_acl_id: id, egress: list === "egress" };
      return { type, before: { ...own, rule_number: element.rule_no ?? null } };
    }
    case "aws_route": {
      const destinations = {
        destination_cidr_block: element.cidr_block ?? null,
        destination_ipv6_cidr_block: element.ipv6_cidr_block ?? null,
        destination_prefix_list_id: element.destination_prefix_list_id ?? null,
      };
      return { type, before: { route_table_id: id, ...destinations } };
    }
    default: {
      const before = { ...element, security_group_id: id, type: list };
      return { type: "aws_security_group_rule", before };
    }
  }
}
