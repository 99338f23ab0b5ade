import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import { EdgePrefixList, InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

const accountId = "0123456789abcdef0123456789abcdef";
const vpcId = "vpc-0123456789abcdef0";

/** The edge's ranges, kept once for all stacks of the region. */
class Network extends TerraformStack {
  readonly edge: EdgePrefixList;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "Aws", { region: "eu-west-1" });
    this.edge = new EdgePrefixList(this, "Edge");
  }
}

/** A site whose firewall names the lists of the network. */
class Site extends TerraformStack {
  constructor(scope: Construct, id: string, edge: EdgePrefixList, domain: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new AwsProvider(this, "Aws", { region: "eu-west-1" });

    const firewall = new OriginSecurityGroup(this, "Firewall", {
      vpcId,
      listeners: [Listener.https()],
      prefixList: edge,
    });
    const origin = new InstanceOrigin(this, "Origin", {
      instance: new Instance(this, "Web", {
        ami: "ami-0123456789abcdef0",
        instanceType: "t3.micro",
        subnetId: "subnet-0123456789abcdef0",
      }),
      elasticIp: new Eip(this, "Address", { domain: "vpc" }),
      firewalls: [firewall],
    });

    const zone = new Zone(this, "Zone", { name: domain, accountId, ssl: SslMode.STRICT });
    new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
  }
}

const app = new App();
const { edge } = new Network(app, "network");
new Site(app, "shop", edge, "example.com");
new Site(app, "blog", edge, "example.net");
app.synth();
