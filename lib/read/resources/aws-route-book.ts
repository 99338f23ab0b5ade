import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, type Block, bodyOf, listAttribute } from "../attributes";
import type { Binding } from "../binding";
import { type Lookup, push } from "../lookup";
import { ownedList } from "./aws-owned-list";
import { TABLE, type TableChoices } from "./aws-route-choice";
import { bindTo, isNew, type Key, keyOf, VPC } from "./aws-vpc";

interface TableRoute {
  readonly block: Block;
  /** False: it may be another table's, or there may be none of it. */
  readonly certain: boolean;
}

/** Routes of a table, before they are read for a family. */
export interface TableRoutes {
  readonly routes: readonly TableRoute[];
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  /** Whoever adds routes that it learns elsewhere: any prefix may be theirs. */
  readonly learned: Instance | undefined;
}

const PROPAGATIONS = [
  "aws_vpn_gateway_route_propagation",
  "aws_vpc_route_server_propagation",
] as const;

/** The key of routes whose table can't be told: they may be any table's. */
const ANY = "";

/** The routes of every table of the input, inline and in blocks of their own. */
export class RouteBook {
  readonly #routes = new Map<Key, TableRoute[]>();
  /** Destinations before the apply, by the table's id: they explain what its list shows. */
  readonly #past = new Map<string, string[]>();
  readonly #propagated = new Map<Key, Instance>();

  constructor(
    private readonly lookup: Lookup,
    private readonly choices: TableChoices,
  ) {
    for (const instance of lookup.managed("aws_route")) {
      const named = bindTo(lookup, bodyOf(instance), "route_table_id", TABLE);
      for (const key of this.keysOf(named)) {
        const certain = instance.certain && keyOf(named) !== undefined;
        push(this.#routes, key, { block: bodyOf(instance), certain });
      }
    }
    for (const instance of lookup.before?.managed("aws_route") ?? []) {
      const id = knownString(attribute(bodyOf(instance), "route_table_id")) ?? "";
      push(this.#past, id, destinationOf(bodyOf(instance)));
    }
    for (const instance of PROPAGATIONS.flatMap((type) => lookup.managed(type))) {
      const named = bindTo(lookup, bodyOf(instance), "route_table_id", TABLE);
      for (const key of this.keysOf(named)) {
        this.#propagated.set(key, instance);
      }
    }
  }

  /** What a table of the input has. A VPC stands for its first table, which no block manages. */
  public routesOf(table: Instance): TableRoutes {
    const own = [...(this.#routes.get(table) ?? []), ...(this.#routes.get(ANY) ?? [])];
    const learned = this.learned(table);
    if (VPC.types.includes(table.type)) {
      const assumptions = isNew(table) ? [] : [noOtherRoutes(table)];
      return { routes: own, reasons: [], assumptions, learned };
    }
    return { ...this.listed(table, own), learned };
  }

  private listed(table: Instance, own: readonly TableRoute[]): Omit<TableRoutes, "learned"> {
    const list = ownedList(this.lookup, table, "route");
    const inline = list.blocks.map((block) => ({ block, certain: true }));
    const unknown = list.unknown === undefined ? [] : [{ block: list.unknown, certain: false }];
    if (list.kind !== "shown") {
      const mixed = list.kind === "configured" && own.length > 0;
      const added = mixed ? own.map(unsure) : own;
      return {
        routes: [...inline, ...unknown, ...added],
        reasons: mixed ? [mixedReason(table)] : [],
        assumptions: list.kind === "none" ? [noOtherRoutes(table)] : [],
      };
    }
    const id = knownString(attribute(bodyOf(table), "id")) ?? "";
    const past = this.#past.get(id) ?? [];
    if (own.length + past.length === 0) {
      return { routes: [...inline, ...unknown], reasons: [], assumptions: [asShown(table)] };
    }
    const explained = new Set([...past, ...own.map((route) => destinationOf(route.block))]);
    const shown = inline.filter((route) => !explained.has(destinationOf(route.block)));
    const left = [...shown, ...unknown].map(unsure);
    return {
      routes: [...own, ...left],
      reasons: left.length > 0 ? [byHand(table)] : [],
      assumptions: left.length > 0 ? [] : [noOtherRoutes(table)],
    };
  }

  private learned(table: Instance): Instance | undefined {
    const gateways = listAttribute(bodyOf(table), "propagating_vgws");
    const inline = gateways !== "unset" && (gateways.known.length > 0 || gateways.open);
    return inline ? table : (this.#propagated.get(table) ?? this.#propagated.get(ANY));
  }

  private keysOf(named: Binding): readonly Key[] {
    if (named.kind === "uncertain") {
      return named.open ? [ANY] : named.candidates.map((each) => this.choices.tableOf(each));
    }
    const key = keyOf(named);
    return [key === undefined ? ANY : this.choices.tableOf(key)];
  }
}

/** The destination of a route as text, the same for an element of `route` and an `aws_route`. */
function destinationOf(block: Block): string {
  const names = ["cidr_block", "ipv6_cidr_block", "prefix_list_id"];
  const texts = names
    .flatMap((name) => [name, `destination_${name}`])
    .map((name) => {
      return knownString(attribute(block, name)) ?? "";
    });
  return texts.join("");
}

function unsure(route: TableRoute): TableRoute {
  return { ...route, certain: false };
}

function mixedReason(table: Instance): Reason {
  const text = `${table.address} has inline routes, which take away what aws_route adds at its next apply`;
  return { id: "aws/mixed-rule-styles", subject: table.address, text };
}

function byHand(table: Instance): Reason {
  const text = `${table.address} holds routes today that nothing in the input explains`;
  return { id: "aws/rules-by-hand", subject: table.address, text };
}

function noOtherRoutes(table: Instance): Assumption {
  const which = VPC.types.includes(table.type)
    ? `the main route table of ${table.address}`
    : table.address;
  const text = `${which} has no routes besides those of the input`;
  return { id: "aws/other-routes", subject: table.address, text };
}

function asShown(table: Instance): Assumption {
  const text = `${table.address} keeps the routes that the plan shows for it`;
  return { id: "aws/rules-as-shown", subject: table.address, text };
}
