import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type IOrigin, type IZone, Listener, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

/** The zone and its settings, which all teams share. */
class Domain extends TerraformStack {
  readonly zone: IZone;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    const accountId = "0123456789abcdef0123456789abcdef";
    this.zone = new Zone(this, "Zone", { name: "example.com", accountId });
  }
}

/** One team's machine, behind its firewall. */
class Shop extends TerraformStack {
  readonly origin: IOrigin;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "Aws", { region: "eu-west-1" });
    const firewall = new OriginSecurityGroup(this, "Firewall", {
      vpcId: "vpc-0123456789abcdef0",
      listeners: [Listener.https()],
    });
    this.origin = new InstanceOrigin(this, "Origin", {
      instance: new Instance(this, "Web", {
        ami: "ami-0123456789abcdef0",
        instanceType: "t3.micro",
        subnetId: "subnet-0123456789abcdef0",
      }),
      elasticIp: new Eip(this, "Address", { domain: "vpc" }),
      firewalls: [firewall],
    });
  }
}

/** The names: Terraform deploys this stack after the two others, and destroys it before them. */
class Names extends TerraformStack {
  constructor(scope: Construct, id: string, zone: IZone, origin: IOrigin) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
  }
}

const app = new App();
const { zone } = new Domain(app, "domain");
const { origin } = new Shop(app, "shop");
new Names(app, "names", zone, origin);
app.synth();
