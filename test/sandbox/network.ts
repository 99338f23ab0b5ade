import { PROVIDERS } from "../support/terraform";

export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A reference to an attribute of a resource. */
export const ref = (address: string): string => `\${${address}}`;

const SERVER = { ami: "ami-12345678", instance_type: "t3.micro" };

/** A VPC with two subnets in two zones, a gateway and a main route to it. */
export const NETWORK: Resources = {
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: {
    a: {
      vpc_id: ref("aws_vpc.main.id"),
      cidr_block: "10.0.1.0/24",
      availability_zone: "eu-west-1a",
    },
    b: {
      vpc_id: ref("aws_vpc.main.id"),
      cidr_block: "10.0.2.0/24",
      availability_zone: "eu-west-1b",
    },
  },
  aws_internet_gateway: { main: { vpc_id: ref("aws_vpc.main.id") } },
  aws_route: {
    out: {
      route_table_id: ref("aws_vpc.main.main_route_table_id"),
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: ref("aws_internet_gateway.main.id"),
    },
  },
};

/** An instance in subnet a with an Elastic IP and one group that has a rule for each range. */
export const serverFor = (ranges: readonly string[]): Resources => ({
  aws_security_group: { web: { name: "web", vpc_id: ref("aws_vpc.main.id") } },
  aws_vpc_security_group_ingress_rule: Object.fromEntries(
    ranges.map((range, index) => [
      `r${index}`,
      {
        security_group_id: ref("aws_security_group.web.id"),
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
        [range.includes(":") ? "cidr_ipv6" : "cidr_ipv4"]: range,
      },
    ]),
  ),
  aws_instance: {
    web: {
      ...SERVER,
      subnet_id: ref("aws_subnet.a.id"),
      vpc_security_group_ids: [ref("aws_security_group.web.id")],
    },
  },
  aws_eip: { web: { domain: "vpc", instance: ref("aws_instance.web.id") } },
});

/** Later resources beside earlier ones, type by type. */
export function merged(...parts: readonly Resources[]): Resources {
  const result: Record<string, Record<string, object>> = {};
  for (const part of parts) {
    for (const [type, named] of Object.entries(part)) {
      if (Object.keys(named).length > 0) result[type] = { ...result[type], ...named };
    }
  }
  return result;
}

export const configurationOf = (...parts: readonly Resources[]): object => ({
  terraform: PROVIDERS,
  provider: { aws: { region: "eu-west-1" }, cloudflare: { api_token: "x" } },
  resource: merged(...parts),
});
