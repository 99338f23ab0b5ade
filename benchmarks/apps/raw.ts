import { readFileSync } from "node:fs";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { Zone } from "@cdktf/provider-cloudflare/lib/zone";
import { ZoneSetting } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { DataResource, type ITerraformDependable, type TerraformStack, Token } from "cdktf";
import { ACCOUNT, AMI, SUBNET, synthesize, VPC } from "./measured";

/** As an app without the library would have them; nothing of the library is loaded here. */
const RANGES: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] } = JSON.parse(
  readFileSync("lib/edge/ranges.pinned.json", "utf8"),
);

/** The resources that `proved.ts` makes, by the providers' own classes. */
function site(stack: TerraformStack, records: number): void {
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const { group, ready } = firewall(stack);
  const instance = new Instance(stack, "Web", {
    ami: AMI,
    instanceType: "t3.micro",
    subnetId: SUBNET,
    vpcSecurityGroupIds: [group.id],
    dependsOn: [ready],
  });
  const address = new Eip(stack, "Address", { domain: "vpc" });
  const association = new EipAssociation(stack, "Association", {
    allocationId: address.id,
    instanceId: instance.id,
  });
  const zone = new Zone(stack, "Zone", { name: "example.com", account: { id: ACCOUNT } });
  const dependsOn = [ready, association, ...settings(stack, zone)];
  for (let index = 0; index < records; index++) {
    new DnsRecord(stack, `R${index}`, {
      zoneId: zone.id,
      name: `r${index}.example.com`,
      type: "A",
      content: address.publicIp,
      ttl: 1,
      proxied: true,
      dependsOn,
    });
  }
}

function firewall(stack: TerraformStack): { group: SecurityGroup; ready: DataResource } {
  const lifecycle = { createBeforeDestroy: true };
  const group = new SecurityGroup(stack, "Firewall", { vpcId: VPC, lifecycle });
  const securityGroupId = group.id;
  const open = { securityGroupId, fromPort: 443, toPort: 443, ipProtocol: "tcp", lifecycle };
  const rules = [...RANGES.ipv4, ...RANGES.ipv6].map((cidr) => {
    const source = cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
    return new VpcSecurityGroupIngressRule(stack, `In-${cidr}`.replaceAll(/[:./]/g, "-"), {
      ...open,
      ...source,
    });
  });
  const out = { securityGroupId, ipProtocol: "-1", lifecycle };
  const replies = [
    new VpcSecurityGroupEgressRule(stack, "Out4", { ...out, cidrIpv4: "0.0.0.0/0" }),
    new VpcSecurityGroupEgressRule(stack, "Out6", { ...out, cidrIpv6: "::/0" }),
  ];
  return { group, ready: new DataResource(stack, "Ready", { dependsOn: [...rules, ...replies] }) };
}

function settings(stack: TerraformStack, zone: Zone): readonly ITerraformDependable[] {
  return Object.entries({ ssl: "strict", always_use_https: "on", min_tls_version: "1.2" }).map(
    ([settingId, value]) =>
      new ZoneSetting(stack, settingId, {
        zoneId: zone.id,
        settingId,
        // A dynamic attribute: the binding's mapper makes {} of anything but a token.
        value: Token.asAnyMap(value),
      }),
  );
}

synthesize(site);
