import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Annotations, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { declareLock } from "../../synth/declaration";
import { requireProps } from "../../synth/required-props";
import { providerOf } from "./aws-provider";
import { declareAws } from "./declare-aws";
import type { Egress } from "./egress";
import { createRules, type GroupRulesProps, planRules } from "./group-rules";
import { requireId } from "./resource-id";
import type { IOriginSecurityGroup } from "./security-group";

/** What adopted groups have in common. */
interface AdoptedProps extends GroupRulesProps {
  /**
   * Outbound rules to add to those that the group has.
   *
   * @default - none
   */
  readonly egress?: readonly Egress[];
}

/** Properties of {@link OriginSecurityGroup.adopt}. */
export interface AdoptSecurityGroupProps extends AdoptedProps {
  /** The group, without inline `ingress`. */
  readonly securityGroup: SecurityGroup;
}

/** Properties of {@link OriginSecurityGroup.fromSecurityGroupId}. */
export interface SecurityGroupIdProps extends AdoptedProps {
  /** The group's id, a literal or a token. */
  readonly securityGroupId: string;
}

type EitherGroup = Partial<
  Pick<AdoptSecurityGroupProps, "securityGroup"> & Pick<SecurityGroupIdProps, "securityGroupId">
>;

type EitherProps = AdoptedProps & EitherGroup;

/**
 * A group made elsewhere, with the library's rules added.
 *
 * @example
 * const firewall = OriginSecurityGroup.adopt(this, "Firewall", {
 *   securityGroup: existing,
 *   listeners: [Listener.https()],
 * });
 */
export class AdoptedSecurityGroup extends Construct implements IOriginSecurityGroup {
  readonly securityGroupId: string;
  readonly securityGroupIds: readonly string[];
  readonly isEgressOpen: boolean;
  readonly listeners: readonly Listener[];
  readonly ready: TerraformResource;

  /** @param name the prop by which the group is given */
  constructor(scope: Construct, id: string, props: EitherProps, name: keyof EitherGroup) {
    super(scope, id);
    declareAws(this);
    requireProps(props, [name, "listeners"], this);
    const group = this.groupOf(props);
    const { egress = [], additionalSecurityGroupIds = [] } = props;
    const like = typeof group === "string" ? undefined : group;
    const provider = providerOf(props, this, like);
    const rules = planRules({ ...props, ...provider }, egress, false, this);
    this.securityGroupId = typeof group === "string" ? group : group.id;
    this.isEgressOpen = typeof group === "string" ? false : this.lock(group, egress);
    this.securityGroupIds = [this.securityGroupId, ...additionalSecurityGroupIds];
    this.listeners = rules.listeners;
    this.ready = createRules(rules, new Map([[0, this.securityGroupId]]), this);
    if (typeof group === "string") {
      Annotations.of(this).addWarning(
        "'securityGroupId' names a group whose other rules this app doesn't show: that it admits " +
          "nobody but the edge can't be proved; use OriginSecurityGroup.adopt with the resource, " +
          "or review the plan of its stack together with this one",
      );
    }
  }

  private groupOf({ securityGroup, securityGroupId = "" }: EitherGroup): SecurityGroup | string {
    return securityGroup ?? requireId("securityGroupId", "sg", securityGroupId, this);
  }

  /** @returns whether its own rules are taken to let everything out */
  private lock(group: SecurityGroup, egress: readonly Egress[]): boolean {
    if (group.ingressInput !== undefined) {
      throw inlineRules("ingress", this);
    }
    if (group.egressInput !== undefined && egress.length > 0) {
      throw inlineRules("egress", this);
    }
    declareLock(group);
    return group.egressInput !== undefined || egress.some(({ isOpen }) => isOpen);
  }
}

/** Inline rules are the whole list: each apply would take the added ones away. */
function inlineRules(direction: "ingress" | "egress", scope: Construct): ConfigurationError {
  const instead = direction === "ingress" ? "Ingress" : "Egress";
  return new ConfigurationError(
    "inline-rules",
    `'securityGroup' has inline ${direction} rules, which take away every other at each apply; ` +
      `make each a VpcSecurityGroup${instead}Rule`,
    scope,
  );
}
