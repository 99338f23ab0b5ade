import type { Handler } from "../handler";
import {
  elasticIp,
  elasticIpAssociation,
  groupAttachment,
  instance,
  networkInterface,
} from "./compute";
import { prefixList } from "./prefix-lists";
import { groupRule, securityGroup, standaloneRule } from "./security-groups";

/** Types whose behaviour is more than data. */
export const handlers: Readonly<Record<string, Handler>> = {
  aws_default_security_group: securityGroup,
  aws_ec2_managed_prefix_list: prefixList,
  aws_eip: elasticIp,
  aws_eip_association: elasticIpAssociation,
  aws_instance: instance,
  aws_network_interface: networkInterface,
  aws_network_interface_sg_attachment: groupAttachment,
  aws_security_group: securityGroup,
  aws_security_group_rule: groupRule,
  aws_vpc_security_group_egress_rule: standaloneRule("egress"),
  aws_vpc_security_group_ingress_rule: standaloneRule("ingress"),
};
