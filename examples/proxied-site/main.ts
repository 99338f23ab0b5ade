import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { Ruleset } from "@cdktf/provider-cloudflare/lib/ruleset";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  CloudflarePlan,
  EdgeService,
  Listener,
  NotificationDestination,
  OriginlessRecord,
  ProxiedSite,
  requireProof,
  Zone,
} from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new AwsProvider(this, "Aws", { region: "eu-west-1" });

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
    const zone = new Zone(this, "Zone", {
      name: "example.com",
      accountId: "0123456789abcdef0123456789abcdef",
      plan: CloudflarePlan.PRO,
    });

    new ProxiedSite(this, "Site", {
      zone,
      names: ["www", "@"],
      origins: [origin],
      notify: [NotificationDestination.email("ops@example.com")],
    });
    new OriginlessRecord(this, "Go", { zone, name: "go", servedBy: EdgeService.REDIRECT });
    new Ruleset(this, "Redirects", {
      zoneId: zone.zoneId,
      name: "redirects",
      kind: "zone",
      phase: "http_request_dynamic_redirect",
      rules: [
        {
          action: "redirect",
          expression: 'http.host eq "go.example.com"',
          actionParameters: {
            fromValue: { statusCode: 302, targetUrl: { value: "https://www.example.com/" } },
          },
        },
      ],
    });
  }
}

const app = new App();
requireProof(new Shop(app, "shop"));
app.synth();
