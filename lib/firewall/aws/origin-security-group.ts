import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Listener } from "../../origin/listener";
import { declareLock } from "../../synth/declaration";
import { escapeTemplate } from "../../synth/literal";
import { present } from "../../synth/present";
import { requireProps } from "../../synth/required-props";
import {
  AdoptedSecurityGroup,
  type AdoptSecurityGroupProps,
  type SecurityGroupIdProps,
} from "./adopted-security-group";
import { providerOf } from "./aws-provider";
import { declareAws } from "./declare-aws";
import { Egress } from "./egress";
import { createRules, type GroupRulesProps, planRules } from "./group-rules";
import { requireId } from "./resource-id";
import type { IOriginSecurityGroup } from "./security-group";

/** Properties of {@link OriginSecurityGroup}. */
export interface OriginSecurityGroupProps extends GroupRulesProps {
  /** The VPC of the origin's network interface. */
  readonly vpcId: string;
  /**
   * What the origin may open connections to. An empty list: nothing.
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
  /**
   * Spread the ports over several groups, three to a group: for more ports than one group has room
   * for. An interface may have five groups by default.
   *
   * @default false
   */
  readonly split?: boolean;
}

/**
 * A security group that admits Cloudflare's edge to the listeners, and nobody else.
 *
 * Each range and port is a rule of its own, whose id comes from its content: adding a range or a
 * listener adds rules and touches no other. New rules are made before old ones go, and
 * {@link ready} stands between the two, so a change of ranges leaves no gap.
 *
 * @example
 * const firewall = new OriginSecurityGroup(this, "Firewall", {
 *   vpcId: "vpc-0123456789abcdef0",
 *   listeners: [Listener.https()],
 * });
 */
export class OriginSecurityGroup extends Construct implements IOriginSecurityGroup {
  /**
   * The rules added to a group that the app has as a resource, such as one it imported. The proof
   * sees its other rules, and being open to others is an error.
   *
   * @throws ConfigurationError `inline-rules`, and what the constructor throws
   */
  static adopt(scope: Construct, id: string, props: AdoptSecurityGroupProps): IOriginSecurityGroup {
    return new AdoptedSecurityGroup(scope, id, props, "securityGroup");
  }

  /**
   * The rules added to a group that something else made. What other rules it has is unknown here,
   * so that it admits nobody else can't be proved: the app gets a warning that says so.
   *
   * @throws ConfigurationError what the constructor throws
   */
  static fromSecurityGroupId(
    scope: Construct,
    id: string,
    props: SecurityGroupIdProps,
  ): IOriginSecurityGroup {
    return new AdoptedSecurityGroup(scope, id, props, "securityGroupId");
  }

  readonly securityGroupId: string;
  /** What interfaces name; {@link InstanceOrigin} and the other origins do it by themselves. */
  readonly securityGroupIds: readonly string[];
  readonly isEgressOpen: boolean;
  readonly listeners: readonly Listener[];
  readonly ready: TerraformResource;

  /**
   * @throws ConfigurationError `missing-prop`, `invalid-id`, `invalid-provider`, `no-listener`,
   * `rule-quota-exceeded`, `invalid-limit`, `two-sources`, `needless-exception`, and those of
   * {@link FirewallException}
   */
  constructor(scope: Construct, id: string, props: OriginSecurityGroupProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["vpcId", "listeners"], this);
    requireId("vpcId", "vpc", props.vpcId, this);
    const egress = props.egress ?? [Egress.everywhere()];
    const rules = planRules(props, egress, props.split ?? false, this);
    const ids = new Map(rules.groups.map((index) => [index, this.createGroup(props, index).id]));
    this.listeners = rules.listeners;
    this.isEgressOpen = egress.some(({ isOpen }) => isOpen);
    this.securityGroupId = ids.get(0) ?? "";
    this.securityGroupIds = [...ids.values(), ...(props.additionalSecurityGroupIds ?? [])];
    this.ready = createRules(rules, ids, this);
  }

  private createGroup(props: OriginSecurityGroupProps, index: number) {
    const { vpcId, namePrefix } = props;
    const group = new SecurityGroup(this, index === 0 ? "Resource" : `Group-${index}`, {
      vpcId,
      // AWS can't change a group's description, so nothing that may change is in it.
      description: "Admits the edge of Cloudflare and nobody else",
      lifecycle: { createBeforeDestroy: true },
      ...providerOf(props, this),
      ...present({ namePrefix: namePrefix === undefined ? undefined : escapeTemplate(namePrefix) }),
    });
    declareLock(group);
    return group;
  }
}
