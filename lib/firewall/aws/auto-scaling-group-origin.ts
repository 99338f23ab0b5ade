import type { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import type { IOrigin, OriginAddress } from "../../origin/origin";
import { ConfigurationError } from "../../synth/configuration-error";
import { isUnresolved } from "../../synth/literal";
import { requireProps } from "../../synth/required-props";
import type { IOriginFirewall } from "../firewall";
import { requireSingle } from "./attach-groups";
import { declareAws } from "./declare-aws";
import type { TargetSecurityGroup } from "./target-security-group";

/** Properties of {@link AutoScalingGroupOrigin}. */
export interface AutoScalingGroupOriginProps {
  /** The balancer that machines come and go behind, such as a {@link LoadBalancerOrigin}. */
  readonly balancer: IOrigin;
  /** The group. It joins the target groups; machines are never origins of their own. */
  readonly autoScalingGroup: AutoscalingGroup;
  /** What its machines are made from, which gets the security group of `targets`. */
  readonly launchTemplate: LaunchTemplate;
  /** The target groups that the balancer forwards to; at least one. */
  readonly targetGroups: readonly LbTargetGroup[];
  /** Who admits the balancer to the machines. */
  readonly targets: TargetSecurityGroup;
}

const REQUIRED = [
  "balancer",
  "autoScalingGroup",
  "launchTemplate",
  "targetGroups",
  "targets",
] as const;

/**
 * An auto scaling group behind a balancer: the balancer is what records lead to, and every machine
 * to come is in the target groups, behind the targets' security group.
 *
 * A change of the launch template reaches running machines only by an instance refresh.
 *
 * @example
 * const origin = new AutoScalingGroupOrigin(this, "Origin", {
 *   balancer,
 *   autoScalingGroup,
 *   launchTemplate,
 *   targetGroups: [targetGroup],
 *   targets,
 * });
 */
export class AutoScalingGroupOrigin extends Construct implements IOrigin {
  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[];
  readonly dependencies: readonly TerraformResource[];

  /**
   * @throws ConfigurationError `missing-prop`, `no-target-group`, `target-port`,
   * `groups-elsewhere`, `groups-not-a-list`, `many-instances`
   */
  constructor(scope: Construct, id: string, props: AutoScalingGroupOriginProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, REQUIRED, this);
    const { balancer, autoScalingGroup, launchTemplate, targets } = props;
    requireSingle({ resource: autoScalingGroup, prop: "autoScalingGroup" }, this);
    requireSingle({ resource: launchTemplate, prop: "launchTemplate" }, this);
    this.checkTargetGroups(props);
    targets.attach(launchTemplate);
    this.join(props);
    this.addresses = balancer.addresses;
    this.firewalls = balancer.firewalls;
    // Not the machines: a balancer without a healthy one is no reason to hold back the record.
    this.dependencies = [...new Set([...balancer.dependencies, targets.ready])];
  }

  private join({ autoScalingGroup, targetGroups }: AutoScalingGroupOriginProps): void {
    const joined = autoScalingGroup.targetGroupArnsInput ?? [];
    if (Token.isUnresolved(joined)) {
      throw new ConfigurationError(
        "groups-not-a-list",
        "'autoScalingGroup' has a token as targetGroupArns, to which none can be added; " +
          "give it a list, such as [targetGroup.arn]",
        this,
      );
    }
    const missing = targetGroups.map(({ arn }) => arn).filter((arn) => !joined.includes(arn));
    autoScalingGroup.targetGroupArns = [...joined, ...missing];
  }

  private checkTargetGroups({ targetGroups, targets }: AutoScalingGroupOriginProps): void {
    if (targetGroups.length === 0) {
      throw new ConfigurationError(
        "no-target-group",
        "'targetGroups' is empty; give the LbTargetGroup that the balancer forwards to",
        this,
      );
    }
    for (const { portInput, node } of targetGroups) {
      const isKnown = portInput !== undefined && !isUnresolved(portInput);
      if (isKnown && !targets.ports.includes(portInput)) {
        throw new ConfigurationError(
          "target-port",
          `'targetGroups' has ${node.id} on port ${portInput}, and 'targets' opens ` +
            `${targets.ports.join(", ")}; add ${portInput} to its ports`,
          this,
        );
      }
    }
  }
}
