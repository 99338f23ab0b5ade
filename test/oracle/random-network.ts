import type { Blocks } from "../support/aws-web";
import type { Dice, Facets } from "./dice";

export const ref = (address: string): string => `\${${address}}`;
export const SUBNETS = ["a", "b"] as const;

const TRANSIT = { transit_gateway_id: "tgw-0123456789abcdef0" };
const NAT = { nat_gateway_id: "nat-0123456789abcdef0" };
const PEER = { vpc_peering_connection_id: "pcx-0123456789abcdef0" };

/** An attribute of a route, all of which Terraform wants where they stand in a list. */
const NO_ROUTE = Object.fromEntries(
  `carrier_gateway_id cidr_block core_network_arn destination_prefix_list_id egress_only_gateway_id
  gateway_id ipv6_cidr_block local_gateway_id nat_gateway_id network_interface_id
  transit_gateway_id vpc_endpoint_id vpc_peering_connection_id`
    .split(/\s+/)
    .map((name) => [name, null]),
);

interface Way {
  readonly to: string;
  readonly target: Readonly<Record<string, string>>;
}

/** A VPC with two subnets and whatever routes. */
export function randomNetwork(site: string, facets: Facets): Blocks {
  const vpc_id = ref(`aws_vpc.${site}.id`);
  const [gateway, tables] = [facets.of("gateway"), facets.of("tables fixed")];
  const separate = gateway.chance(0.15);
  const attached = gateway.chance(0.97);
  const subnet = (name: string, number: number, zone: string) => ({
    [`${site}${name}`]: {
      ...{ vpc_id, cidr_block: `10.0.${number}.0/24`, availability_zone: `eu-west-1${zone}` },
    },
  });
  return {
    aws_vpc: { [site]: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: { ...subnet("a", 1, "a"), ...subnet("b", 2, "b") },
    aws_internet_gateway: { [site]: separate || !attached ? {} : { vpc_id } },
    ...(separate && attached
      ? {
          aws_internet_gateway_attachment: {
            [site]: { vpc_id, internet_gateway_id: ref(`aws_internet_gateway.${site}.id`) },
          },
        }
      : {}),
    ...tableBlocks(site, tables.pick(["main", "default", "inline", "single", "single"]), facets),
  };
}

type Form = "main" | "default" | "inline" | "single";

function tableBlocks(site: string, form: Form, facets: Facets): Blocks {
  const ways = waysOf(site, facets);
  const inline = ways.map((way) => ({ ...NO_ROUTE, ...inList(way) }));
  const older = inline.map((route) => ({ ...route, instance_id: null }));
  const vpc_id = ref(`aws_vpc.${site}.id`);
  const main = ref(`aws_vpc.${site}.main_route_table_id`);
  const own = ref(`aws_route_table.${site}.id`);
  const single = (table: string) =>
    Object.fromEntries(ways.map((way) => [nameOf(site, way), alone(table, way)]));
  switch (form) {
    case "main":
      return { aws_route: single(main) };
    case "default":
      return {
        aws_default_route_table: {
          [site]: {
            default_route_table_id: ref(`aws_vpc.${site}.default_route_table_id`),
            route: older,
          },
        },
      };
    case "inline":
      return {
        aws_route_table: { [site]: { vpc_id, route: inline } },
        aws_route_table_association: associations(site, own, facets),
      };
    default:
      return {
        aws_route_table: { [site]: { vpc_id } },
        aws_route: single(own),
        aws_route_table_association: associations(site, own, facets),
      };
  }
}

function associations(site: string, route_table_id: string, facets: Facets) {
  const there = SUBNETS.filter((name) => facets.of(`association ${name}`).chance(0.96));
  return Object.fromEntries(
    there.map((name) => [
      `${site}${name}`,
      { route_table_id, subnet_id: ref(`aws_subnet.${site}${name}.id`) },
    ]),
  );
}

/** What may stand beside the route to everywhere: a capture, a hole, or the same way again. */
const EXTRAS = [
  "172.0.0.0/8",
  "172.64.0.0/13",
  "172.64.0.0/14",
  "131.0.72.0/22",
  "131.0.72.0/24",
  "104.0.0.0/8",
  "8.8.8.0/24",
  "128.0.0.0/1",
];

function waysOf(site: string, facets: Facets): readonly Way[] {
  const gateway_id = ref(`aws_internet_gateway.${site}.id`);
  const internet = { gateway_id };
  const dice = facets.of("route default");
  const target = dice.chance(0.96) ? internet : dice.pick([TRANSIT, NAT]);
  const halves = dice.chance(0.12);
  const base = halves ? ["0.0.0.0/1", "128.0.0.0/1"] : ["0.0.0.0/0"];
  const six = facets.of("route six").chance(0.95) ? [{ to: "::/0", target: internet }] : [];
  const extras = EXTRAS.flatMap((to) => extra(to, facets.of(`route ${to}`), internet));
  const known = base.map((to) => ({ to, target }));
  return [...known, ...six, ...extras.filter(({ to }) => !base.includes(to))];
}

function extra(to: string, dice: Dice, internet: Way["target"]): readonly Way[] {
  if (!dice.chance(0.09)) return [];
  return [{ to, target: dice.pick([internet, internet, TRANSIT, NAT, PEER]) }];
}

function inList({ to, target }: Way) {
  return { [to.includes(":") ? "ipv6_cidr_block" : "cidr_block"]: to, ...target };
}

function alone(route_table_id: string, { to, target }: Way) {
  const destination = to.includes(":") ? "destination_ipv6_cidr_block" : "destination_cidr_block";
  return { route_table_id, [destination]: to, ...target };
}

function nameOf(site: string, { to }: Way): string {
  return `${site}_${to.replace(/\W/g, "-")}`;
}
