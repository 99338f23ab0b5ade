import { Eip } from "@cdktf/provider-aws/lib/eip";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import { Listener, ProxiedRecord, Zone } from "originproof";
import {
  type FirewallException,
  InstanceOrigin,
  type IOriginSecurityGroup,
  OriginSecurityGroup,
} from "originproof/aws";
import { parseInput, reviewInputs } from "originproof/review";
import { readStackFile, type SynthesizedApp, synthApp } from "../../support/synth";
import { firewallIn, groupIn, instanceIn } from "./support";

/** Cloudflare's resolvers, which are no part of its edge; documentation addresses are nobody's. */
const TESTERS: FirewallException = {
  cidr: "1.1.1.0/24",
  ports: [443],
  reason: "load tests from the resolvers",
  expires: "2099-12-31",
};

function site(firewall: (stack: TerraformStack) => IOriginSecurityGroup): SynthesizedApp {
  return synthApp((app) => {
    const stack = new TerraformStack(app, "shop");
    new CloudflareProvider(stack, "Cloudflare");
    new AwsProvider(stack, "Aws", { region: "eu-west-1" });
    const instance = instanceIn(stack);
    instance.subnetId = "subnet-0123456789abcdef0";
    const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
    const firewalls = [firewall(stack)];
    const origin = new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls });
    const accountId = "0123456789abcdef0123456789abcdef";
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
    new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
  });
}

describe("the proof of security groups", () => {
  it("counts an exception as meant, and lists it", () => {
    const app = site((stack) => firewallIn(stack, { exceptions: [TESTERS] }));
    expect(app.error).toBeUndefined();
    expect(JSON.stringify(readStackFile(app, "shop", "originproof.json"))).toContain(
      TESTERS.reason,
    );
  });

  it("no longer counts it after its last day", () => {
    const exceptions = [{ ...TESTERS, expires: "2020-12-31" }];
    const app = site((stack) => firewallIn(stack, { exceptions }));
    expect(app.error?.message).toContain("exposure/open-to-others");
  });

  it("proves several groups together", () => {
    const listeners = [Listener.https(), Listener.https(8443)];
    const app = site((stack) => firewallIn(stack, { listeners, split: true }));
    expect(app).toMatchObject({ error: undefined, stderr: "" });
  });

  it("sees another rule of an adopted group, which is to be a lock", () => {
    const app = site((stack) => {
      const securityGroup = groupIn(stack);
      new VpcSecurityGroupIngressRule(stack, "Open", {
        securityGroupId: securityGroup.id,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
      });
      const listeners = [Listener.https()];
      return OriginSecurityGroup.adopt(stack, "Firewall", { securityGroup, listeners });
    });
    expect(app.error?.message).toContain("exposure/open-to-others");
  });

  it("can't prove that a group known by its id admits nobody else", () => {
    const app = site((stack) =>
      OriginSecurityGroup.fromSecurityGroupId(stack, "Firewall", {
        securityGroupId: "sg-0123456789abcdef0",
        listeners: [Listener.https()],
      }),
    );
    expect(app.error).toBeUndefined();
    const text = JSON.stringify(readStackFile(app, "shop", "cdk.tf.json"));
    const { paths } = reviewInputs([parseInput(text, "shop")]);
    expect(paths).toMatchObject([
      { availability: { verdict: "proved" }, exclusivity: { verdict: "undetermined" } },
    ]);
    expect(paths[0]?.exclusivity.reasons).toMatchObject([{ id: "aws/group-outside" }]);
  });
});
