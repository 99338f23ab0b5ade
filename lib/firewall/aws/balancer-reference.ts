import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { IOrigin, OriginAddress } from "../../origin/origin";
import { declareConstruct } from "../../synth/declare-construct";
import { requireProps } from "../../synth/required-props";
import type { IOriginFirewall } from "../firewall";
import { type AwsOriginProps, dependenciesOf, requireFirewall } from "./aws-origin";

/** Properties of {@link LoadBalancerOrigin.fromLoadBalancerAttributes}. */
export interface LoadBalancerAttributes extends AwsOriginProps {
  /** The balancer's name, such as `web-1.eu-west-1.elb.amazonaws.com`, a literal or a token. */
  readonly dnsName: string;
}

/**
 * A balancer made elsewhere, which has the firewalls' groups already.
 *
 * @example
 * const origin = LoadBalancerOrigin.fromLoadBalancerAttributes(this, "Origin", {
 *   dnsName: "web-1.eu-west-1.elb.amazonaws.com",
 *   firewalls: [firewall],
 * });
 */
export class BalancerReference extends Construct implements IOrigin {
  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[];
  readonly dependencies: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: LoadBalancerAttributes) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["dnsName", "firewalls"], this);
    requireFirewall(props, this);
    this.firewalls = [...props.firewalls];
    this.dependencies = dependenciesOf(props);
    this.addresses = [{ type: "CNAME", hostname: props.dnsName }];
  }
}
