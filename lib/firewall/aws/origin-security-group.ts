import { createHash } from "node:crypto";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DataResource, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import type { Family } from "../../net/cidr";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { declareLock } from "../../synth/declaration";
import { declareConstruct } from "../../synth/declare-construct";
import { escapeTemplate } from "../../synth/literal";
import { present } from "../../synth/present";
import { EdgeRanges } from "../edge-ranges";
import type { IOriginFirewall } from "../firewall";
import { requireWithinQuota } from "./rule-quota";

/** Properties of {@link OriginSecurityGroup}. */
export interface OriginSecurityGroupProps {
  /** The VPC of the origin's network interface. */
  readonly vpcId: string;
  /** The ports to open; at least one. */
  readonly listeners: readonly Listener[];
  /**
   * Whom to admit.
   *
   * @default EdgeRanges.pinned()
   */
  readonly ranges?: EdgeRanges;
  /**
   * May the origin open connections to anywhere? AWS's own default, which Terraform takes away from
   * the groups it creates.
   *
   * @default true
   */
  readonly allowAllEgress?: boolean;
  /**
   * How the group's name begins; AWS wants names to be unique in a VPC.
   *
   * @default - a name of Terraform's making
   */
  readonly namePrefix?: string;
  /**
   * How many inbound rules of one family the account allows in a group.
   *
   * @default 60
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   */
  readonly ruleQuota?: number;
}

/** One inbound rule to be. */
interface Admission {
  readonly family: Family;
  readonly cidr: string;
  readonly listener: Listener;
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
export class OriginSecurityGroup extends Construct implements IOriginFirewall {
  /** What interfaces name to have the group; {@link InstanceOrigin} does it by itself. */
  readonly securityGroupId: string;
  readonly listeners: readonly Listener[];
  readonly ready: TerraformResource;

  /** @throws ConfigurationError `no-listener`, `rule-quota-exceeded`, `invalid-limit` */
  constructor(scope: Construct, id: string, props: OriginSecurityGroupProps) {
    super(scope, id);
    declareConstruct(this);
    const ranges = props.ranges ?? EdgeRanges.pinned();
    this.listeners = this.distinct(props.listeners);
    requireWithinQuota(this.listeners, ranges, props.ruleQuota, this);
    this.securityGroupId = this.createGroup(props).id;
    const admissions = this.admissions(ranges);
    const rules = admissions.map((admission) => this.createRule(admission));
    const egress = (props.allowAllEgress ?? true) ? this.createEgress() : [];
    this.ready = this.createReady(admissions, [...rules, ...egress]);
  }

  private distinct(listeners: readonly Listener[]): readonly Listener[] {
    if (listeners.length === 0) {
      throw new ConfigurationError(
        "no-listener",
        "'listeners' is empty; give at least one, such as Listener.https()",
        this,
      );
    }
    const byPort = new Map(listeners.map((listener) => [listener.port, listener]));
    return [...byPort.values()].sort((left, right) => left.port - right.port);
  }

  private admissions(ranges: EdgeRanges): readonly Admission[] {
    const families: readonly Family[] = [4, 6];
    return this.listeners.flatMap((listener) =>
      families.flatMap((family) =>
        ranges.cidrs(family).map((cidr) => ({ family, cidr, listener })),
      ),
    );
  }

  private createGroup({ vpcId, namePrefix }: OriginSecurityGroupProps): SecurityGroup {
    const group = new SecurityGroup(this, "Resource", {
      vpcId,
      // AWS can't change a group's description, so nothing that may change is in it.
      description: "Admits the edge of Cloudflare and nobody else",
      lifecycle: { createBeforeDestroy: true },
      ...present({ namePrefix: namePrefix === undefined ? undefined : escapeTemplate(namePrefix) }),
    });
    declareLock(group);
    return group;
  }

  private createRule({ family, cidr, listener }: Admission): TerraformResource {
    const id = `${listener.port}-${cidr.replace(/[.:/]/g, "-")}`;
    return new VpcSecurityGroupIngressRule(this, id, {
      securityGroupId: this.securityGroupId,
      description: `Cloudflare to ${listener}`,
      ipProtocol: "tcp",
      fromPort: listener.port,
      toPort: listener.port,
      ...(family === 4 ? { cidrIpv4: cidr } : { cidrIpv6: cidr }),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createEgress(): readonly TerraformResource[] {
    const shared = {
      securityGroupId: this.securityGroupId,
      ipProtocol: "-1",
      lifecycle: { createBeforeDestroy: true },
    };
    return [
      new VpcSecurityGroupEgressRule(this, "EgressIpv4", { ...shared, cidrIpv4: "0.0.0.0/0" }),
      new VpcSecurityGroupEgressRule(this, "EgressIpv6", { ...shared, cidrIpv6: "::/0" }),
    ];
  }

  /**
   * Stands after all new rules and, since its input changes with them, before the old ones' end:
   * Terraform updates it before it destroys what it depended on under `create_before_destroy`.
   */
  private createReady(
    admissions: readonly Admission[],
    rules: readonly TerraformResource[],
  ): TerraformResource {
    const lines = admissions.map(({ cidr, listener }) => `${listener.port} ${cidr}\n`);
    const digest = createHash("sha256").update(lines.join("")).digest("hex");
    return new DataResource(this, "Ready", {
      // A dynamic attribute: the mapper makes {} of anything but a token.
      input: Token.asAnyMap(`sha256:${digest}`),
      dependsOn: [...rules],
    });
  }
}
