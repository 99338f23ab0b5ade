import fc from "fast-check";
import { parseInput } from "originproof/review";
import type { Instance } from "../../../lib/model/instance";
import type { Bounds } from "../../../lib/net/bounds";
import { formatAddress, parseAddress } from "../../../lib/net/cidr";
import { Lookup } from "../../../lib/read/lookup";
import { networkAcls } from "../../../lib/read/resources/aws-network-acl";
import { routeTables } from "../../../lib/read/resources/aws-route-table";
import { type Blocks, blocks, NETWORK } from "../../support/aws-web";

/** Eight addresses are the world; every rule's range is a part of them, or all there is. */
const FIRST = 0xcb_00_71_00n;
const WORLD = Array.from({ length: 8 }, (_, index) => FIRST + BigInt(index));
const CIDRS = [8, 4, 2, 1].flatMap((size, index) =>
  Array.from(
    { length: 8 / size },
    (_, at) => `${formatAddress(4, FIRST + BigInt(at * size))}/${29 + index}`,
  ),
);
const ALL_CIDRS = [...CIDRS, "0.0.0.0/0"];

/** Ends of port ranges, and a port of every class that they make. */
const ENDS = [1, 443, 1023, 1024, 2000, 40000, 65535];
const CLASSES = [...new Set(ENDS.flatMap((end) => [end - 1, end, end + 1]))].filter(
  (port) => port > 0 && port <= 65535,
);

const OPTIONS = { seed: 5, numRuns: Number(process.env.ORACLE_RUNS ?? 100) };

function lookupOf(more: Blocks): { lookup: Lookup; subnet: Instance } {
  const text = JSON.stringify({ resource: blocks(NETWORK, more) });
  const lookup = new Lookup([parseInput(text, "cdk.tf.json")]);
  const [subnet] = lookup.managed("aws_subnet");
  if (subnet === undefined) {
    throw new Error("no subnet");
  }
  return { lookup, subnet };
}

function holds(cidr: string, address: bigint): boolean {
  const [base = "", prefix = ""] = cidr.split("/");
  const parsed = parseAddress(base);
  const shift = BigInt(32 - Number(prefix));
  return parsed.ok && parsed.value.value >> shift === address >> shift;
}

/** Every way to choose one of each. */
function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (rest, list) => rest.flatMap((head) => list.map((item) => [...head, item])),
    [[]],
  );
}

/** must is within what all worlds admit, may holds what any does; both exactly if `exact`. */
function expectBounds(bounds: Bounds, worlds: readonly boolean[], address: bigint, exact: boolean) {
  const [must, may] = [bounds.must.has(address), bounds.may.has(address)];
  const [all, any] = [worlds.every(Boolean), worlds.some(Boolean)];
  const wrong = exact ? must !== all || may !== any : (must && !all) || (any && !may);
  if (wrong) {
    throw new Error(`${formatAddress(4, address)}: ${must}, ${may}; the oracle has ${all}, ${any}`);
  }
}

interface AclRow {
  readonly number: number;
  readonly egress: boolean;
  readonly action: "allow" | "deny";
  readonly cidr: string;
  readonly protocol: string;
  readonly ports: readonly [number, number];
}

const aclRow = fc.record({
  number: fc.integer({ min: 1, max: 12 }),
  egress: fc.boolean(),
  action: fc.constantFrom("allow" as const, "deny" as const),
  cidr: fc.constantFrom(...ALL_CIDRS),
  protocol: fc.constantFrom("tcp", "6", "-1", "udp"),
  ports: fc
    .tuple(fc.constantFrom(...ENDS), fc.constantFrom(...ENDS))
    .map(([one, other]): [number, number] => [Math.min(one, other), Math.max(one, other)]),
});

const aclRows = fc.uniqueArray(aclRow, {
  selector: ({ number, egress }) => `${number} ${egress}`,
  maxLength: 7,
});

type Hidden = "action" | "cidr" | "none";

function aclBlocks(rows: readonly AclRow[], hidden: readonly Hidden[]): Blocks {
  const rules = rows.map(({ number, egress, action, cidr, protocol, ports }, index) => [
    `r${index}`,
    {
      network_acl_id: "${aws_network_acl.web.id}",
      rule_number: number,
      egress,
      protocol,
      from_port: ports[0],
      to_port: ports[1],
      rule_action: hidden[index] === "action" ? "${var.action}" : action,
      cidr_block: hidden[index] === "cidr" ? "${var.cidr}" : cidr,
    },
  ]);
  return {
    aws_network_acl: {
      web: { vpc_id: "${aws_vpc.main.id}", subnet_ids: ["${aws_subnet.web.id}"] },
    },
    aws_network_acl_rule: Object.fromEntries(rules) as Record<string, object>,
  };
}

/** The first rule that matches decides; nothing else passes. */
function aclPasses(rows: readonly AclRow[], egress: boolean, port: number, address: bigint) {
  const [first] = rows
    .filter((row) => row.egress === egress && row.protocol !== "udp")
    .filter((row) => row.protocol === "-1" || (row.ports[0] <= port && port <= row.ports[1]))
    .filter((row) => holds(row.cidr, address))
    .sort((left, right) => left.number - right.number);
  return first?.action === "allow";
}

function completions(row: AclRow, hidden: Hidden | undefined): readonly AclRow[] {
  switch (hidden) {
    case "action":
      return (["allow", "deny"] as const).map((action) => ({ ...row, action }));
    case "cidr":
      return [...ALL_CIDRS, "198.51.100.0/24"].map((cidr) => ({ ...row, cidr }));
    default:
      return [row];
  }
}

function checkAcl(rows: readonly AclRow[], hidden: readonly Hidden[], exact: boolean): void {
  const { lookup, subnet } = lookupOf(aclBlocks(rows, hidden));
  const [inbound, outbound] = networkAcls(lookup).hops(subnet, 4, 443);
  if (inbound === undefined || outbound === undefined) {
    throw new Error("no hops");
  }
  const worlds = product(rows.map((row, index) => completions(row, hidden[index])));
  const client = CLASSES.filter((port) => port >= 1024);
  for (const address of WORLD) {
    const passes = (egress: boolean, port: number) => (world: readonly AclRow[]) =>
      aclPasses(world, egress, port, address);
    expectBounds(inbound.bounds, worlds.map(passes(false, 443)), address, exact);
    const all = worlds.map((world) => client.every((port) => passes(true, port)(world)));
    expectBounds(outbound.bounds, all, address, exact);
    const any = worlds.map((world) => CLASSES.some((port) => passes(true, port)(world)));
    expectBounds(outbound.entry ?? outbound.bounds, any, address, exact);
  }
}

describe("network ACLs against an oracle", () => {
  it("are exact where everything is known", () => {
    fc.assert(
      fc.property(aclRows, (rows) => checkAcl(rows, [], true)),
      OPTIONS,
    );
  });

  it("are sound where up to two parts are unknown", () => {
    const unknown = fc.constantFrom<Hidden>("action", "cidr");
    fc.assert(
      fc.property(aclRows, fc.array(unknown, { minLength: 1, maxLength: 2 }), (rows, hidden) =>
        checkAcl(rows, hidden, false),
      ),
      OPTIONS,
    );
  });
});

interface RouteRow {
  readonly cidr: string;
  readonly target: "internet" | "elsewhere" | "unread";
  readonly hidden: boolean;
}

const routeRows = fc.uniqueArray(
  fc.record({
    cidr: fc.constantFrom(...ALL_CIDRS),
    target: fc.constantFrom("internet" as const, "elsewhere" as const, "unread" as const),
    hidden: fc.constantFrom(false, false, false, true),
  }),
  { selector: ({ cidr }) => cidr, maxLength: 6 },
);

const TARGETS = {
  internet: { gateway_id: "${aws_internet_gateway.main.id}" },
  elsewhere: { transit_gateway_id: "tgw-0123456789abcdef0" },
  unread: { network_interface_id: "eni-0123456789abcdef0" },
};

function routeBlocks(rows: readonly RouteRow[]): Blocks {
  const routes = rows.map(({ cidr, target, hidden }, index) => [
    `r${index}`,
    {
      route_table_id: "${aws_route_table.public.id}",
      destination_cidr_block: hidden ? "${var.cidr}" : cidr,
      ...TARGETS[target],
    },
  ]);
  const own = { internet: undefined, internet6: undefined, ...Object.fromEntries(routes) };
  return { aws_route: own as unknown as Record<string, object> };
}

/** The longest prefix that holds the address decides. */
function routed(rows: readonly RouteRow[], address: bigint): boolean {
  const prefix = (row: RouteRow) => Number(row.cidr.split("/")[1]);
  const [longest] = rows
    .filter((row) => holds(row.cidr, address))
    .sort((left, right) => prefix(right) - prefix(left));
  return longest?.target === "internet";
}

/** What each route may turn out to be. Two routes to one destination are none that AWS takes. */
function routeWorlds(rows: readonly RouteRow[]): readonly (readonly RouteRow[])[] {
  const choices = rows.map((row) => {
    const targets = row.target === "unread" ? (["internet", "elsewhere"] as const) : [row.target];
    const cidrs = row.hidden ? ALL_CIDRS : [row.cidr];
    return cidrs.flatMap((cidr) => targets.map((target) => ({ ...row, cidr, target })));
  });
  return product(choices).filter(
    (world) => new Set(world.map((row) => row.cidr)).size === world.length,
  );
}

describe("route tables against an oracle", () => {
  it("are exact where everything is known, and sound where it is not", () => {
    fc.assert(
      fc.property(routeRows, (rows) => {
        fc.pre(rows.filter((row) => row.hidden).length <= 2);
        const { lookup, subnet } = lookupOf(routeBlocks(rows));
        const [hop] = routeTables(lookup).hops(subnet, 4);
        const worlds = routeWorlds(rows);
        const exact = rows.every((row) => !row.hidden);
        for (const address of WORLD) {
          const found = worlds.map((world) => routed(world, address));
          expectBounds(hop?.bounds as Bounds, found, address, exact);
        }
      }),
      OPTIONS,
    );
  });
});
