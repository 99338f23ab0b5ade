import { EDGE_4, type PlannedResource, type Written } from "./plan";

/** A zone that only has a flow to 443: strict, redirecting, without automatic mode. */
export function zone(name = "example.com"): readonly PlannedResource[] {
  const setting = (id: string, value: string): PlannedResource => ({
    address: `cloudflare_zone_setting.${id}`,
    values: { setting_id: id, value },
    refs: { zone_id: ["cloudflare_zone.main.id"] },
  });
  return [
    { address: "cloudflare_zone.main", values: { name }, computed: ["id", "paused", "status"] },
    setting("ssl", "strict"),
    setting("always_use_https", "on"),
    setting("ssl_automatic_mode", "custom"),
  ];
}

export function record(parts: Partial<PlannedResource> = {}): PlannedResource {
  const { values, refs, ...rest } = parts;
  return {
    address: "cloudflare_dns_record.www",
    values: { name: "www.example.com", type: "A", proxied: true, ...values },
    refs: {
      zone_id: ["cloudflare_zone.main.id"],
      ...(values !== undefined && "content" in values
        ? {}
        : { content: ["aws_eip.web.public_ip"] }),
      ...refs,
    },
    ...rest,
  };
}

export const EIP: PlannedResource = {
  address: "aws_eip.web",
  refs: { instance: ["aws_instance.web.id"] },
  computed: ["id", "public_ip", "allocation_id", "network_interface"],
};

/** An instance in a subnet that the input does not hold. */
export function instance(parts: Partial<PlannedResource> = {}): PlannedResource {
  return {
    address: "aws_instance.web",
    values: { ami: "ami-1", subnet_id: "subnet-1", ...parts.values },
    refs: parts.refs ?? { vpc_security_group_ids: ["aws_security_group.web.id"] },
    computed: ["id", "public_ip", "private_ip", "ipv6_addresses", "primary_network_interface_id"],
  };
}

export const GROUP: PlannedResource = {
  address: "aws_security_group.web",
  values: { name: "web" },
  computed: ["id", "ingress"],
};

/** An element of `ingress` as plans show it. */
export function ingress(parts: Written = {}): Written {
  const none = { cidr_blocks: [], ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [] };
  return {
    from_port: 443,
    to_port: 443,
    protocol: "tcp",
    self: false,
    description: "",
    ...none,
    ...parts,
  };
}

/** A group that owns its rules. */
export function inlineGroup(
  elements: readonly Written[],
  parts: Partial<PlannedResource> = {},
): PlannedResource {
  return {
    address: "aws_security_group.web",
    values: { name: "web", ingress: elements },
    computed: ["id"],
    ...parts,
  };
}

/** `aws_security_group_rule` that admits the edge on 443. */
export function edgeRule(values: Written = {}, name = "edge"): PlannedResource {
  return {
    address: `aws_security_group_rule.${name}`,
    values: {
      type: "ingress",
      from_port: 443,
      to_port: 443,
      protocol: "tcp",
      cidr_blocks: EDGE_4,
      ...values,
    },
    refs: { security_group_id: ["aws_security_group.web.id"] },
    computed: ["source_security_group_id"],
  };
}

/** `aws_vpc_security_group_ingress_rule` on 443. */
export function vpcRule(name: string, values: Written, group = "web"): PlannedResource {
  return {
    address: `aws_vpc_security_group_ingress_rule.${name}`,
    values: { from_port: 443, to_port: 443, ip_protocol: "tcp", ...values },
    refs: { security_group_id: [`aws_security_group.${group}.id`] },
  };
}

/** A site that is proved both ways, under the usual assumptions. */
export function site(): readonly PlannedResource[] {
  return [...zone(), record(), EIP, instance(), GROUP, edgeRule()];
}

/** The site with some resources in place of those with the same address, or beside them. */
export function siteWith(...changed: readonly PlannedResource[]): readonly PlannedResource[] {
  const replaced = new Set(changed.map((resource) => resource.address));
  return [...site().filter((resource) => !replaced.has(resource.address)), ...changed];
}

/** The site without resources of these addresses. */
export function siteWithout(...addresses: readonly string[]): readonly PlannedResource[] {
  return site().filter((resource) => !addresses.includes(resource.address));
}
