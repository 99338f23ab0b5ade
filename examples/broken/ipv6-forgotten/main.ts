import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CloudflarePlan, EdgeRanges, Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

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

    const firewall = new OriginSecurityGroup(this, "Firewall", {
      vpcId: "vpc-0123456789abcdef0",
      listeners: [Listener.https()],
      ranges: EdgeRanges.of(EdgeRanges.pinned().cidrs(4)),
    });
    const web = new Instance(this, "Web", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      subnetId: "subnet-0123456789abcdef0",
      ipv6AddressCount: 1,
    });
    const elasticIp = new Eip(this, "Address", { domain: "vpc" });
    const origin = new InstanceOrigin(this, "Origin", {
      instance: web,
      elasticIp,
      ipv6: true,
      firewalls: [firewall],
    });

    new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
  }
}

const app = new App();
new Shop(app, "shop");
app.synth();
