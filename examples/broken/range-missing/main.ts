import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CloudflarePlan, SslMode, Zone } from "originproof";

/** Copied by hand, without the last line of the list: 131.0.72.0/22. */
const ranges = [
  "173.245.48.0/20",
  "103.21.244.0/22",
  "103.22.200.0/22",
  "103.31.4.0/22",
  "141.101.64.0/18",
  "108.162.192.0/18",
  "190.93.240.0/20",
  "188.114.96.0/20",
  "197.234.240.0/22",
  "198.41.128.0/17",
  "162.158.0.0/15",
  "104.16.0.0/13",
  "104.24.0.0/14",
  "172.64.0.0/13",
];

class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new AwsProvider(this, "Aws", { region: "eu-west-1" });

    const zone = new Zone(this, "Zone", {
      name: "example.com",
      accountId: "0123456789abcdef0123456789abcdef",
      plan: CloudflarePlan.PRO,
      ssl: SslMode.STRICT,
    });

    const group = new SecurityGroup(this, "Firewall", {
      vpcId: "vpc-0123456789abcdef0",
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ranges }],
    });
    const web = new Instance(this, "Web", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      subnetId: "subnet-0123456789abcdef0",
      vpcSecurityGroupIds: [group.id],
    });
    const elasticIp = new Eip(this, "Address", { domain: "vpc", instance: web.id });
    new DnsRecord(this, "Www", {
      zoneId: zone.zoneId,
      name: "www.example.com",
      type: "A",
      content: elasticIp.publicIp,
      proxied: true,
      ttl: 1,
    });
  }
}

const app = new App();
new Shop(app, "shop");
app.synth();
