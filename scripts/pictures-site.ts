// The site of the pictures: three hostnames on two machines. With BROKEN=1, somebody has taken a
// range out of one firewall by an override, and added a record to an address from nowhere.
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformResource, TerraformStack } from "cdktf";
import { CloudflarePlan, Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

const accountId = "0123456789abcdef0123456789abcdef";
const vpcId = "vpc-0123456789abcdef0";

const app = new App();
const stack = new TerraformStack(app, "shop");
new CloudflareProvider(stack, "Cloudflare");
new AwsProvider(stack, "Aws", { region: "eu-west-1" });
const zone = new Zone(stack, "Zone", {
  name: "example.com",
  accountId,
  plan: CloudflarePlan.PRO,
  ssl: SslMode.STRICT,
});

function originOf(name: string): InstanceOrigin {
  const instance = new Instance(stack, `${name}Machine`, {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.micro",
    subnetId: "subnet-0123456789abcdef0",
  });
  const elasticIp = new Eip(stack, `${name}Address`, { domain: "vpc" });
  const firewall = new OriginSecurityGroup(stack, `${name}Firewall`, {
    vpcId,
    listeners: [Listener.https()],
  });
  return new InstanceOrigin(stack, `${name}Origin`, {
    instance,
    elasticIp,
    firewalls: [firewall],
  });
}

const web = originOf("Web");
new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [web] });
new ProxiedRecord(stack, "Blog", { zone, name: "blog", origins: [web] });
new ProxiedRecord(stack, "Api", { zone, name: "api", origins: [originOf("Api")] });

if (process.env.BROKEN === "1") {
  const path = "shop/ApiFirewall/443-131-0-72-0-22";
  const rule = stack.node.findAll().find(({ node }) => node.path === path);
  if (!(rule instanceof TerraformResource)) {
    throw new Error(`${path} is no resource`);
  }
  rule.addOverride("cidr_ipv4", "131.0.72.0/23");
  new DnsRecord(stack, "Legacy", {
    zoneId: zone.zoneId,
    name: "legacy.example.com",
    type: "A",
    content: "198.51.100.7",
    proxied: true,
    ttl: 1,
  });
}

app.synth();
