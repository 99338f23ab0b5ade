import type { IOriginFirewall } from "../firewall";

/** A firewall made of security groups: what origins on AWS attach to their interfaces. */
export interface IOriginSecurityGroup extends IOriginFirewall {
  /** The group that every interface behind this firewall has; other groups can name it. */
  readonly securityGroupId: string;
  /** All groups that an interface must have, {@link securityGroupId} first. */
  readonly securityGroupIds: readonly string[];
  /** Whether it is known to let the origin connect to anything. */
  readonly isEgressOpen: boolean;
}
