export { InstanceOrigin, type InstanceOriginProps } from "./instance-origin";
export { OriginSecurityGroup, type OriginSecurityGroupProps } from "./origin-security-group";
