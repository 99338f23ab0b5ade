import type { Instance } from "../../model/instance";
import { attribute, bodyOf } from "../attributes";
import type { Binding, Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { type Adopted, adopted } from "./aws-adopted";
import {
  areApart,
  bindTo,
  type Key,
  keyOf,
  managedVpc,
  mayName,
  SubnetTies,
  type Tie,
  VPC,
  vpcOf,
} from "./aws-vpc";

/** How a block names a route table: by its own id, or as a VPC's main or first one. */
export const TABLE: readonly Wanted[] = [
  { types: ["aws_route_table", "aws_default_route_table"], attribute: "id" },
  { types: VPC.types, attribute: "default_route_table_id" },
  { types: VPC.types, attribute: "main_route_table_id" },
];

/** Which route tables a subnet may use: it uses one of them. */
export interface TableChoice {
  readonly tables: readonly Key[];
  /** It may be another one, which can't be told. */
  readonly open: boolean;
  /** It may be the main table of a VPC outside the input. */
  readonly outside: boolean;
}

/** Which route table each subnet uses. */
export class TableChoices {
  readonly #ties: SubnetTies;
  /** Associations with a gateway: they route what comes in. */
  readonly #gateways: Instance[] = [];
  /** Default tables that the input manages, by VPC. */
  readonly #defaults: ReadonlyMap<Key, Instance>;
  /** Default tables that the input may manage, with the VPC that they may be of. */
  readonly #unsureDefaults: readonly Adopted[];
  readonly #mains = new Map<Key, Binding[]>();
  readonly #unsureMains: Tie[] = [];

  constructor(private readonly lookup: Lookup) {
    this.#ties = new SubnetTies(lookup, "aws_route_table_association", "route_table_id", TABLE);
    for (const instance of lookup.managed("aws_route_table_association")) {
      const gateway = attribute(bodyOf(instance), "gateway_id");
      if (gateway.kind === "unknown" || (gateway.kind === "known" && gateway.value !== "")) {
        this.#gateways.push(instance);
      }
    }
    const defaults = adopted(
      lookup.managed("aws_default_route_table").map((table) => {
        const vpc = bindTo(lookup, bodyOf(table), "default_route_table_id", TABLE.slice(1));
        const sure = vpc.kind === "bound" && table.certain;
        return { by: table, vpc, key: sure ? vpc.instance : undefined };
      }),
    );
    this.#defaults = defaults.sure;
    this.#unsureDefaults = defaults.unsure;
    for (const instance of lookup.managed("aws_main_route_table_association")) {
      const vpc = vpcOf(lookup, instance);
      const target = bindTo(lookup, bodyOf(instance), "route_table_id", TABLE);
      const key = keyOf(vpc);
      if (key !== undefined && instance.certain) {
        push(this.#mains, key, target);
      } else {
        this.#unsureMains.push({ instance, target });
      }
    }
  }

  /** The table that a binding names: of a VPC whose first table the input manages, that one. */
  public tableOf(key: Key): Key {
    return this.#defaults.get(key) ?? key;
  }

  /** Gateway route tables that may route what comes into a VPC from the internet. */
  public gatewayTables(vpc: Binding): readonly Instance[] {
    return this.#gateways.filter((instance) => {
      const named = bindTo(this.lookup, bodyOf(instance), "gateway_id", [
        { types: ["aws_internet_gateway"], attribute: "id" },
        { types: ["aws_vpn_gateway"], attribute: "id" },
      ]);
      if (named.kind === "foreign") {
        return !named.text.startsWith("vgw-");
      }
      const bound = named.kind === "bound" ? named.instance : undefined;
      return bound === undefined
        ? named.kind !== "unset"
        : bound.type === "aws_internet_gateway" && !areApart(vpcOf(this.lookup, bound), vpc);
    });
  }

  /** The table of a subnet, or those that it may be. */
  public of(subnet: Key, vpc: Binding): TableChoice {
    const sure = this.#ties.sure(subnet).map((tie) => tie.target);
    if (sure.length > 0) {
      return this.chosen(sure);
    }
    const main = this.main(vpc);
    const possible = this.#ties
      .possible(subnet)
      .filter((tie) => !areApart(this.vpcOfTable(tie.target), vpc));
    return possible.length === 0
      ? main
      : joined([main, this.chosen(possible.map((tie) => tie.target))]);
  }

  private vpcOfTable(target: Binding): Binding {
    return target.kind === "bound" ? vpcOf(this.lookup, target.instance) : { kind: "unset" };
  }

  /** The main table of a VPC: its first one unless an association says otherwise. */
  private main(vpc: Binding): TableChoice {
    const key = keyOf(vpc);
    const named = key === undefined ? [] : (this.#mains.get(key) ?? []);
    if (named.length > 0) {
      return this.chosen(named);
    }
    const strays = this.chosen(
      this.#unsureMains
        .filter(({ instance }) => !areApart(vpcOf(this.lookup, instance), vpc))
        .map((tie) => tie.target),
    );
    const managed = managedVpc(vpc);
    if (managed !== undefined) {
      const own = this.tableOf(managed);
      const others = this.#unsureDefaults
        .filter((each) => own === managed && mayName(each.vpc, managed))
        .map(({ by }) => by);
      return joined([{ ...NONE, tables: [own, ...others] }, strays]);
    }
    const first = this.lookup.managed("aws_default_route_table").flatMap((table) => {
      const own = vpcOf(this.lookup, table);
      const ofManaged = [...this.#defaults.values()].includes(table);
      return !ofManaged && (key === undefined || mayName(own, key)) ? [table] : [];
    });
    const candidates =
      vpc.kind === "uncertain" ? vpc.candidates.map((each) => this.tableOf(each)) : [];
    const sure = first.filter(
      (table) => key !== undefined && keyOf(vpcOf(this.lookup, table)) === key,
    );
    const outside = { ...NONE, tables: sure.length === 0 ? [...first, ...candidates] : sure };
    return joined([
      { ...outside, ...this.beyond(vpc, sure.length > 0, candidates.length > 0) },
      strays,
    ]);
  }

  /** A VPC that can't be told, in an input that manages some, is not known to lie outside. */
  private beyond(
    vpc: Binding,
    found: boolean,
    candidates: boolean,
  ): Pick<TableChoice, "open" | "outside"> {
    if (found || (vpc.kind === "uncertain" && !vpc.open)) {
      return { open: false, outside: false };
    }
    const inside = VPC.types.some((type) => this.lookup.managed(type).length > 0);
    const open = vpc.kind === "uncertain" && (inside || candidates);
    return { open, outside: !open };
  }

  private chosen(bindings: readonly Binding[]): TableChoice {
    const tables = bindings.flatMap((binding): readonly Key[] => {
      const key = keyOf(binding);
      return key !== undefined ? [key] : binding.kind === "uncertain" ? binding.candidates : [];
    });
    const open = bindings.some(
      (binding) => binding.kind === "unset" || (binding.kind === "uncertain" && binding.open),
    );
    return { tables: [...new Set(tables.map((key) => this.tableOf(key)))], open, outside: false };
  }
}

const NONE: TableChoice = { tables: [], open: false, outside: false };

function joined(choices: readonly TableChoice[]): TableChoice {
  return {
    tables: [...new Set(choices.flatMap((choice) => choice.tables))],
    open: choices.some((choice) => choice.open),
    outside: choices.some((choice) => choice.outside),
  };
}
