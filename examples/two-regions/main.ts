import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type IOrigin, Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

const accountId = "0123456789abcdef0123456789abcdef";

/** What differs between regions. */
interface Site {
  readonly region: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly ami: string;
}

/** One region's machine, behind its own firewall. */
class Region extends TerraformStack {
  readonly origin: IOrigin;

  constructor(scope: Construct, id: string, { region, vpcId, subnetId, ami }: Site) {
    super(scope, id);
    new AwsProvider(this, "Aws", { region });

    const firewall = new OriginSecurityGroup(this, "Firewall", {
      vpcId,
      listeners: [Listener.https()],
    });
    this.origin = new InstanceOrigin(this, "Origin", {
      instance: new Instance(this, "Web", { ami, instanceType: "t3.micro", subnetId }),
      elasticIp: new Eip(this, "Address", { domain: "vpc" }),
      firewalls: [firewall],
    });
  }
}

/** One name with an address in each region: where one doesn't answer, the edge takes the other. */
class Names extends TerraformStack {
  constructor(scope: Construct, id: string, origins: readonly IOrigin[]) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");

    const zone = new Zone(this, "Zone", { name: "example.com", accountId, ssl: SslMode.STRICT });
    new ProxiedRecord(this, "Www", { zone, name: "www", origins });
  }
}

const app = new App();
const ireland = new Region(app, "ireland", {
  region: "eu-west-1",
  vpcId: "vpc-0123456789abcdef0",
  subnetId: "subnet-0123456789abcdef0",
  ami: "ami-0123456789abcdef0",
});
const oregon = new Region(app, "oregon", {
  region: "us-west-2",
  vpcId: "vpc-0123456789abcdef1",
  subnetId: "subnet-0123456789abcdef1",
  ami: "ami-0123456789abcdef1",
});
new Names(app, "names", [ireland.origin, oregon.origin]);
app.synth();
