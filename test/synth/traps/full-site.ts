import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import {
  CloudflarePlan,
  Duration,
  EdgeService,
  FilteredElsewhere,
  HealthCheckRegion,
  NotificationDestination,
  NotificationWebhook,
  OriginlessRecord,
  ProxiedSite,
  Zone,
} from "originproof";

export const accountId = "0123456789abcdef0123456789abcdef";

/** What Terraform would take for a template, wherever a text may be given. */
export const TEMPLATE = "costs ${5} %{off}";

/** Every construct of Cloudflare's side with every prop that leaves a trace. */
export function fullSite(stack: TerraformStack): ProxiedSite {
  const plan = CloudflarePlan.ENTERPRISE;
  const zone = new Zone(stack, "Zone", {
    name: "example.com",
    accountId,
    plan,
    automaticSslMode: false,
    alwaysOnline: true,
    tlsClientAuth: true,
  });
  const secret = new TerraformVariable(stack, "secret", { type: "string" }).stringValue;
  const webhook = new NotificationWebhook(stack, "Webhook", {
    accountId,
    name: TEMPLATE,
    url: "https://alerts.example.net/x",
    secret,
  });
  new OriginlessRecord(stack, "Go", {
    zone,
    name: "go",
    servedBy: EdgeService.WORKER,
    comment: TEMPLATE,
  });
  const origins = [
    new FilteredElsewhere(stack, "A", { ipv4: "198.51.100.7", reason: TEMPLATE }),
    new FilteredElsewhere(stack, "B", { ipv6: "2001:db8::7", reason: "test" }),
  ];
  return new ProxiedSite(stack, "Site", {
    zone,
    names: ["www", "@"],
    origins,
    comment: TEMPLATE,
    tags: { cost: TEMPLATE },
    healthCheck: {
      path: "/${x}%{y}",
      expectedBody: TEMPLATE,
      interval: Duration.seconds(15),
      regions: [HealthCheckRegion.INDIA],
      suspended: true,
    },
    notify: [
      NotificationDestination.email("ops@example.com"),
      NotificationDestination.webhook(webhook),
      NotificationDestination.pagerDuty("f174e90a-fafe-4643-bbbc-4a0ed4fc8415"),
    ],
  });
}

/** Every value in some JSON, however deep. */
export function valuesIn(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(valuesIn)
    : [value];
}

/** A list that Terraform decides, as cdktf makes it: an array of one. */
export function listToken(): string[] {
  return Token.asList({ resolve: () => ["x"] } as never);
}
