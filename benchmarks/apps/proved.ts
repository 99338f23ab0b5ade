import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import type { TerraformStack } from "cdktf";
import { CloudflarePlan, Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import { ACCOUNT, AMI, SUBNET, synthesize, VPC } from "./measured";

/** One origin behind its firewall, and records that lead to it. */
function site(stack: TerraformStack, records: number): void {
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const instance = new Instance(stack, "Web", {
    ami: AMI,
    instanceType: "t3.micro",
    subnetId: SUBNET,
  });
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  const zone = new Zone(stack, "Zone", {
    name: "example.com",
    accountId: ACCOUNT,
    plan: CloudflarePlan.PRO,
    ssl: SslMode.STRICT,
  });
  const firewall = new OriginSecurityGroup(stack, "Firewall", {
    vpcId: VPC,
    listeners: [Listener.https()],
  });
  const origin = new InstanceOrigin(stack, "Origin", {
    instance,
    elasticIp,
    firewalls: [firewall],
  });
  for (let index = 0; index < records; index++) {
    new ProxiedRecord(stack, `R${index}`, { zone, name: `r${index}`, origins: [origin] });
  }
}

synthesize(site);
