import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireLiteral } from "../../synth/literal";
import { requireProps } from "../../synth/required-props";
import { EdgeRanges } from "../edge-ranges";
import { type AwsResourceProps, providerOf } from "./aws-provider";
import { declareAws } from "./declare-aws";
import { distinctListeners } from "./distinct-listeners";
import { exempt, type FirewallException } from "./firewall-exception";
import { type AclEntry, planEntries, requireAclQuota } from "./network-acl-entry";
import { createReady } from "./ready";
import { requireId } from "./resource-id";

/** Properties of {@link OriginNetworkAcl}. */
export interface OriginNetworkAclProps extends AwsResourceProps {
  /** The VPC of the subnets. */
  readonly vpcId: string;
  /** The subnets to filter: resources, or literal ids. AWS allows a subnet one ACL. */
  readonly subnets: readonly (Subnet | string)[];
  /** The ports to open; at least one. */
  readonly listeners: readonly Listener[];
  /**
   * Whom to admit.
   *
   * @default EdgeRanges.pinned()
   */
  readonly ranges?: EdgeRanges;
  /**
   * Who may connect besides the edge.
   *
   * @default - nobody
   */
  readonly exceptions?: readonly FirewallException[];
  /**
   * Let answers in to connections that the subnets open: TCP and UDP to 1024–65535 from anywhere,
   * since an ACL remembers no connection. That lets anybody try ports from 1024 up, where only the
   * security groups filter.
   *
   * @default true
   */
  readonly allowReturnTraffic?: boolean;
  /**
   * How many rules of one direction and family the account allows, the final deny included. AWS
   * raises it to 40 at most.
   *
   * @default 20
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   */
  readonly ruleQuota?: number;
}

/**
 * A network ACL that admits Cloudflare's edge to the listeners in whole subnets, and lets answers
 * out: a second filter, beside a security group and never in its place.
 *
 * The rules are there before a subnet is put behind them, and each has a number that comes from its
 * content: a change of ranges makes new rules before it removes old ones.
 *
 * @example
 * const acl = new OriginNetworkAcl(this, "Acl", {
 *   vpcId: "vpc-0123456789abcdef0",
 *   subnets: ["subnet-0123456789abcdef0"],
 *   listeners: [Listener.https()],
 * });
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
 */
export class OriginNetworkAcl extends Construct {
  /** The ACL's id. */
  readonly networkAclId: string;
  /** The ports it opens, ascending. */
  readonly listeners: readonly Listener[];
  /** Done once every rule is in place. */
  readonly ready: TerraformResource;
  /** What a record has to wait for: the rules, and the subnets behind them. */
  readonly dependencies: readonly TerraformResource[];

  private readonly provider: AwsResourceProps;

  /**
   * @throws ConfigurationError `missing-prop`, `invalid-id`, `invalid-provider`, `no-listener`,
   * `no-subnet`, `duplicate-subnet`, `acl-quota-exceeded`, `invalid-limit`, `token-for-literal`,
   * and those of {@link FirewallException}
   */
  constructor(scope: Construct, id: string, props: OriginNetworkAclProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["vpcId", "subnets", "listeners"], this);
    requireId("vpcId", "vpc", props.vpcId, this);
    this.provider = providerOf(props, this);
    this.listeners = distinctListeners(props.listeners, this);
    const subnets = this.subnetsOf(props.subnets);
    const content = {
      listeners: this.listeners,
      ranges: props.ranges ?? EdgeRanges.pinned(),
      exempts: exempt(props.exceptions ?? [], this),
      allowReturnTraffic: props.allowReturnTraffic ?? true,
    };
    requireAclQuota(content, props.ruleQuota ?? 20, this);
    const entries = planEntries(content);
    // Subnets are associated below: an ACL without rules lets nothing through.
    const acl = new NetworkAcl(this, "Resource", {
      vpcId: props.vpcId,
      lifecycle: { createBeforeDestroy: true },
      ...this.provider,
    });
    this.networkAclId = acl.id;
    const rules = entries.map((entry) => this.createRule(entry));
    this.ready = createReady(
      this,
      entries.map(({ id: fact }) => `${fact}\n`),
      rules,
    );
    const associations = subnets.map(([key, subnetId]) => this.createAssociation(key, subnetId));
    this.dependencies = [this.ready, ...associations];
  }

  private createRule({ id, number, config }: AclEntry): TerraformResource {
    return new NetworkAclRule(this, id, {
      ...config,
      networkAclId: this.networkAclId,
      ruleNumber: number,
      ruleAction: "allow",
      lifecycle: { createBeforeDestroy: true },
      ...this.provider,
    });
  }

  private createAssociation(key: string, subnetId: string): TerraformResource {
    return new NetworkAclAssociation(this, `Subnet-${key}`, {
      networkAclId: this.networkAclId,
      subnetId,
      dependsOn: [this.ready],
      ...this.provider,
    });
  }

  /** Each with a key that is its own, whatever is beside it. */
  private subnetsOf(subnets: readonly (Subnet | string)[]): readonly (readonly [string, string])[] {
    if (subnets.length === 0) {
      throw new ConfigurationError("no-subnet", "'subnets' is empty; give at least one", this);
    }
    const keyed = subnets.map((subnet) => {
      if (typeof subnet === "string") {
        requireLiteral("subnets", subnet, '"subnet-0123456789abcdef0", or the Subnet', this);
        return [requireId("subnets", "subnet", subnet, this), subnet] as const;
      }
      const home = TerraformStack.of(subnet);
      const isNear = home === TerraformStack.of(this);
      const path = isNear ? subnet.node.path.slice(home.node.path.length + 1) : subnet.node.path;
      return [path, subnet.id] as const;
    });
    const keys = keyed.map(([key]) => key);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined) {
      const message = `'subnets' has ${twice} twice; give each subnet once`;
      throw new ConfigurationError("duplicate-subnet", message, this);
    }
    return keyed;
  }
}
