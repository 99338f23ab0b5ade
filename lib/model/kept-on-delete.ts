import { type Json, member } from "./value";

/** Types whose deletion makes no call: what they stand for stays as it is, and is only forgotten. */
const FORGOTTEN: ReadonlySet<string> = new Set([
  // hashicorp/aws, internal/service/ec2/vpc_default_*.go
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_default_security_group",
  "aws_default_subnet",
  "aws_default_vpc",
  // internal/service/ec2/ec2_instance_state.go: the machine is left as it is
  "aws_ec2_instance_state",
  // cloudflare/cloudflare 5, an empty Delete in internal/services/<type>/resource.go
  "cloudflare_cloud_connector_rules",
  "cloudflare_zero_trust_tunnel_cloudflared_config",
  "cloudflare_zone_dns_settings",
]);

/** Whether the deletion of a block only makes Terraform forget what it stands for. */
export function isForgotten(type: string, before: Json): boolean {
  return FORGOTTEN.has(type) && member(before, "force_destroy") !== true;
}
