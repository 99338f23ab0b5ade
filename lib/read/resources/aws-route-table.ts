import type { Assumption, Hop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { everything } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import type { Binding } from "../binding";
import type { Lookup } from "../lookup";
import { unreadModules } from "../unread-modules";
import { eitherHop, hopOfNothing, openTo } from "./aws-either";
import { InternetGateways } from "./aws-internet-gateway";
import { PrefixLists } from "./aws-prefix-list";
import { RouteBook } from "./aws-route-book";
import { TableChoices } from "./aws-route-choice";
import { firstRoutes, readRoute } from "./aws-route-entry";
import { outsideHop, routeHop, withLearned } from "./aws-route-hop";
import { type Key, keyOf, nameOf, VPC, vpcOf } from "./aws-vpc";
import { VpcRanges } from "./aws-vpc-range";

const read = new WeakMap<Lookup, RouteTables>();

/** The route tables of an input: read once. */
export function routeTables(lookup: Lookup): RouteTables {
  const found = read.get(lookup) ?? new RouteTables(lookup);
  read.set(lookup, found);
  return found;
}

/** The way between the internet and each subnet. */
export class RouteTables {
  readonly #choices: TableChoices;
  readonly #book: RouteBook;
  readonly #gateways: InternetGateways;
  readonly #prefixLists: PrefixLists;
  readonly #ranges: VpcRanges;
  readonly #hops = new Map<string, Map<Key, readonly Hop[]>>();

  constructor(private readonly lookup: Lookup) {
    this.#choices = new TableChoices(lookup);
    this.#book = new RouteBook(lookup, this.#choices);
    this.#gateways = new InternetGateways(lookup);
    this.#prefixLists = new PrefixLists(lookup);
    this.#ranges = new VpcRanges(lookup);
  }

  /** Gateway route tables on the way in, then the subnet's own table. */
  public hops(subnet: Key, family: Family): readonly Hop[] {
    const cached = this.#hops.get(`${family}`) ?? new Map<Key, readonly Hop[]>();
    this.#hops.set(`${family}`, cached);
    const hops = cached.get(subnet) ?? this.read(subnet, family);
    cached.set(subnet, hops);
    return hops;
  }

  private read(subnet: Key, family: Family): readonly Hop[] {
    const vpc = vpcOf(this.lookup, subnet);
    const choice = this.#choices.of(subnet, vpc);
    const subject = nameOf(subnet);
    const text = `which route table the subnet ${subject} uses is known after apply`;
    const reasons = [{ id: "aws/route-table-unknown", subject, text }];
    const hops = [
      ...choice.tables.map((table) => this.hopOf(table, vpc, family)),
      ...(choice.outside ? [assumedHop(`the subnet ${subject}`, family)] : []),
      ...(choice.open ? [{ ...hopOfNothing(family, "route"), reasons }] : []),
    ];
    const incoming = this.#choices.gatewayTables(vpc);
    return [
      ...incoming.map((association) => gatewayHop(association, family)),
      eitherHop(family, hops, reasons),
    ];
  }

  private hopOf(table: Key, subnetVpc: Binding, family: Family): Hop {
    if (typeof table === "string" || table.mode === "data") {
      return outsideHop(nameOf(table), family);
    }
    const own: Binding = VPC.types.includes(table.type)
      ? { kind: "bound", instance: table }
      : vpcOf(this.lookup, table);
    const vpc = keyOf(subnetVpc) === undefined ? own : subnetVpc;
    const context = { gateways: this.#gateways, prefixLists: this.#prefixLists, vpc, family };
    const { routes, reasons, assumptions, learned } = this.#book.routesOf(table);
    const local = this.#ranges.of(vpc, family);
    const entries = routes.flatMap(({ block, certain }) => readRoute(block, certain, context));
    const first = table.type === "aws_default_vpc" ? firstRoutes(table.address, family) : [];
    const hop = routeHop(table.address, family, [...entries, ...first, ...local.entries], {
      reasons: [...reasons, ...local.reasons],
      assumptions: [...assumptions, ...local.assumptions],
    });
    return openTo(unreadModules(this.lookup, table), withLearned(hop, learned?.address));
  }
}

function assumedHop(subject: string, family: Family): Hop {
  const text = `${subject} routes to an internet gateway`;
  const assumption: Assumption = { id: "aws/public-subnet", subject, text };
  return {
    ...hopOfNothing(family, "route"),
    bounds: everything(family),
    stop: "no-route",
    assumptions: [assumption],
  };
}

/** A gateway route table sends what comes in somewhere else first: an appliance, a firewall. */
function gatewayHop(association: Instance, family: Family): Hop {
  const subject = association.address;
  const text = `${subject} routes what comes in from the internet, and what it leads to is not read`;
  const reason = { id: "aws/gateway-route-table", subject, text };
  const name = "gateway route table";
  return { ...hopOfNothing(family, "route"), name, resources: [subject], reasons: [reason] };
}
