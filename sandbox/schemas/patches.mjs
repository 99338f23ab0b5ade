// What extract.mjs changes in the sources. Two reasons:
// - the sources lost every attribute named "description" together with the descriptions;
// - aws: 5.32.0 was extracted, the bindings are made for 6.25.0. The differences below were found
//   by comparing with the installed @cdktf/provider-aws 21.22.1 (names, optional, computed).
const text = { type: "string" };
const optional = { ...text, optional: true };
const computed = { ...text, computed: true };
const both = { ...text, optional: true, computed: true };
const number = { type: "number", optional: true };
const block = (nesting_mode, attributes, rest = {}) => ({
  nesting_mode,
  block: { attributes },
  ...rest,
});
const sides = { "egress.description": text, "ingress.description": text };
const required = { ...text, required: true };
const routing = Object.fromEntries(
  [
    "request_x_amzn_mtls_clientcert_header_name",
    "request_x_amzn_mtls_clientcert_issuer_header_name",
    "request_x_amzn_mtls_clientcert_leaf_header_name",
    "request_x_amzn_mtls_clientcert_serial_number_header_name",
    "request_x_amzn_mtls_clientcert_subject_header_name",
    "request_x_amzn_mtls_clientcert_validity_header_name",
    "request_x_amzn_tls_cipher_suite_header_name",
    "request_x_amzn_tls_version_header_name",
    "response_access_control_allow_credentials_header_value",
    "response_access_control_allow_headers_header_value",
    "response_access_control_allow_methods_header_value",
    "response_access_control_allow_origin_header_value",
    "response_access_control_expose_headers_header_value",
    "response_access_control_max_age_header_value",
    "response_content_security_policy_header_value",
    "response_strict_transport_security_header_value",
    "response_x_content_type_options_header_value",
    "response_x_frame_options_header_value",
  ].map((name) => [`routing_http_${name}`, both]),
);

/** Outside what the examples use, or too far from 6.25.0 to be worth a patch. */
export const leftOut = [
  "aws_alb",
  "aws_autoscaling_attachment",
  "aws_ecs_cluster",
  "aws_ecs_service",
  "aws_ecs_task_definition",
  "aws_elb",
  "aws_globalaccelerator_accelerator",
];

export const patches = {
  aws: {
    aws_default_security_group: { description: computed, ...sides },
    aws_security_group: { description: optional, ...sides },
    aws_security_group_rule: { description: optional },
    aws_vpc_security_group_ingress_rule: { description: optional },
    aws_vpc_security_group_egress_rule: { description: optional },
    aws_ec2_managed_prefix_list: { "entry.description": optional },
    aws_ec2_managed_prefix_list_entry: { description: optional },
    aws_ec2_transit_gateway: { description: optional },
    aws_network_interface: {
      description: optional,
      enable_primary_ipv6: { type: "bool", optional: true, computed: true },
    },
    aws_network_interface_attachment: { network_card_index: number },
    aws_network_interface_sg_attachment: {
      timeouts: block("single", { create: optional, delete: optional, read: optional }),
    },
    aws_instance: {
      cpu_core_count: null,
      cpu_threads_per_core: null,
      enable_primary_ipv6: { type: "bool", optional: true, computed: true },
      force_destroy: { type: "bool", optional: true },
      placement_group_id: both,
      primary_network_interface: block(
        "list",
        { delete_on_termination: { type: "bool", computed: true }, network_interface_id: required },
        { max_items: 1 },
      ),
    },
    aws_eip: { vpc: null, arn: computed, ipam_pool_id: both, ptr_record: computed },
    aws_lb: {
      client_keep_alive: number,
      enable_zonal_shift: { type: "bool", optional: true },
      secondary_ips_auto_assigned_per_subnet: { ...number, computed: true },
      health_check_logs: block(
        "list",
        { bucket: required, enabled: { type: "bool", optional: true }, prefix: optional },
        { max_items: 1 },
      ),
      ipam_pools: block("list", { ipv4_ipam_pool_id: required }, { max_items: 1 }),
      minimum_load_balancer_capacity: block(
        "list",
        { capacity_units: { type: "number", required: true } },
        { max_items: 1 },
      ),
    },
    aws_lb_listener: {
      ...routing,
      routing_http_response_server_enabled: { type: "bool", optional: true, computed: true },
      tcp_idle_timeout_seconds: { ...number, computed: true },
    },
    aws_lb_target_group: {
      load_balancer_arns: { type: ["set", "string"], computed: true },
      load_balancing_anomaly_mitigation: both,
      target_control_port: number,
      target_group_health: {
        nesting_mode: "list",
        max_items: 1,
        block: {
          block_types: {
            dns_failover: block(
              "list",
              {
                minimum_healthy_targets_count: optional,
                minimum_healthy_targets_percentage: optional,
              },
              { max_items: 1 },
            ),
            unhealthy_state_routing: block(
              "list",
              {
                minimum_healthy_targets_count: number,
                minimum_healthy_targets_percentage: optional,
              },
              { max_items: 1 },
            ),
          },
        },
      },
    },
    aws_launch_template: { description: optional },
    "data.aws_security_group": { description: computed },
    "data.aws_ec2_managed_prefix_list": { "entries.description": text },
    "data.aws_ami": { description: computed },
    "data.aws_network_interface": { description: computed },
    "data.aws_eip": { arn: computed, ipam_pool_id: computed, ptr_record: computed },
  },
  cloudflare: {
    cloudflare_healthcheck: { description: optional },
    cloudflare_notification_policy: { description: optional },
    cloudflare_load_balancer: { description: optional },
    cloudflare_load_balancer_pool: { description: optional },
    cloudflare_load_balancer_monitor: { description: optional },
    cloudflare_ruleset: { description: optional, "rules.description": optional },
    cloudflare_custom_pages: { description: computed },
    cloudflare_address_map: { description: optional },
    "data.cloudflare_healthcheck": { description: computed },
    "data.cloudflare_load_balancers": { "result.description": computed },
  },
  /** The few provider arguments that a stand-in can be given; the real ones are some forty. */
  awsProvider: {
    attributes: {
      access_key: optional,
      profile: optional,
      region: optional,
      secret_key: optional,
      skip_credentials_validation: { type: "bool", optional: true },
      skip_metadata_api_check: optional,
      skip_requesting_account_id: { type: "bool", optional: true },
      skip_region_validation: { type: "bool", optional: true },
      token: optional,
    },
    block_types: {
      default_tags: block(
        "list",
        { tags: { type: ["map", "string"], optional: true } },
        { max_items: 1 },
      ),
    },
  },
};
