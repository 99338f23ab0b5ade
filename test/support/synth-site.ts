import { EDGE_4, type Written } from "./plan";

export type Resources = Readonly<Record<string, Readonly<Record<string, Written>>>>;

export const ref = (text: string) => `\${${text}}`;
const ZONE = ref("cloudflare_zone.main.id");
const EDGE = { from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: EDGE_4 };
const ALLOW = {
  rule_no: 100,
  action: "allow",
  protocol: "-1",
  from_port: 0,
  to_port: 0,
  cidr_block: "0.0.0.0/0",
};

/** A site in a VPC of its own, as `cdktf synth` writes it. */
export function vpcSite(more: Resources = {}, data: Resources = {}): Written {
  const setting = (setting_id: string, value: string) => ({ zone_id: ZONE, setting_id, value });
  const resource: Record<string, Record<string, Written>> = {
    cloudflare_zone: { main: { name: "example.com" } },
    cloudflare_zone_setting: {
      ssl: setting("ssl", "strict"),
      https: setting("always_use_https", "on"),
      mode: setting("ssl_automatic_mode", "custom"),
    },
    cloudflare_dns_record: {
      www: {
        zone_id: ZONE,
        name: "www",
        type: "A",
        proxied: true,
        content: ref("aws_eip.web.public_ip"),
      },
    },
    aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: { main: { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.0.0.0/24" } },
    aws_internet_gateway: { main: { vpc_id: ref("aws_vpc.main.id") } },
    aws_route_table: { main: { vpc_id: ref("aws_vpc.main.id") } },
    aws_route: {
      out: {
        route_table_id: ref("aws_route_table.main.id"),
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: ref("aws_internet_gateway.main.id"),
      },
    },
    aws_route_table_association: {
      main: {
        subnet_id: ref("aws_subnet.main.id"),
        route_table_id: ref("aws_route_table.main.id"),
      },
    },
    aws_eip: { web: { instance: ref("aws_instance.web.id") } },
    aws_instance: {
      web: {
        subnet_id: ref("aws_subnet.main.id"),
        vpc_security_group_ids: [ref("aws_security_group.web.id")],
      },
    },
    aws_security_group: { web: { name: "web", vpc_id: ref("aws_vpc.main.id") } },
    aws_security_group_rule: {
      edge: { type: "ingress", ...EDGE, security_group_id: ref("aws_security_group.web.id") },
    },
  };
  for (const [type, blocks] of Object.entries(more)) {
    resource[type] = { ...resource[type], ...blocks };
  }
  return { resource, data };
}

/** The same, with a network ACL of its own that admits everything. */
export function networkSite(more: Resources = {}, data: Resources = {}): Written {
  const acl = {
    vpc_id: ref("aws_vpc.main.id"),
    subnet_ids: [ref("aws_subnet.main.id")],
    ingress: [ALLOW],
    egress: [ALLOW],
  };
  return vpcSite({ ...more, aws_network_acl: { main: acl, ...more.aws_network_acl } }, data);
}
