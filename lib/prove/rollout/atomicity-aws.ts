import { type AtomicityRow, row } from "./atomicity-row";

const AWS = "hashicorp/aws 5.32.0, calls logged";
const EC2 = `${AWS}; internal/service/ec2`;
const ELB = `${AWS}; internal/service/elbv2`;
const CLASSIC =
  "hashicorp/aws at 0105d219; internal/service/elb/load_balancer.go, resourceLoadBalancerUpdate";
const TARGETS =
  "hashicorp/aws at 013cfb4c; internal/service/elbv2/target_group.go, resourceTargetGroupUpdate";
const BALANCER = "hashicorp/aws at 00edc94b; internal/service/elbv2/load_balancer.go";

const INSTANCE = "hashicorp/aws at 0015dfcd; internal/service/ec2/ec2_instance.go";

/** What a machine goes on running through. */
const QUIET = `credit_specification disable_api_stop disable_api_termination iam_instance_profile
  instance_initiated_shutdown_behavior maintenance_options metadata_options monitoring
  root_block_device source_dest_check volume_tags`;

/** What the provider asks of the block alone, or only reads. */
const IN_STATE = `ebs_block_device force_destroy get_password_data instance_lifecycle instance_state
  outpost_arn password_data spot_instance_request_id user_data_replace_on_change`;

/** What leaves the addresses of an interface alone that a record may have. */
const QUIET_INTERFACE = `ipv4_prefix_count ipv4_prefixes ipv6_address_list_enabled mac_address
  outpost_arn owner_id private_dns_name private_ip_list_enabled source_dest_check`;

/** @see docs/proof.md, "Rollout" */
export const AWS_ROWS: readonly AtomicityRow[] = [
  ...["ingress", "egress"].map((name) =>
    row(
      "aws_security_group aws_default_security_group",
      name,
      "revoke-then-authorize",
      `${EC2}/vpc_security_group.go:734`,
    ),
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
  row(
    "aws_lambda_function",
    "handler",
    "inert",
    "hashicorp/aws at 262d4da6; internal/service/lambda/function.go: the function goes on, with another handler",
  ),
  row("aws_instance", "vpc_security_group_ids", "one-call", `${EC2}/ec2_instance.go:1635`),
  row(
    "aws_instance",
    "instance_type user_data user_data_base64 capacity_reservation_specification",
    "stop-then-start",
    `${EC2}/ec2_instance.go:1665, :2077; StopInstances before ModifyInstanceCapacityReservationAttributes too`,
  ),
  row(
    "aws_instance",
    "cpu_options",
    "stop-then-start",
    "hashicorp/aws 6.35.1, pull request 46568; internal/service/ec2/ec2_instance.go: in place, and ModifyInstanceCpuOptions asks for a machine that is stopped",
  ),
  row("aws_instance", QUIET, "inert", `${INSTANCE}, resourceInstanceUpdate: nothing stops for it`),
  row("aws_instance", IN_STATE, "inert", `${INSTANCE}: no call, or only ForceNew`),
  row(
    "aws_network_interface",
    "security_groups",
    "one-call",
    `${EC2}/vpc_network_interface.go:565`,
  ),
  row(
    "aws_network_interface",
    QUIET_INTERFACE,
    "inert",
    "hashicorp/aws at 01c08000; internal/service/ec2/vpc_network_interface.go, resourceNetworkInterfaceUpdate",
  ),
  row(
    "aws_eip",
    "instance network_interface associate_with_private_ip",
    "disassociate-then-associate",
    `${EC2}/ec2_eip.go:254`,
  ),
  ...["ingress", "egress"].map((name) =>
    row(
      "aws_network_acl aws_default_network_acl",
      name,
      "entry-by-entry",
      `${EC2}/vpc_network_acl.go:331, :477`,
    ),
  ),
  row(
    "aws_network_acl aws_default_network_acl",
    "subnet_ids",
    "subnet-by-subnet",
    `${EC2}/vpc_network_acl_association.go:119, :186; vpc_default_network_acl.go: removes none`,
  ),
  row(
    "aws_route",
    "gateway_id nat_gateway_id network_interface_id transit_gateway_id vpc_endpoint_id vpc_peering_connection_id egress_only_gateway_id",
    "one-call",
    `${EC2}/vpc_route.go:335`,
  ),
  row(
    "aws_route_table aws_default_route_table",
    "route",
    "route-by-route",
    `${EC2}/vpc_route_table.go:257; vpc_default_route_table.go: resourceRouteTableUpdate too`,
  ),
  row(
    "aws_main_route_table_association",
    "route_table_id",
    "one-call",
    "hashicorp/aws at 01f43111; internal/service/ec2/vpc_main_route_table_association.go: ReplaceRouteTableAssociation",
  ),
  row(
    "aws_launch_template",
    "user_data",
    "inert",
    "hashicorp/aws at c49358f8; internal/service/ec2/ec2_launch_template.go: CreateLaunchTemplateVersion, for machines to come",
  ),
  row(
    "aws_route_table_association",
    "route_table_id",
    "one-call",
    `${EC2}/vpc_route_table_association.go:125`,
  ),
  row(
    "aws_lb aws_alb",
    "enable_cross_zone_load_balancing",
    "one-call",
    `${BALANCER}: ModifyLoadBalancerAttributes comes first`,
  ),
  row("aws_lb aws_alb", "security_groups", "one-call", `${ELB}/load_balancer.go:537, :1065`),
  row("aws_lb aws_alb", "subnets subnet_mapping", "one-call", `${BALANCER}: SetSubnets`),
  row("aws_lb aws_alb", "ip_address_type", "one-call", `${BALANCER}: SetIpAddressType`),
  row(
    "aws_lb_listener aws_alb_listener",
    "certificate_arn default_action mutual_authentication port protocol",
    "one-call",
    `${ELB}/listener.go:560`,
  ),
  row(
    "aws_lb_listener_rule aws_alb_listener_rule",
    "priority",
    "one-call",
    `${ELB}/listener_rule.go:777: SetRulePriorities comes first`,
  ),
  row(
    "aws_lb_listener_rule aws_alb_listener_rule",
    "action condition",
    "one-call",
    `${ELB}/listener_rule.go:777`,
  ),
  row(
    "aws_lb_target_group aws_alb_target_group",
    "health_check",
    "one-call",
    `${TARGETS}: ModifyTargetGroup`,
  ),
  row(
    "aws_lb_target_group aws_alb_target_group",
    "preserve_client_ip load_balancing_cross_zone_enabled",
    "one-call",
    `${TARGETS}: ModifyTargetGroupAttributes`,
  ),
  row(
    "aws_autoscaling_group",
    "desired_capacity launch_configuration launch_template max_size min_size mixed_instances_policy",
    "one-call",
    "hashicorp/aws at eeecacfa; internal/service/autoscaling/group.go: UpdateAutoScalingGroup",
  ),
  row(
    "aws_ecs_service",
    "desired_count",
    "one-call",
    "hashicorp/aws at 8a0b630a; internal/service/ecs/service.go: UpdateService",
  ),
  row(
    "aws_ecs_service",
    "wait_for_steady_state",
    "inert",
    "hashicorp/aws at 8a0b630a; internal/service/ecs/service.go: how long the provider waits",
  ),
  row(
    "aws_autoscaling_group",
    "wait_for_capacity_timeout",
    "inert",
    "hashicorp/aws at eeecacfa; internal/service/autoscaling/group.go: how long the provider waits",
  ),
  row("aws_elb", "listener", "removes-then-adds", CLASSIC),
  row("aws_elb", "instances", "adds-then-removes", CLASSIC),
  row("aws_elb", "cross_zone_load_balancing", "one-call", CLASSIC),
  row("aws_elb", "health_check", "one-call", CLASSIC),
  row("aws_elb", "security_groups", "one-call", CLASSIC),
  row("aws_elb", "subnets", "removes-then-adds", CLASSIC),
];
