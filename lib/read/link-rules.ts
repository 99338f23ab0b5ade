import type { Instance } from "../model/instance";
import { member } from "../model/value";

export const RECORD_TYPES: ReadonlySet<string> = new Set([
  "cloudflare_dns_record",
  "cloudflare_record",
]);

/** What closes whole accounts, or scales what it names by a path: nothing on a path refers to it. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  "aws_appautoscaling_target",
  "aws_vpc_block_public_access_exclusion",
  "aws_vpc_block_public_access_options",
]);

/** Whether a resource may matter to every hostname: a ruleset of an account is of all its zones. */
export function isEverywhere({ type, values }: Instance): boolean {
  const ofAccount = type === "cloudflare_ruleset" && member(values, "account_id") !== undefined;
  return EVERYWHERE.has(type) || (ofAccount && typeof member(values, "zone_id") !== "string");
}

/** Attributes whose text is no id, or names what no hop is made of. */
export const NO_LINK: ReadonlySet<string> = new Set([
  "account",
  "account_id",
  "ami",
  "arn",
  "availability_zone",
  "comment",
  "description",
  "dns_name",
  "hostname",
  "id",
  "instance_type",
  "key_name",
  "name",
  "owner_id",
  "region",
  "tags",
  "tags_all",
  "timeouts",
  "user_data",
]);

/** Attributes by which others name a resource. */
export const IDENTITY: ReadonlySet<string> = new Set([
  "allocation_id",
  "arn",
  "association_id",
  "autoscaling_group_name",
  "default_network_acl_id",
  "default_route_table_id",
  "default_security_group_id",
  "dns_name",
  "function_name",
  "hostname",
  "id",
  "ipv6_addresses",
  "main_route_table_id",
  "name",
  "primary_network_interface_id",
  "private_ip",
  "public_ip",
  "qualified_arn",
]);

/** Where something is, or what it is given: no part of what that place or thing does to others. */
const PLACES: ReadonlySet<string> = new Set([
  "network_configuration",
  "security_groups",
  "security_group_ids",
  "subnet_id",
  "subnets",
  "vpc_id",
  "vpc_security_group_ids",
  "vpc_zone_identifier",
]);

/** Types that tie a subnet to something: theirs are no mere places. */
const TIES: ReadonlySet<string> = new Set([
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_default_security_group",
  "aws_internet_gateway",
  "aws_internet_gateway_attachment",
  "aws_main_route_table_association",
  "aws_network_acl_association",
  "aws_route_table_association",
  "aws_vpc_block_public_access_exclusion",
  "aws_vpc_ipv4_cidr_block_association",
  "aws_vpc_ipv6_cidr_block_association",
  "aws_vpn_gateway",
]);

/** Types that belong to what one attribute names; what their others name they don't change. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_alb_listener", ["load_balancer_arn"]],
  ["aws_alb_listener_rule", ["listener_arn"]],
  ["aws_alb_target_group_attachment", ["target_group_arn"]],
  ["aws_ec2_managed_prefix_list_entry", ["prefix_list_id"]],
  ["aws_lb_listener", ["load_balancer_arn"]],
  ["aws_lb_listener_rule", ["listener_arn"]],
  ["aws_lb_target_group_attachment", ["target_group_arn"]],
  ["aws_network_acl", ["subnet_ids"]],
  ["aws_network_acl_rule", ["network_acl_id"]],
  ["aws_route", ["route_table_id"]],
  ["aws_security_group", []],
  ["aws_security_group_rule", ["security_group_id"]],
  ["aws_vpc_security_group_egress_rule", ["security_group_id"]],
  ["aws_vpc_security_group_ingress_rule", ["security_group_id"]],
  ["aws_vpc_security_group_rules_exclusive", ["security_group_id"]],
  ["cloudflare_custom_hostname", []],
  ["cloudflare_custom_hostname_fallback_origin", ["zone_id"]],
]);

/** Whether a resource that names another by an attribute may change what the other does. */
export function mayChange(by: Instance, attribute: string): boolean {
  if (RECORD_TYPES.has(by.type)) {
    return false;
  }
  const own = by.mode === "managed" ? PARTS.get(by.type) : undefined;
  if (own !== undefined) {
    return own.includes(attribute);
  }
  return TIES.has(by.type) || !PLACES.has(attribute);
}
