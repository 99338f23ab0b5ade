/**
 * How the provider makes an update, by type and attribute:
 *
 * - `one-call`: at once;
 * - `inert`: no hop notices;
 * - the others name calls in order, which `parts.ts` makes steps of.
 */
export type Manner =
  | "one-call"
  | "inert"
  | "revoke-then-authorize"
  | "entry-by-entry"
  | "route-by-route"
  | "subnet-by-subnet"
  | "described-entries-apart"
  | "disassociate-then-associate"
  | "stop-then-start";

export interface AtomicityRow {
  readonly types: readonly string[];
  readonly attributes: readonly string[];
  readonly manner: Manner;
  /** File and line of the provider at this version, or how it was seen. */
  readonly source: string;
}

const AWS = "hashicorp/aws 5.32.0, calls logged";
const EC2 = `${AWS}; internal/service/ec2`;
const ELB = `${AWS}; internal/service/elbv2`;
const CLOUDFLARE = "cloudflare/cloudflare 5.14.0, calls logged";

/** Attributes of every type that no hop reads, whatever calls write them. */
export const INERT_EVERYWHERE: ReadonlySet<string> = new Set([
  "comment",
  "description",
  "modified_on",
  "tags",
  "tags_all",
  "timeouts",
]);

/** What is known of updates. A row that is missing makes a rollout undetermined, never proved. */
export const ATOMICITY: readonly AtomicityRow[] = [
  row(
    "aws_security_group",
    "ingress egress",
    "revoke-then-authorize",
    `${EC2}/vpc_security_group.go:734`,
  ),
  row(
    "aws_default_security_group",
    "ingress egress",
    "revoke-then-authorize",
    `${EC2}/vpc_security_group.go:734`,
  ),
  row("aws_security_group", "revoke_rules_on_delete", "inert", `${EC2}/vpc_security_group.go`),
  row("aws_security_group_rule", "description", "inert", `${EC2}/vpc_security_group_rule.go:319`),
  row(
    "aws_vpc_security_group_ingress_rule aws_vpc_security_group_egress_rule",
    "cidr_ipv4 cidr_ipv6 from_port to_port ip_protocol prefix_list_id referenced_security_group_id",
    "one-call",
    `${EC2}/vpc_security_group_ingress_rule.go:249`,
  ),
  row(
    "aws_vpc_security_group_ingress_rule aws_vpc_security_group_egress_rule",
    "description",
    "inert",
    `${EC2}/vpc_security_group_ingress_rule.go:249`,
  ),
  row(
    "aws_ec2_managed_prefix_list",
    "entry",
    "described-entries-apart",
    `${EC2}/vpc_managed_prefix_list.go:179`,
  ),
  row(
    "aws_ec2_managed_prefix_list",
    "max_entries name version",
    "inert",
    `${EC2}/vpc_managed_prefix_list.go:179`,
  ),
  row("aws_instance", "vpc_security_group_ids", "one-call", `${EC2}/ec2_instance.go:1635`),
  row(
    "aws_instance",
    "instance_type user_data user_data_base64",
    "stop-then-start",
    `${EC2}/ec2_instance.go:1665, :2077`,
  ),
  row(
    "aws_network_interface",
    "security_groups",
    "one-call",
    `${EC2}/vpc_network_interface.go:565`,
  ),
  row(
    "aws_eip",
    "instance network_interface",
    "disassociate-then-associate",
    `${EC2}/ec2_eip.go:254`,
  ),
  row(
    "aws_network_acl aws_default_network_acl",
    "ingress egress",
    "entry-by-entry",
    `${EC2}/vpc_network_acl.go:331, :477`,
  ),
  row(
    "aws_network_acl",
    "subnet_ids",
    "subnet-by-subnet",
    `${EC2}/vpc_network_acl_association.go:119, :186`,
  ),
  row(
    "aws_route",
    "gateway_id nat_gateway_id network_interface_id transit_gateway_id vpc_endpoint_id vpc_peering_connection_id egress_only_gateway_id",
    "one-call",
    `${EC2}/vpc_route.go:335`,
  ),
  row("aws_route_table", "route", "route-by-route", `${EC2}/vpc_route_table.go:257`),
  row(
    "aws_route_table_association",
    "route_table_id",
    "one-call",
    `${EC2}/vpc_route_table_association.go:125`,
  ),
  row("aws_lb aws_alb", "security_groups", "one-call", `${ELB}/load_balancer.go:537, :1065`),
  row("aws_lb aws_alb", "subnets", "one-call", `${ELB}/load_balancer.go:537, :1065`),
  row(
    "aws_lb_listener aws_alb_listener",
    "default_action port protocol",
    "one-call",
    `${ELB}/listener.go:560`,
  ),
  row(
    "aws_lb_listener_rule aws_alb_listener_rule",
    "action",
    "one-call",
    `${ELB}/listener_rule.go:777`,
  ),
  row(
    "cloudflare_dns_record",
    "content name proxied data priority settings ttl",
    "one-call",
    `${CLOUDFLARE}: one PUT`,
  ),
  row("cloudflare_ruleset", "rules", "one-call", `${CLOUDFLARE}: one PUT`),
  row("cloudflare_zone_setting", "value", "one-call", `${CLOUDFLARE}: one PATCH`),
];

/** Deletes that make no call: what they stand for stays as it is. */
export const KEEPS_ITS_VALUE: ReadonlySet<string> = new Set(["cloudflare_zone_setting"]);

/**
 * Attributes that some hop reads, of any type. `test/prove/rollout/atomicity.test.ts` compares it
 * with the reader. What is not among them, and has no row, is inert.
 */
export const READ_ATTRIBUTES: ReadonlySet<string> = new Set(
  `action actions address alb_target_group_arn allocation_id arn associate_public_ip_address
  authenticate_cognito authenticate_oidc autoscaling_group_name blackhole carrier_gateway_id cidr
  cidr_block cidr_blocks cidr_ipv4 cidr_ipv6 condition config container_port content
  core_network_arn country_pools data default_action default_network_acl_id default_pools
  default_route_table_id deny destination_cidr_block destination_ipv6_cidr_block
  destination_prefix_list_id dns egress egress_only_gateway_id elb enabled entry fallback_pool
  forward from_port gateway_id health_check hostname icmp_code id ingress instance instance_id
  instance_port instances internal internet_gateway_block_mode internet_gateway_exclusion_mode
  internet_gateway_id ip_address_type ip_protocol ipv6_addresses ipv6_cidr_block ipv6_cidr_blocks
  kind launch_configuration launch_template lb_port lb_protocol lb_target_group_arn listener
  listener_arn load_balancer load_balancer_arn load_balancer_type load_balancers local_gateway_id
  main_route_table_id map_public_ip_on_launch mixed_instances_policy mode mutual_authentication
  name nat_gateway_id network_acl_id network_configuration network_interface network_interface_id
  network_interfaces origin_direct origin_dns origin_port origins pattern paused phase pop_pools
  port prefix_list_id prefix_list_ids preserve_client_ip primary_network_interface
  primary_network_interface_id priority private_dns private_ip propagating_vgws protocol proxied
  public_dns public_ip referenced_security_group_id region_pools resource_arn route
  route_table_id rule_action rule_no rule_number rules script security_group_id
  security_group_ids security_groups self service setting_id settings source
  source_security_group_id state status subnet_id subnet_ids subnet_mapping subnets target
  target_group target_group_arn target_group_arns target_id target_type tls to_port
  traffic_source traffic_type transit_gateway_id tunnel_id type user_data value vlan
  vpc_endpoint_id vpc_id vpc_peering_connection_id vpc_security_group_ids vpc_zone_identifier
  web_acl_arn zone_id zone_mode`.split(/\s+/),
);

/** How an attribute of a type is updated; undefined where a hop reads it and nothing is known. */
export function mannerOf(type: string, attribute: string): Manner | undefined {
  if (INERT_EVERYWHERE.has(attribute)) {
    return "inert";
  }
  const found = ATOMICITY.find(
    (each) => each.types.includes(type) && each.attributes.includes(attribute),
  );
  return found?.manner ?? (READ_ATTRIBUTES.has(attribute) ? undefined : "inert");
}

function row(types: string, attributes: string, manner: Manner, source: string): AtomicityRow {
  return { types: types.split(" "), attributes: attributes.split(" "), manner, source };
}
