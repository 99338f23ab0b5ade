import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CloudflarePlan, EdgeRanges, SslMode, Zone } from "originproof";

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
      ingress: [
        {
          protocol: "tcp",
          fromPort: 8081,
          toPort: 8081,
          cidrBlocks: [...EdgeRanges.pinned().cidrs(4)],
        },
      ],
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
