import type { Handler } from "../handler";
import { classicBalancer, listener, loadBalancer, targetGroup } from "./balancers";
import { groupAttachment, instance, instanceState, networkInterface } from "./compute";
import { elasticIp, elasticIpAssociation } from "./elastic-ips";
import {
  defaultNetworkAcl,
  networkAcl,
  networkAclAssociation,
  networkAclRule,
} from "./network-acls";
import { pool } from "./pools";
import { prefixList, prefixListEntry } from "./prefix-lists";
import { olderRecord, record } from "./records";
import {
  defaultRouteTable,
  mainAssociation,
  oneRoute,
  routeTable,
  tableAssociation,
} from "./routes";
import { defaultSecurityGroup, groupRule, securityGroup, standaloneRule } from "./security-groups";
import { subnet, vpc } from "./vpcs";

/** Types whose behaviour is more than data. */
export const handlers: Readonly<Record<string, Handler>> = {
  aws_alb: loadBalancer,
  aws_alb_listener: listener,
  aws_alb_target_group: targetGroup,
  aws_default_network_acl: defaultNetworkAcl,
  aws_default_route_table: defaultRouteTable,
  aws_default_security_group: defaultSecurityGroup,
  aws_ec2_instance_state: instanceState,
  aws_ec2_managed_prefix_list: prefixList,
  aws_ec2_managed_prefix_list_entry: prefixListEntry,
  aws_eip: elasticIp,
  aws_eip_association: elasticIpAssociation,
  aws_elb: classicBalancer,
  aws_instance: instance,
  aws_lb: loadBalancer,
  aws_lb_listener: listener,
  aws_lb_target_group: targetGroup,
  aws_main_route_table_association: mainAssociation,
  aws_network_acl: networkAcl,
  aws_network_acl_association: networkAclAssociation,
  aws_network_acl_rule: networkAclRule,
  aws_network_interface: networkInterface,
  aws_network_interface_sg_attachment: groupAttachment,
  aws_route: oneRoute,
  aws_route_table: routeTable,
  aws_route_table_association: tableAssociation,
  aws_security_group: securityGroup,
  aws_security_group_rule: groupRule,
  aws_subnet: subnet,
  aws_vpc: vpc,
  aws_vpc_security_group_egress_rule: standaloneRule("egress"),
  aws_vpc_security_group_ingress_rule: standaloneRule("ingress"),
  cloudflare_dns_record: record,
  cloudflare_load_balancer_pool: pool,
  cloudflare_record: olderRecord,
};
