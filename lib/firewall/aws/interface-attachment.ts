import { NetworkInterfaceSgAttachment } from "@cdktf/provider-aws/lib/network-interface-sg-attachment";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { IOrigin, OriginAddress } from "../../origin/origin";
import { ConfigurationError } from "../../synth/configuration-error";
import { orderAfter } from "../../synth/dependencies";
import { requireProps } from "../../synth/required-props";
import { resolvedText } from "../../synth/resolved-text";
import type { IOriginFirewall } from "../firewall";
import { type AwsOriginProps, dependenciesOf, requireFirewall } from "./aws-origin";
import { type AwsResourceProps, providerOf } from "./aws-provider";
import { declareAws } from "./declare-aws";
import { requireId } from "./resource-id";

/** Properties of {@link InstanceOrigin.fromInstanceAttributes}. */
export interface InstanceAttributes extends AwsOriginProps, AwsResourceProps {
  /** The network interface that has the addresses, such as an instance's primary one. */
  readonly networkInterfaceId: string;
  /**
   * Its public IPv4 address, one that lasts.
   *
   * @default - none, which needs `ipv6Address`
   */
  readonly publicIp?: string;
  /**
   * Its IPv6 address.
   *
   * @default - none, which needs `publicIp`
   */
  readonly ipv6Address?: string;
}

/**
 * A network interface made elsewhere, with the firewalls' groups added one by one.
 *
 * @example
 * const origin = InstanceOrigin.fromInstanceAttributes(this, "Origin", {
 *   networkInterfaceId: "eni-0123456789abcdef0",
 *   publicIp: "198.51.100.7",
 *   firewalls: [firewall],
 * });
 */
export class InterfaceAttachment extends Construct implements IOrigin {
  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[];
  readonly dependencies: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: InstanceAttributes) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["networkInterfaceId", "firewalls"], this);
    requireId("networkInterfaceId", "eni", props.networkInterfaceId, this);
    requireFirewall(props, this);
    const provider = providerOf(props, this);
    this.addresses = this.addressesOf(props);
    this.firewalls = [...props.firewalls];
    const attachments = props.firewalls.flatMap(({ securityGroupIds, ready }) =>
      securityGroupIds.map((securityGroupId) => {
        const { networkInterfaceId } = props;
        const dependsOn = orderAfter(this, [ready]);
        const attachment = { networkInterfaceId, securityGroupId, dependsOn, ...provider };
        return new NetworkInterfaceSgAttachment(this, this.keyOf(securityGroupId), attachment);
      }),
    );
    this.dependencies = [...dependenciesOf(props), ...attachments];
  }

  /** From the group alone, whatever other groups there are. */
  private keyOf(securityGroupId: string): string {
    return resolvedText(this, securityGroupId)
      .replace(/[${}]|\.id\}/g, "")
      .replaceAll(".", "-");
  }

  private addressesOf({ publicIp, ipv6Address }: InstanceAttributes): OriginAddress[] {
    if (publicIp === undefined && ipv6Address === undefined) {
      throw new ConfigurationError(
        "no-address",
        "'publicIp' and 'ipv6Address' are missing; give one, or both",
        this,
      );
    }
    return [
      ...(publicIp === undefined ? [] : [{ type: "A", content: publicIp } as const]),
      ...(ipv6Address === undefined ? [] : [{ type: "AAAA", content: ipv6Address } as const]),
    ];
  }
}
