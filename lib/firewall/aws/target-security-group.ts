import type { Instance } from "@cdktf/provider-aws/lib/instance";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { escapeTemplate } from "../../synth/literal";
import { present } from "../../synth/present";
import { requireProps } from "../../synth/required-props";
import { attachGroups, type GroupQuotaProps } from "./attach-groups";
import { type AwsResourceProps, providerOf } from "./aws-provider";
import { declareAws } from "./declare-aws";
import { Egress } from "./egress";
import { requireEgress } from "./group-rules";
import { requirePort } from "./port";
import { createReady } from "./ready";
import { requireId } from "./resource-id";
import type { IOriginSecurityGroup } from "./security-group";

/** Properties of {@link TargetSecurityGroup}. */
export interface TargetSecurityGroupProps extends AwsResourceProps, GroupQuotaProps {
  /** The VPC of the targets. */
  readonly vpcId: string;
  /** The firewall on the balancer, from which alone the targets are reached. */
  readonly from: IOriginSecurityGroup;
  /** TCP ports of the targets: of traffic, and of health checks where those differ. At least one. */
  readonly ports: readonly number[];
  /**
   * What the targets may open connections to. An empty list: nothing.
   *
   * @default [Egress.everywhere()]
   */
  readonly egress?: readonly Egress[];
  /**
   * How the group's name begins; AWS wants names to be unique in a VPC.
   *
   * @default - a name of Terraform's making
   */
  readonly namePrefix?: string;
}

/**
 * The second leg: a security group for what stands behind a balancer, which admits the balancer to
 * the targets' ports and nobody else. Where the balancer's group doesn't let everything out, it
 * gets a rule to these ports: without one the balancer reaches no target.
 *
 * @example
 * const targets = new TargetSecurityGroup(this, "Targets", {
 *   vpcId: "vpc-0123456789abcdef0",
 *   from: firewall,
 *   ports: [8080],
 * });
 */
export class TargetSecurityGroup extends Construct {
  /** What targets name; {@link attach} does it. */
  readonly securityGroupId: string;
  /** The ports it opens, ascending. */
  readonly ports: readonly number[];
  /** Done once every rule is in place. */
  readonly ready: TerraformResource;

  private readonly provider: AwsResourceProps;
  private readonly quota: GroupQuotaProps;

  /**
   * @throws ConfigurationError `missing-prop`, `invalid-id`, `invalid-provider`, `no-port`,
   * `invalid-port`, `token-for-literal`, `not-a-list`
   */
  constructor(scope: Construct, id: string, props: TargetSecurityGroupProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["vpcId", "from", "ports"], this);
    requireId("vpcId", "vpc", props.vpcId, this);
    this.provider = providerOf(props, this);
    this.quota = props;
    this.ports = this.distinct(props.ports);
    this.securityGroupId = this.createGroup(props).id;
    const legs = this.ports.flatMap((port) => this.createLeg(port, props.from));
    const given = props.egress ?? [Egress.everywhere()];
    requireEgress(given, this);
    const egress = given.flatMap(({ rules }) => rules);
    const outbound = egress.map(({ id: ruleId, config }) => {
      const lifecycle = { createBeforeDestroy: true };
      const rule = {
        securityGroupId: this.securityGroupId,
        ...config,
        lifecycle,
        ...this.provider,
      };
      return new VpcSecurityGroupEgressRule(this, ruleId, rule);
    });
    const facts = this.ports.map((port) => `${port} from ${props.from.node.path}\n`);
    this.ready = createReady(this, facts, [...legs, ...outbound]);
  }

  /**
   * Adds the group to a target and puts the target after the rules.
   *
   * @throws ConfigurationError `groups-not-a-list`, `groups-elsewhere`, `invalid-limit`
   */
  attach(target: Instance | LaunchTemplate | NetworkInterface): void {
    const part = { securityGroupIds: [this.securityGroupId], ready: this.ready };
    const shared = { resource: target, prop: "target", quota: this.quota };
    if ("securityGroupsInput" in target && !("vpcSecurityGroupIdsInput" in target)) {
      const replace = (ids: string[]) => {
        target.securityGroups = ids;
      };
      const groups = target.securityGroupsInput;
      attachGroups({ ...shared, attribute: "securityGroups", groups, replace }, [part], this);
      return;
    }
    this.checkElsewhere(target);
    const replace = (ids: string[]) => {
      target.vpcSecurityGroupIds = ids;
    };
    const groups = target.vpcSecurityGroupIdsInput;
    attachGroups({ ...shared, attribute: "vpcSecurityGroupIds", groups, replace }, [part], this);
  }

  private checkElsewhere(target: Instance | LaunchTemplate): void {
    const places =
      "networkInterfacesInput" in target
        ? {
            networkInterfaces: target.networkInterfacesInput,
            securityGroupNames: target.securityGroupNamesInput,
          }
        : {
            securityGroups: target.securityGroupsInput,
            networkInterface: target.networkInterfaceInput,
            primaryNetworkInterface: target.primaryNetworkInterfaceInput,
          };
    const elsewhere = Object.entries(places).find(([, value]) => value !== undefined)?.[0];
    if (elsewhere !== undefined) {
      throw new ConfigurationError(
        "groups-elsewhere",
        `'target' has ${elsewhere}, beside which AWS takes no vpcSecurityGroupIds; remove it`,
        this,
      );
    }
  }

  private distinct(ports: readonly number[]): readonly number[] {
    if (ports.length === 0) {
      throw new ConfigurationError("no-port", "'ports' is empty; give the targets' port", this);
    }
    const checked = ports.map((port) => requirePort("ports", port, this));
    return [...new Set(checked)].sort((left, right) => left - right);
  }

  private createGroup({ vpcId, namePrefix }: TargetSecurityGroupProps): SecurityGroup {
    return new SecurityGroup(this, "Resource", {
      vpcId,
      description: "Admits the balancer and nobody else",
      lifecycle: { createBeforeDestroy: true },
      ...this.provider,
      ...present({ namePrefix: namePrefix === undefined ? undefined : escapeTemplate(namePrefix) }),
    });
  }

  /** Both ends: in at the targets and, unless everything gets out, out of the balancer. */
  private createLeg(port: number, from: IOriginSecurityGroup): readonly TerraformResource[] {
    const shared = {
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      lifecycle: { createBeforeDestroy: true },
      ...this.provider,
    };
    const into = new VpcSecurityGroupIngressRule(this, `${port}`, {
      ...shared,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: from.securityGroupId,
      description: `Balancer to tcp/${port}`,
    });
    if (from.isEgressOpen) {
      return [into];
    }
    const out = new VpcSecurityGroupEgressRule(this, `Balancer-${port}`, {
      ...shared,
      securityGroupId: from.securityGroupId,
      referencedSecurityGroupId: this.securityGroupId,
      description: `Balancer to tcp/${port} of its targets`,
    });
    return [into, out];
  }
}
