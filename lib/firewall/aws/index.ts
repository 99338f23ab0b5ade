export type { AdoptSecurityGroupProps, SecurityGroupIdProps } from "./adopted-security-group";
export type { GroupQuotaProps } from "./attach-groups";
export {
  AutoScalingGroupOrigin,
  type AutoScalingGroupOriginProps,
} from "./auto-scaling-group-origin";
export type { AwsOriginProps } from "./aws-origin";
export type { AwsResourceProps } from "./aws-provider";
export type { LoadBalancerAttributes } from "./balancer-reference";
export {
  EdgePrefixList,
  type EdgePrefixListAttributes,
  type EdgePrefixListProps,
  type FamilyPrefixList,
  type IEdgePrefixList,
} from "./edge-prefix-list";
export { EdgeRoutes, type EdgeRoutesProps } from "./edge-routes";
export { Egress } from "./egress";
export type { FirewallException } from "./firewall-exception";
export type { GroupRulesProps } from "./group-rules";
export { InstanceOrigin, type InstanceOriginProps } from "./instance-origin";
export type { InstanceAttributes } from "./interface-attachment";
export { LoadBalancerOrigin, type LoadBalancerOriginProps } from "./load-balancer-origin";
export {
  NetworkInterfaceOrigin,
  type NetworkInterfaceOriginProps,
} from "./network-interface-origin";
export { OriginNetworkAcl, type OriginNetworkAclProps } from "./origin-network-acl";
export { OriginSecurityGroup, type OriginSecurityGroupProps } from "./origin-security-group";
export type { IOriginSecurityGroup } from "./security-group";
export { TargetSecurityGroup, type TargetSecurityGroupProps } from "./target-security-group";
