import type { Elb } from "@cdktf/provider-aws/lib/elb";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { IOrigin, OriginAddress } from "../../origin/origin";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireProps } from "../../synth/required-props";
import type { IOriginFirewall } from "../firewall";
import { attachGroups, type GroupQuotaProps, requireSingle } from "./attach-groups";
import { type AwsOriginProps, dependenciesOf, requireFirewall } from "./aws-origin";
import { checkBalancer } from "./balancer-listeners";
import { BalancerReference, type LoadBalancerAttributes } from "./balancer-reference";
import { declareAws } from "./declare-aws";
import type { TargetSecurityGroup } from "./target-security-group";

/** Properties of {@link LoadBalancerOrigin}. */
export interface LoadBalancerOriginProps extends AwsOriginProps, GroupQuotaProps {
  /**
   * An application, network or classic balancer, not an internal one. Its list of security groups
   * must be a list, not a token.
   */
  readonly loadBalancer: Lb | Elb;
  /**
   * The listeners of an application or network balancer; a classic one has them inline. Ports and
   * protocols that are literals are compared with the firewalls' listeners.
   *
   * @default - none, which only a classic balancer may have
   */
  readonly listeners?: readonly LbListener[];
  /**
   * The groups of what stands behind it, which records wait for.
   *
   * @default - targets whose groups the app keeps by other means
   */
  readonly targets?: readonly TargetSecurityGroup[];
}

/**
 * A load balancer as an origin: it puts the firewalls on the balancer by itself. Records lead to
 * it by its name, so that its addresses may change. A network balancer that had no group when AWS
 * made it is replaced when it gets its first.
 *
 * @example
 * const origin = new LoadBalancerOrigin(this, "Origin", {
 *   loadBalancer,
 *   listeners: [https],
 *   firewalls: [firewall],
 *   targets: [targets],
 * });
 */
export class LoadBalancerOrigin extends Construct implements IOrigin {
  /**
   * A balancer that something else made, with the firewalls' groups on it already.
   *
   * @throws ConfigurationError `missing-prop`, `no-firewall`
   */
  static fromLoadBalancerAttributes(
    scope: Construct,
    id: string,
    attributes: LoadBalancerAttributes,
  ): IOrigin {
    return new BalancerReference(scope, id, attributes);
  }

  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[];
  readonly dependencies: readonly TerraformResource[];

  /**
   * @throws ConfigurationError `missing-prop`, `no-firewall`, `internal-balancer`,
   * `unfiltered-balancer`, `listener-missing`, `listener-protocol`, `listener-elsewhere`,
   * `no-listener`, `many-instances`, `groups-not-a-list`, `invalid-limit`
   */
  constructor(scope: Construct, id: string, props: LoadBalancerOriginProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["loadBalancer", "firewalls"], this);
    const { loadBalancer, listeners = [], targets = [] } = props;
    requireSingle({ resource: loadBalancer, prop: "loadBalancer" }, this);
    requireFirewall(props, this);
    this.checkKind(loadBalancer, listeners);
    checkBalancer(loadBalancer, listeners, props.firewalls, this);
    const holder = {
      resource: loadBalancer,
      prop: "loadBalancer",
      attribute: "securityGroups",
      groups: loadBalancer.securityGroupsInput,
      quota: props,
      replace: (groups: string[]) => {
        loadBalancer.securityGroups = groups;
      },
    };
    attachGroups(holder, props.firewalls, this);
    this.firewalls = [...props.firewalls];
    this.dependencies = [
      ...dependenciesOf(props),
      ...targets.map(({ ready }) => ready),
      ...listeners,
    ];
    this.addresses = [{ type: "CNAME", hostname: loadBalancer.dnsName }];
  }

  private checkKind(loadBalancer: Lb | Elb, listeners: readonly LbListener[]): void {
    if (loadBalancer.internalInput === true) {
      throw new ConfigurationError(
        "internal-balancer",
        "'loadBalancer' is internal, which the edge can't reach; set internal to false, or give the " +
          "record an origin that is public",
        this,
      );
    }
    const isClassic = !("loadBalancerTypeInput" in loadBalancer);
    if (!isClassic && loadBalancer.loadBalancerTypeInput === "gateway") {
      throw new ConfigurationError(
        "unfiltered-balancer",
        "'loadBalancer' is a gateway, which has no listeners for the edge; use one of type " +
          "application or network",
        this,
      );
    }
    if (isClassic !== (listeners.length === 0)) {
      const message = isClassic
        ? "'listeners' is given for a classic balancer, which has its own; remove 'listeners'"
        : "'listeners' is empty; give the balancer's LbListener resources";
      throw new ConfigurationError("no-listener", message, this);
    }
  }
}
