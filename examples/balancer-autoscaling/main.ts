import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import {
  AutoScalingGroupOrigin,
  LoadBalancerOrigin,
  OriginSecurityGroup,
  TargetSecurityGroup,
} from "originproof/aws";

const accountId = "0123456789abcdef0123456789abcdef";
const vpcId = "vpc-0123456789abcdef0";
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const certificateArn =
  "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

/** Machines that come and go behind an application balancer, with both legs filtered. */
class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    new AwsProvider(this, "Aws", { region: "eu-west-1" });

    const loadBalancer = new Lb(this, "Balancer", { loadBalancerType: "application", subnets });
    const targetGroup = new LbTargetGroup(this, "Web", { port: 8080, protocol: "HTTP", vpcId });
    const https = new LbListener(this, "Https", {
      loadBalancerArn: loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
    const launchTemplate = new LaunchTemplate(this, "Machine", {
      imageId: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
    });
    const autoScalingGroup = new AutoscalingGroup(this, "Machines", {
      minSize: 2,
      maxSize: 6,
      vpcZoneIdentifier: subnets,
      launchTemplate: {
        id: launchTemplate.id,
        version: Token.asString(launchTemplate.latestVersion),
      },
    });

    const firewall = new OriginSecurityGroup(this, "Firewall", {
      vpcId,
      listeners: [Listener.https()],
    });
    const targets = new TargetSecurityGroup(this, "Targets", {
      vpcId,
      from: firewall,
      ports: [8080],
    });
    const balancer = new LoadBalancerOrigin(this, "Origin", {
      loadBalancer,
      listeners: [https],
      firewalls: [firewall],
      targets: [targets],
    });
    const origin = new AutoScalingGroupOrigin(this, "Fleet", {
      balancer,
      autoScalingGroup,
      launchTemplate,
      targetGroups: [targetGroup],
      targets,
    });

    const zone = new Zone(this, "Zone", { name: "example.com", accountId, ssl: SslMode.STRICT });
    new ProxiedRecord(this, "Www", { zone, name: "www", origins: [origin] });
  }
}

const app = new App();
new Shop(app, "shop");
app.synth();
