import type { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import type { Instance } from "@cdktf/provider-aws/lib/instance";
import { dependable, ref, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import type { IOrigin, OriginAddress } from "../../origin/origin";
import { ConfigurationError } from "../../synth/configuration-error";
import { declareConstruct } from "../../synth/declare-construct";
import { orderAfter } from "../../synth/dependencies";
import type { IOriginFirewall } from "../firewall";
import type { OriginSecurityGroup } from "./origin-security-group";

/** Properties of {@link InstanceOrigin}. */
export interface InstanceOriginProps {
  /** The machine. Its list of security groups must be a list, not a token. */
  readonly instance: Instance;
  /** Who filters it; the groups are added to the instance's own. At least one. */
  readonly firewalls: readonly OriginSecurityGroup[];
  /**
   * The address that the edge connects to, which outlives stops and replacements of the machine.
   * It is associated with the instance unless it says itself what it belongs to.
   *
   * @default - none, which needs `ephemeralAddress: true`
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
   * Use the instance's first IPv6 address too. The instance must have one.
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
  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[];
  readonly dependencies: readonly TerraformResource[];

  /**
   * @throws ConfigurationError `no-firewall`, `no-lasting-address`, `two-addresses`,
   * `many-instances`, `groups-not-a-list`, `groups-elsewhere`
   */
  constructor(scope: Construct, id: string, props: InstanceOriginProps) {
    super(scope, id);
    declareConstruct(this);
    this.checkAddress(props);
    this.checkInstance(props.instance);
    this.attach(props.instance, props.firewalls);
    this.firewalls = [...props.firewalls];
    this.dependencies = [
      ...props.firewalls.map(({ ready }) => ready),
      ...this.associate(props.instance, props.elasticIp),
    ];
    this.addresses = this.addressesOf(props);
  }

  private addressesOf({ instance, elasticIp, ipv6 = false }: InstanceOriginProps): OriginAddress[] {
    const ipv4 = (elasticIp ?? instance).publicIp;
    const addresses: OriginAddress[] = [{ type: "A", content: ipv4 }];
    if (ipv6) {
      const first = `${instance.terraformResourceType}.${instance.friendlyUniqueId}.ipv6_addresses[0]`;
      addresses.push({ type: "AAAA", content: Token.asString(ref(first, instance.cdktfStack)) });
    }
    return addresses;
  }

  private associate(instance: Instance, elasticIp: Eip | undefined): readonly TerraformResource[] {
    const isAssociated =
      elasticIp?.instanceInput !== undefined || elasticIp?.networkInterfaceInput !== undefined;
    if (elasticIp === undefined || isAssociated) {
      return [];
    }
    return [
      new EipAssociation(this, "Association", {
        allocationId: elasticIp.id,
        instanceId: instance.id,
      }),
    ];
  }

  private attach(instance: Instance, firewalls: readonly OriginSecurityGroup[]): void {
    if (firewalls.length === 0) {
      throw new ConfigurationError(
        "no-firewall",
        "'firewalls' is empty; give at least one OriginSecurityGroup, which admits the edge",
        this,
      );
    }
    const groups = instance.vpcSecurityGroupIdsInput ?? [];
    // A list token is an array of one encoded string, which nothing can be added to.
    if (Token.isUnresolved(groups)) {
      throw new ConfigurationError(
        "groups-not-a-list",
        `'instance' has a token as vpcSecurityGroupIds, to which no group can be added; ` +
          "give the instance a list, such as [group.id]",
        this,
      );
    }
    const added = firewalls.filter(({ securityGroupId }) => !groups.includes(securityGroupId));
    instance.vpcSecurityGroupIds = [...groups, ...added.map((one) => one.securityGroupId)];
    // An instance that moves to another group must find its rules there before it leaves the old.
    const ready = orderAfter(
      instance,
      added.map((one) => one.ready),
    );
    instance.dependsOn = [...(instance.dependsOn ?? []), ...ready.map(dependable)];
  }

  private checkAddress({ elasticIp, ephemeralAddress = false }: InstanceOriginProps): void {
    if (elasticIp === undefined && !ephemeralAddress) {
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

  private checkInstance(instance: Instance): void {
    if (instance.count !== undefined || instance.forEach !== undefined) {
      throw new ConfigurationError(
        "many-instances",
        "'instance' has count or forEach, but an origin is one machine; " +
          "make one Instance and one InstanceOrigin for each",
        this,
      );
    }
    const elsewhere = [
      ["securityGroups", instance.securityGroupsInput],
      ["networkInterface", instance.networkInterfaceInput],
      ["primaryNetworkInterface", instance.primaryNetworkInterfaceInput],
    ].find(([, value]) => value !== undefined)?.[0];
    if (elsewhere !== undefined) {
      throw new ConfigurationError(
        "groups-elsewhere",
        `'instance' has ${elsewhere}, beside which AWS takes no vpcSecurityGroupIds; ` +
          `remove ${elsewhere} from the instance`,
        this,
      );
    }
  }
}
