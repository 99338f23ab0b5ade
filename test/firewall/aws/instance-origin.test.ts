import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance, type InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformCount, type TerraformStack, TerraformVariable } from "cdktf";
import { Listener, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin, type InstanceOriginProps, OriginSecurityGroup } from "originproof/aws";
import { errorOf, ofType, only, pick, synthStack } from "../../support/synth";
import golden from "./golden/instance-origin.json";

function firewallIn(stack: TerraformStack, id = "Firewall"): OriginSecurityGroup {
  const listeners = [Listener.https()];
  return new OriginSecurityGroup(stack, id, { vpcId: "vpc-0123456789abcdef0", listeners });
}

function instanceIn(stack: TerraformStack, config: Partial<InstanceConfig> = {}): Instance {
  const shared = { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" };
  return new Instance(stack, "Web", { ...shared, ...config });
}

function build(stack: TerraformStack, props: Partial<InstanceOriginProps> = {}): InstanceOrigin {
  return new InstanceOrigin(stack, "Origin", {
    instance: props.instance ?? instanceIn(stack),
    firewalls: [],
    ...props,
  });
}

function withEip(stack: TerraformStack, props: Partial<InstanceOriginProps> = {}): InstanceOrigin {
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  return build(stack, { firewalls: [firewallIn(stack)], elasticIp, ...props });
}

function recordFor(stack: TerraformStack, origin: InstanceOrigin): void {
  const accountId = "0123456789abcdef0123456789abcdef";
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
}

function recordsOf(origin: (stack: TerraformStack) => InstanceOrigin) {
  const resources = synthStack((stack) => recordFor(stack, origin(stack)));
  return ofType(resources, "cloudflare_dns_record").map(({ type, content }) => [type, content]);
}

function refusal(action: (stack: TerraformStack) => void) {
  return errorOf(() => synthStack(action));
}

describe("InstanceOrigin", () => {
  it("writes the golden file by default", () => {
    const resources = synthStack((stack) => {
      withEip(stack);
    });
    expect(pick(resources, "aws_instance", "aws_eip", "aws_eip_association")).toEqual(golden);
  });

  it("adds its groups to those of the instance, each once", () => {
    const resources = synthStack((stack) => {
      const own = new SecurityGroup(stack, "Ssh", {});
      const instance = instanceIn(stack, { vpcSecurityGroupIds: [own.id] });
      const firewall = firewallIn(stack);
      const firewalls = [firewall, firewallIn(stack, "Other")];
      build(stack, { instance, ephemeralAddress: true, firewalls });
      new InstanceOrigin(stack, "Again", {
        instance,
        ephemeralAddress: true,
        firewalls: [firewall],
      });
    });
    const { vpc_security_group_ids, depends_on } = only(resources, "aws_instance");
    expect(vpc_security_group_ids).toEqual([
      "${aws_security_group.Ssh.id}",
      "${aws_security_group.Firewall_E7948B04.id}",
      "${aws_security_group.Other_34654A52.id}",
    ]);
    expect(depends_on).toHaveLength(2);
  });

  it("writes a group once that the instance has already, and waits for its rules all the same", () => {
    const resources = synthStack((stack) => {
      const own = new SecurityGroup(stack, "Own", {});
      const instance = instanceIn(stack, { vpcSecurityGroupIds: [own.id] });
      const adopted = { securityGroup: own, listeners: [Listener.https()] };
      const firewall = OriginSecurityGroup.adopt(stack, "Firewall", adopted);
      build(stack, { instance, ephemeralAddress: true, firewalls: [firewall] });
    });
    const { vpc_security_group_ids, depends_on } = only(resources, "aws_instance");
    expect(vpc_security_group_ids).toEqual(["${aws_security_group.Own.id}"]);
    expect(depends_on).toHaveLength(1);
  });

  it("puts the instance behind a firewall only once that is ready", () => {
    const resources = synthStack((stack) => {
      withEip(stack);
    });
    const [ready] = Object.keys(pick(resources, "terraform_data"));
    expect(only(resources, "aws_instance").depends_on).toEqual([ready]);
  });

  it("puts the record after the gate and the association", () => {
    const resources = synthStack((stack) => recordFor(stack, withEip(stack)));
    const { content, depends_on } = only(resources, "cloudflare_dns_record");
    expect(content).toBe("${aws_eip.Address.public_ip}");
    expect(depends_on).toEqual(
      expect.arrayContaining(Object.keys(pick(resources, "terraform_data", "aws_eip_association"))),
    );
  });

  it.each([
    ["instance", { instance: "i-0123456789abcdef0" }],
    ["network interface", { networkInterface: "eni-0123456789abcdef0" }],
  ])("makes no association for an Eip that names its %s", (_, config) => {
    const resources = synthStack((stack) => {
      withEip(stack, { elasticIp: new Eip(stack, "Own", config) });
    });
    expect(pick(resources, "aws_eip_association")).toEqual({});
  });

  it("uses the instance's own address only where that is accepted", () => {
    expect(
      recordsOf((stack) =>
        build(stack, { ephemeralAddress: true, firewalls: [firewallIn(stack)] }),
      ),
    ).toEqual([["A", "${aws_instance.Web.public_ip}"]]);
  });

  it("gives the first IPv6 address too where asked", () => {
    expect(recordsOf((stack) => withEip(stack, { ipv6: true }))).toEqual([
      ["A", "${aws_eip.Address.public_ip}"],
      ["AAAA", "${aws_instance.Web.ipv6_addresses[0]}"],
    ]);
  });

  it("refuses to be without a firewall", () => {
    expect(refusal((stack) => withEip(stack, { firewalls: [] }))).toMatchObject({
      code: "no-firewall",
      message:
        "[shop/Origin] 'firewalls' is empty; " +
        "give at least one OriginSecurityGroup, which admits the edge",
    });
  });

  it("refuses an address that changes, unless that is accepted", () => {
    const error = refusal((stack) => build(stack, { firewalls: [firewallIn(stack)] }));
    expect(error).toMatchObject({
      code: "no-lasting-address",
      message:
        "[shop/Origin] 'elasticIp' is missing, and an instance's own public address changes when " +
        "it is stopped and started; give an Eip, or set 'ephemeralAddress' to true to accept that",
    });
  });

  it("refuses both kinds of address at once", () => {
    expect(refusal((stack) => withEip(stack, { ephemeralAddress: true }))).toMatchObject({
      code: "two-addresses",
      message:
        "[shop/Origin] 'ephemeralAddress' is true beside 'elasticIp', which replaces the " +
        "instance's own public address; remove one of the two",
    });
  });

  it("refuses a token as the instance's list of groups", () => {
    const error = refusal((stack) => {
      const groups = new TerraformVariable(stack, "groups", { type: "set(string)" }).listValue;
      withEip(stack, { instance: instanceIn(stack, { vpcSecurityGroupIds: groups }) });
    });
    expect(error).toMatchObject({
      code: "groups-not-a-list",
      message:
        "[shop/Origin] 'instance' has a token as vpcSecurityGroupIds, to which no group can be " +
        "added; give it a list, such as [group.id]",
    });
  });

  it.each<[string, Partial<InstanceConfig>]>([
    ["securityGroups", { securityGroups: ["default"] }],
    [
      "networkInterface",
      { networkInterface: [{ deviceIndex: 0, networkInterfaceId: "eni-0123456789abcdef0" }] },
    ],
    ["primaryNetworkInterface", { primaryNetworkInterface: { networkInterfaceId: "eni-01" } }],
  ])("refuses an instance with %s, whose groups are elsewhere", (prop, config) => {
    const error = refusal((stack) => withEip(stack, { instance: instanceIn(stack, config) }));
    expect(error).toMatchObject({
      code: "groups-elsewhere",
      message:
        `[shop/Origin] 'instance' has ${prop}, beside which AWS takes no vpcSecurityGroupIds; ` +
        `remove ${prop} from the instance, or use a NetworkInterfaceOrigin`,
    });
  });

  it("refuses a block that stands for several instances", () => {
    const error = refusal((stack) =>
      withEip(stack, { instance: instanceIn(stack, { count: TerraformCount.of(2) }) }),
    );
    expect(error).toMatchObject({
      code: "many-instances",
      message:
        "[shop/Origin] 'instance' has count or forEach, but an origin is one; " +
        "make one resource and one origin for each",
    });
  });
});
