import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import {
  CloudflarePlan,
  FilteredElsewhere,
  NotificationDestination,
  NotificationWebhook,
  ProxiedSite,
  Zone,
} from "originproof";

/** A data centre whose firewall is another team's: the report lists it until somebody looks. */
class Legacy extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudflareProvider(this, "Cloudflare");
    const zone = new Zone(this, "Zone", {
      name: "example.com",
      accountId: "0123456789abcdef0123456789abcdef",
      plan: CloudflarePlan.PRO,
    });
    const origin = new FilteredElsewhere(this, "DataCentre", {
      ipv4: "198.51.100.7",
      ipv6: "2001:db8::7",
      reason: "the data centre's firewall, ticket NET-512",
    });
    const secret = new TerraformVariable(this, "webhook_secret", {
      type: "string",
      sensitive: true,
      default: "not-a-secret",
    });
    const webhook = new NotificationWebhook(this, "Webhook", {
      accountId: zone.accountId,
      name: "on call",
      url: "https://alerts.example.net/cloudflare",
      secret: secret.stringValue,
    });
    new ProxiedSite(this, "Site", {
      zone,
      names: ["legacy"],
      origins: [origin],
      notify: [NotificationDestination.webhook(webhook)],
    });
  }
}

const app = new App();
new Legacy(app, "legacy");
app.synth();
