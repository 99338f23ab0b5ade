import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";

/** A site that was there before: its zone is kept elsewhere, its group is plain Terraform. */
class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new AwsProvider(this, "Aws", { region: "eu-west-1" });

    // A group made by hand gets `existing.importFrom("sg-…")` for the first apply.
    const existing = new SecurityGroup(this, "Existing", {
      name: "web",
      description: "Web servers",
      vpcId: "vpc-0123456789abcdef0",
    });
    new VpcSecurityGroupEgressRule(this, "Out", {
      securityGroupId: existing.id,
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });
    const instance = new Instance(this, "Web", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      subnetId: "subnet-0123456789abcdef0",
      vpcSecurityGroupIds: [existing.id],
    });
    const elasticIp = new Eip(this, "Address", { domain: "vpc", instance: instance.id });

    const firewall = OriginSecurityGroup.adopt(this, "Firewall", {
      securityGroup: existing,
      listeners: [Listener.https()],
      exceptions: [
        {
          cidr: "192.0.2.7/32",
          ports: [22],
          reason: "administration from the office",
        },
      ],
    });
    const origin = new InstanceOrigin(this, "Origin", {
      instance,
      elasticIp,
      firewalls: [firewall],
    });

    const zone = Zone.fromZoneAttributes(this, "Zone", {
      zoneId: "0123456789abcdef0123456789abcde0",
      accountId: "0123456789abcdef0123456789abcdef",
      zoneName: "example.com",
      ssl: SslMode.STRICT,
      alwaysUseHttps: true,
    });
    new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
  }
}

const app = new App();
new Shop(app, "shop");
app.synth();
