import { AWS_ROWS } from "./atomicity-aws";
import { CLOUDFLARE_ROWS } from "./atomicity-cloudflare";
import type { AtomicityRow, Manner } from "./atomicity-row";

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
export const ATOMICITY: readonly AtomicityRow[] = [...AWS_ROWS, ...CLOUDFLARE_ROWS];

/** Types of which any update may interrupt: what has no row is not known, whether a hop reads it or not. */
const INTERRUPTIBLE: ReadonlySet<string> = new Set(["aws_instance", "aws_network_interface"]);

/** Deletes that make no call: what they stand for stays as it is. */
export const KEEPS_ITS_VALUE: ReadonlySet<string> = new Set(["cloudflare_zone_setting"]);

/**
 * Attributes that some hop reads, of any type. `test/prove/rollout/atomicity.test.ts` compares it
 * with the reader. What is not among them, and has no row, is inert, but for those of a machine.
 */
export const READ_ATTRIBUTES: ReadonlySet<string> = new Set(
  `account account_id action actions address alb_target_group_arn allocation_id allow_reassociation
  arn assign_generated_ipv6_cidr_block assign_ipv6_address_on_creation associate_public_ip_address
  attachment authenticate_cognito authenticate_oidc autoscaling_group_name availability_zone
  availability_zone_id availability_zones blackhole carrier_gateway_id cidr cidr_block cidr_blocks
  cidr_ipv4 cidr_ipv6 condition config container_port content core_network_arn country_pools
  cross_zone_load_balancing custom_origin_server data default_action default_network_acl_id
  default_pool_ids default_pools default_route_table_id default_version deny desired_capacity
  desired_count destination_cidr_block destination_ipv6_cidr_block destination_prefix_list_id
  device_index dns domain egress egress_only_gateway_id elb enable_cross_zone_load_balancing
  enable_dns_hostnames enabled entry fallback_pool fallback_pool_id forward from_port function_name gateway_id
  health_check hostname icmp_code id ingress instance instance_id instance_port instances internal
  internet_gateway_block_mode internet_gateway_exclusion_mode internet_gateway_id ip_address_type
  ip_protocol ipv6_address_count ipv6_address_list ipv6_addresses ipv6_cidr_block ipv6_cidr_blocks
  ipv6_prefixes kind launch_configuration launch_template lb_port lb_protocol lb_target_group_arn
  listener listener_arn load_balancer load_balancer_arn load_balancer_type load_balancers
  load_balancing_cross_zone_enabled local_gateway_id main_route_table_id map_public_ip_on_launch
  max_size min_capacity min_size mixed_instances_policy mode mutual_authentication name name_prefix
  nat_gateway_id network_acl_id network_configuration network_interface network_interface_id
  network_interfaces origin origin_direct origin_dns origin_port origins pattern paused phase
  pop_pools port prefix_list_id prefix_list_ids preserve_client_ip primary_network_interface
  primary_network_interface_id principal priority private_dns private_ip private_ip_list private_ips
  private_ips_count propagating_vgws protocol proxied public_dns public_ip
  referenced_security_group_id region region_pools resource_arn resource_id route route_table_id
  rule_action rule_no rule_number rules scheduling_strategy script script_name secondary_private_ips
  security_group_id security_group_ids security_group_names security_groups self service
  service_namespace setting_id settings source source_security_group_id ssl state status subnet_id
  subnet_ids subnet_mapping subnets suspended_processes target target_group target_group_arn
  target_group_arns target_id target_type tls to_port traffic_source traffic_type transit_gateway_id
  tunnel_id type update_default_version user_data value vlan vpc_endpoint_id vpc_id
  vpc_peering_connection_id vpc_security_group_ids vpc_zone_identifier web_acl_arn zone_id zone_mode`.split(
    /\s+/,
  ),
);

/** How an attribute of a type is updated; undefined where it matters and nothing is known. */
export function mannerOf(type: string, attribute: string): Manner | undefined {
  if (INERT_EVERYWHERE.has(attribute)) {
    return "inert";
  }
  const found = ATOMICITY.find(
    (each) => each.types.includes(type) && each.attributes.includes(attribute),
  );
  const isOpen = READ_ATTRIBUTES.has(attribute) || INTERRUPTIBLE.has(type);
  return found?.manner ?? (isOpen ? undefined : "inert");
}
