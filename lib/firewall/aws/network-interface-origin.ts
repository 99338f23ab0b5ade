import type { Eip } from "@cdktf/provider-aws/lib/eip";
import type { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Fn, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import type { IOrigin, OriginAddress } from "../../origin/origin";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireProps } from "../../synth/required-props";
import type { IOriginFirewall } from "../firewall";
import { attachGroups, type GroupQuotaProps, requireSingle } from "./attach-groups";
import { type AwsOriginProps, dependenciesOf, requireFirewall } from "./aws-origin";
import { type AwsResourceProps, providerOf } from "./aws-provider";
import { declareIpv6 } from "./conflicts/owner";
import { declareAws } from "./declare-aws";
import { associate } from "./elastic-ip";
import { type InstanceAttributes, InterfaceAttachment } from "./interface-attachment";

/** Properties of {@link NetworkInterfaceOrigin}. */
export interface NetworkInterfaceOriginProps
  extends AwsOriginProps,
    AwsResourceProps,
    GroupQuotaProps {
  /** The interface. Its list of security groups must be a list, not a token. */
  readonly networkInterface: NetworkInterface;
  /**
   * The IPv4 address that the edge connects to. It is associated with the interface unless it, or
   * an association in the app, does so.
   *
   * @default - none, which needs `ipv6: true`
   */
  readonly elasticIp?: Eip;
  /**
   * Use the interface's first IPv6 address. The interface must have one.
   *
   * @default false
   */
  readonly ipv6?: boolean;
}

/**
 * A network interface as an origin, such as one that outlives the machines it is attached to. It
 * puts the firewalls on the interface by itself.
 *
 * @example
 * const origin = new NetworkInterfaceOrigin(this, "Origin", {
 *   networkInterface,
 *   elasticIp,
 *   firewalls: [firewall],
 * });
 */
export class NetworkInterfaceOrigin extends Construct implements IOrigin {
  /**
   * An interface that something else made: the groups are added to it one by one. What other
   * groups it has is unknown here, so that nobody else gets in can't be proved.
   *
   * @throws ConfigurationError `missing-prop`, `invalid-id`, `invalid-provider`, `no-firewall`,
   * `no-address`
   */
  static fromNetworkInterfaceAttributes(
    scope: Construct,
    id: string,
    attributes: InstanceAttributes,
  ): IOrigin {
    return new InterfaceAttachment(scope, id, attributes);
  }

  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[];
  readonly dependencies: readonly TerraformResource[];

  /**
   * @throws ConfigurationError `missing-prop`, `invalid-provider`, `no-firewall`, `no-address`,
   * `many-instances`, `groups-not-a-list`, `invalid-limit`, `associated-elsewhere`, `two-elastic-ips`
   */
  constructor(scope: Construct, id: string, props: NetworkInterfaceOriginProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["networkInterface", "firewalls"], this);
    const { networkInterface, elasticIp } = props;
    requireSingle({ resource: networkInterface, prop: "networkInterface" }, this);
    requireFirewall(props, this);
    this.addresses = this.addressesOf(props);
    const holder = {
      resource: networkInterface,
      prop: "networkInterface",
      attribute: "securityGroups",
      groups: networkInterface.securityGroupsInput,
      quota: props,
      replace: (groups: string[]) => {
        networkInterface.securityGroups = groups;
      },
    };
    attachGroups(holder, props.firewalls, this);
    this.firewalls = [...props.firewalls];
    const association = {
      resource: networkInterface,
      id: networkInterface.id,
      attribute: "networkInterfaceId",
      provider: providerOf(props, this, networkInterface),
    } as const;
    this.dependencies = [...dependenciesOf(props), ...associate(elasticIp, association, this)];
  }

  private addressesOf(props: NetworkInterfaceOriginProps): OriginAddress[] {
    const { networkInterface, elasticIp, ipv6 = false } = props;
    if (elasticIp === undefined && !ipv6) {
      throw new ConfigurationError(
        "no-address",
        "'elasticIp' is missing, and 'ipv6' is not true; give an Eip, or set 'ipv6' to true",
        this,
      );
    }
    const addresses: OriginAddress[] = [];
    if (elasticIp !== undefined) {
      addresses.push({ type: "A", content: elasticIp.publicIp });
    }
    if (ipv6) {
      declareIpv6(networkInterface);
      // A set, which has no index.
      const first = Fn.element(Fn.tolist(networkInterface.ipv6Addresses), 0);
      addresses.push({ type: "AAAA", content: Token.asString(first) });
    }
    return addresses;
  }
}
