import type { VpcSecurityGroupEgressRuleConfig } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { Family } from "../../net/cidr";
import { requirePort } from "./port";
import { cidrId, readCidr } from "./read-cidr";

/** An outbound rule without its group. */
export interface EgressRule {
  /** Comes from the content: rules keep their state address whatever is beside them. */
  readonly id: string;
  readonly family: Family;
  readonly config: Omit<VpcSecurityGroupEgressRuleConfig, "securityGroupId">;
}

/**
 * What an origin may connect to by itself. Answers to the edge need no rule.
 *
 * @example
 * const egress = [Egress.tcp("192.0.2.0/24", 5432)];
 */
export class Egress {
  /** Anything, in both families: AWS's own default, which Terraform takes away. */
  static everywhere(): Egress {
    return new Egress(true, [
      { id: "EgressIpv4", family: 4, config: { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" } },
      { id: "EgressIpv6", family: 6, config: { ipProtocol: "-1", cidrIpv6: "::/0" } },
    ]);
  }

  /**
   * One TCP port of a range.
   *
   * @param cidr in network form, such as `192.0.2.0/24`
   * @throws ConfigurationError `invalid-cidr`, `invalid-port`, `token-for-literal`
   */
  static tcp(cidr: string, port: number): Egress {
    const { text, family } = readCidr("egress", cidr);
    requirePort("egress", port);
    const target = family === 4 ? { cidrIpv4: text } : { cidrIpv6: text };
    const config = { ipProtocol: "tcp", fromPort: port, toPort: port, ...target };
    return new Egress(false, [{ id: `Egress-${port}-${cidrId(text)}`, family, config }]);
  }

  private constructor(
    readonly isOpen: boolean,
    readonly rules: readonly EgressRule[],
  ) {}
}
