import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Listener, ProxiedRecord, requireProof, SslMode, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

/** The zone is made elsewhere; what is known of its settings is said, and is an assumption. */
class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new AwsProvider(this, "Aws", { region: "eu-west-1" });

    const zone = Zone.fromZoneAttributes(this, "Zone", {
      zoneId: "023e105f4ecef8ad9ca31a8372d0c353",
      zoneName: "example.com",
      accountId: "0123456789abcdef0123456789abcdef",
      ssl: SslMode.STRICT,
      alwaysUseHttps: true,
    });
    const instance = new Instance(this, "Web", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      subnetId: "subnet-0123456789abcdef0",
    });
    const elasticIp = new Eip(this, "Address", { domain: "vpc" });
    const firewall = new OriginSecurityGroup(this, "Firewall", {
      vpcId: "vpc-0123456789abcdef0",
      listeners: [Listener.https()],
    });
    const origin = new InstanceOrigin(this, "Origin", {
      instance,
      elasticIp,
      firewalls: [firewall],
    });
    new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
  }
}

const app = new App();
requireProof(app);
new Shop(app, "shop");
app.synth();
