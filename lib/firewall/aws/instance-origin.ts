import type { Eip } from "@cdktf/provider-aws/lib/eip";
import type { Instance } from "@cdktf/provider-aws/lib/instance";
import { ref, type TerraformResource, Token } from "cdktf";
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

/** Properties of {@link InstanceOrigin}. */
export interface InstanceOriginProps extends AwsOriginProps, AwsResourceProps, GroupQuotaProps {
  /** The machine. Its list of security groups must be a list, not a token. */
  readonly instance: Instance;
  /**
   * The address that the edge connects to, which outlives stops and replacements of the machine.
   * It is associated with the instance unless it, or an association in the app, does so.
   *
   * @default - none, which needs `ephemeralAddress: true` or `ipv4: false`
   */
  readonly elasticIp?: Eip;
  /**
   * Use the instance's own public address, which changes when it is stopped and started: until the
   * next apply visitors then see Error 521 or 522.
   *
   * @default false
   */
  readonly ephemeralAddress?: boolean;
  /**
   * Use an IPv4 address. False for an origin of IPv6 alone, which needs `ipv6: true`.
   *
   * @default true
   */
  readonly ipv4?: boolean;
  /**
   * Use the instance's first IPv6 address too, which it keeps for life. The instance must have one.
   *
   * @default false
   */
  readonly ipv6?: boolean;
}

/**
 * An EC2 instance as an origin: it puts the firewalls on the instance by itself, so that a record
 * can't point at a machine whose filter was forgotten.
 *
 * @example
 * const origin = new InstanceOrigin(this, "Origin", {
 *   instance: web,
 *   elasticIp,
 *   firewalls: [firewall],
 * });
 */
export class InstanceOrigin extends Construct implements IOrigin {
  /**
   * A machine that something else made: the groups are added to its network interface. What other
   * groups it has is unknown here, so that nobody else gets in can't be proved.
   *
   * @throws ConfigurationError `missing-prop`, `invalid-id`, `invalid-provider`, `no-firewall`,
   * `no-address`
   */
  static fromInstanceAttributes(
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
   * @throws ConfigurationError `missing-prop`, `invalid-provider`, `no-firewall`,
   * `no-lasting-address`, `two-addresses`, `no-address`, `many-instances`, `groups-not-a-list`,
   * `groups-elsewhere`, `invalid-limit`, `associated-elsewhere`, `two-elastic-ips`
   */
  constructor(scope: Construct, id: string, props: InstanceOriginProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["instance", "firewalls"], this);
    const { instance, elasticIp } = props;
    this.checkAddress(props);
    this.checkInstance(instance);
    requireFirewall(props, this);
    const holder = {
      resource: instance,
      prop: "instance",
      attribute: "vpcSecurityGroupIds",
      groups: instance.vpcSecurityGroupIdsInput,
      quota: props,
      replace: (groups: string[]) => {
        instance.vpcSecurityGroupIds = groups;
      },
    };
    attachGroups(holder, props.firewalls, this);
    this.firewalls = [...props.firewalls];
    const provider = providerOf(props, this, instance);
    const { id: instanceId } = instance;
    const association = {
      resource: instance,
      id: instanceId,
      attribute: "instanceId",
      provider,
    } as const;
    this.dependencies = [...dependenciesOf(props), ...associate(elasticIp, association, this)];
    this.addresses = this.addressesOf(props);
  }

  private addressesOf(props: InstanceOriginProps): OriginAddress[] {
    const { instance, elasticIp, ipv4 = true, ipv6 = false } = props;
    const addresses: OriginAddress[] = [];
    if (ipv4) {
      addresses.push({ type: "A", content: (elasticIp ?? instance).publicIp });
    }
    if (ipv6) {
      declareIpv6(instance);
      const first = `${instance.terraformResourceType}.${instance.friendlyUniqueId}.ipv6_addresses[0]`;
      addresses.push({ type: "AAAA", content: Token.asString(ref(first, instance.cdktfStack)) });
    }
    return addresses;
  }

  private checkAddress(props: InstanceOriginProps): void {
    const { elasticIp, ephemeralAddress = false, ipv4 = true, ipv6 = false } = props;
    if (!ipv4) {
      this.checkIpv6Only(props, ipv6);
    } else if (elasticIp === undefined && !ephemeralAddress) {
      throw new ConfigurationError(
        "no-lasting-address",
        "'elasticIp' is missing, and an instance's own public address changes when it is stopped " +
          "and started; give an Eip, or set 'ephemeralAddress' to true to accept that",
        this,
      );
    }
    if (elasticIp !== undefined && ephemeralAddress) {
      throw new ConfigurationError(
        "two-addresses",
        "'ephemeralAddress' is true beside 'elasticIp', which replaces the instance's own public " +
          "address; remove one of the two",
        this,
      );
    }
  }

  private checkIpv6Only({ elasticIp, ephemeralAddress }: InstanceOriginProps, ipv6: boolean): void {
    if (!ipv6) {
      const message = "'ipv4' is false, and 'ipv6' is not true; set one of the two to true";
      throw new ConfigurationError("no-address", message, this);
    }
    const prop = elasticIp !== undefined ? "elasticIp" : "ephemeralAddress";
    if (elasticIp !== undefined || ephemeralAddress === true) {
      throw new ConfigurationError(
        "two-addresses",
        `'ipv4' is false beside '${prop}', which is an IPv4 address; remove one of the two`,
        this,
      );
    }
  }

  private checkInstance(instance: Instance): void {
    requireSingle({ resource: instance, prop: "instance" }, this);
    const elsewhere = [
      ["securityGroups", instance.securityGroupsInput],
      ["networkInterface", instance.networkInterfaceInput],
      ["primaryNetworkInterface", instance.primaryNetworkInterfaceInput],
    ].find(([, value]) => value !== undefined)?.[0];
    if (elsewhere !== undefined) {
      throw new ConfigurationError(
        "groups-elsewhere",
        `'instance' has ${elsewhere}, beside which AWS takes no vpcSecurityGroupIds; ` +
          `remove ${elsewhere} from the instance, or use a NetworkInterfaceOrigin`,
        this,
      );
    }
  }
}
