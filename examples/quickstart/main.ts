import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  CloudflarePlan,
  HealthCheck,
  Listener,
  NotificationDestination,
  OriginAlerts,
  ProxiedRecord,
  SslMode,
  Zone,
} from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

const accountId = "0123456789abcdef0123456789abcdef";
const vpcId = "vpc-0123456789abcdef0";

class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new AwsProvider(this, "Aws", { region: "eu-west-1" });

    const web = new Instance(this, "Web", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      subnetId: "subnet-0123456789abcdef0",
    });
    const elasticIp = new Eip(this, "Address", { domain: "vpc" });

    const zone = new Zone(this, "Zone", {
      name: "example.com",
      accountId,
      plan: CloudflarePlan.PRO,
      ssl: SslMode.STRICT,
    });
    const firewall = new OriginSecurityGroup(this, "Firewall", {
      vpcId,
      listeners: [Listener.https()],
    });
    const origin = new InstanceOrigin(this, "Origin", {
      instance: web,
      elasticIp,
      firewalls: [firewall],
    });

    new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
    const check = new HealthCheck(this, "Check", {
      zone,
      origin,
      hostname: "www.example.com",
      path: "/healthz",
    });
    new OriginAlerts(this, "Alerts", {
      zone,
      healthChecks: [check],
      notify: [NotificationDestination.email("ops@example.com")],
    });
  }
}

const app = new App();
new Shop(app, "shop");
app.synth();
