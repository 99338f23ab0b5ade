import { join } from "node:path";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  CloudflarePlan,
  Duration,
  ErrorRateSlo,
  FilteredElsewhere,
  type FilteredElsewhereProps,
  HealthCheck,
  HealthCheckMethod,
  type HealthCheckProps,
  HealthCheckRegion,
  HealthCheckType,
  HealthStatus,
  NotificationDestination,
  NotificationWebhook,
  type NotificationWebhookProps,
  OriginAlerts,
  type OriginAlertsProps,
  Zone,
} from "originproof";
import { weakeningsOf } from "../../lib/synth/weakening";
import { schemaProblems } from "../support/cloudflare-schema";
import { expectGolden } from "../support/golden-json";

const accountId = "0123456789abcdef0123456789abcdef";

/** Every prop, by type: a new one does not compile until it is here. */
type All<T> = Required<T>;

interface Given {
  readonly stack: TerraformStack;
  readonly zone: Zone;
  readonly origin: FilteredElsewhere;
  readonly provider: CloudflareProvider;
}

function given(): Given {
  const stack = new TerraformStack(Testing.app(), "shop");
  const provider = new CloudflareProvider(stack, "Partner", { alias: "partner" });
  const plan = CloudflarePlan.ENTERPRISE;
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
  const [ipv4, ipv6] = ["198.51.100.7", "2001:db8::7"];
  return { stack, zone, provider, origin: originIn(stack, "Origin", { ipv4, ipv6 }) };
}

function originIn(stack: TerraformStack, id: string, to: Partial<FilteredElsewhereProps>) {
  return new FilteredElsewhere(stack, id, { reason: "the data centre's firewall", ...to });
}

/** The blocks of a construct, each of which must use the provider that was given. */
function check({ stack }: Given, golden: string, ...types: readonly string[]): void {
  const { resource } = JSON.parse(Testing.synth(stack));
  const shown = Object.fromEntries(types.map((type) => [type, resource[type]]));
  expect(schemaProblems({ resource: shown })).toEqual([]);
  for (const [type, blocks] of Object.entries(shown)) {
    for (const block of Object.values(blocks as Record<string, Record<string, unknown>>)) {
      expect(block.provider).toBe(
        type.startsWith("cloudflare_") ? "cloudflare.partner" : undefined,
      );
      delete block["//"];
    }
  }
  expectGolden(join(__dirname, `golden/${golden}-all.json`), shown);
}

function checkProps({
  zone,
  origin,
  provider,
}: Given): Omit<All<HealthCheckProps>, "type" | "port" | "allowInsecure" | "expectedBody"> {
  return {
    zone,
    origin,
    provider,
    hostname: "www.example.com",
    method: HealthCheckMethod.GET,
    headers: { "X-Check": ["yes"] },
    path: "/healthz",
    expectedCodes: ["200", "3xx"],
    followRedirects: true,
    regions: [HealthCheckRegion.OCEANIA, HealthCheckRegion.INDIA],
    suspended: true,
    interval: Duration.minutes(2),
    timeout: Duration.seconds(9),
    retries: 0,
    consecutiveFails: 3,
    consecutiveSuccesses: 4,
    ipv6: true,
    name: "shop_web",
    description: "costs ${5}",
  };
}

test("HealthCheck with HTTPS and every prop", () => {
  const all = given();
  const props: All<HealthCheckProps> = {
    ...checkProps(all),
    type: HealthCheckType.HTTPS,
    port: 8443,
    allowInsecure: true,
    expectedBody: "ok",
  };
  expect(new HealthCheck(all.stack, "Check", props).zone).toBe(all.zone);
  check(all, "health-check", "cloudflare_healthcheck");
});

test("HealthCheck with HTTP and every prop it may have", () => {
  const all = given();
  const more = { method: HealthCheckMethod.HEAD, port: 8080 };
  new HealthCheck(all.stack, "Check", { ...checkProps(all), type: HealthCheckType.HTTP, ...more });
  check(all, "health-check-http", "cloudflare_healthcheck");
});

test("HealthCheck with TCP and every prop it may have", () => {
  const all = given();
  const { method: _, headers: __, path: ___, ...rest } = checkProps(all);
  const { expectedCodes: ____, followRedirects: _____, ...props } = rest;
  new HealthCheck(all.stack, "Check", { ...props, type: HealthCheckType.TCP, port: 8443 });
  check(all, "health-check-tcp", "cloudflare_healthcheck");
});

test("OriginAlerts with every prop", () => {
  const all = given();
  const { stack, zone, origin, provider } = all;
  const hostname = "www.example.com";
  const healthChecks = ["One", "Two"].map(
    (id) => new HealthCheck(stack, id, { zone, origin, hostname }),
  );
  const props: All<OriginAlertsProps> = {
    zone,
    provider,
    healthChecks,
    healthStatuses: [HealthStatus.UNHEALTHY],
    passiveMonitoring: true,
    accountPlan: CloudflarePlan.ENTERPRISE,
    slo: ErrorRateSlo.PERCENT_99_7,
    notify: [
      NotificationDestination.email("ops@example.com"),
      NotificationDestination.pagerDuty("f174e90a-fafe-4643-bbbc-4a0ed4fc8415"),
      NotificationDestination.webhook("b115d5ec-15c6-41ee-8b76-92c449b5227b"),
    ],
  };
  new OriginAlerts(stack, "Alerts", props);
  check(all, "origin-alerts", "cloudflare_notification_policy");
});

test("NotificationWebhook with every prop", () => {
  const all = given();
  const variable = new TerraformVariable(all.stack, "secret", { type: "string", sensitive: true });
  const props: All<NotificationWebhookProps> = {
    accountId,
    name: "on call",
    url: "https://alerts.example.net/cloudflare",
    secret: variable.stringValue,
    provider: all.provider,
  };
  new NotificationWebhook(all.stack, "Webhook", props);
  check(all, "notification-webhook", "cloudflare_notification_policy_webhooks", "terraform_data");
});

test("FilteredElsewhere with every prop: what it is to a record, and what it declares", () => {
  const { stack } = given();
  const expires = "2027-01-31";
  const addresses: Omit<All<FilteredElsewhereProps>, "hostname"> = {
    reason: "the data centre's firewall, ticket NET-512",
    ipv4: "198.51.100.7",
    ipv6: "2001:db8::7",
    expires,
  };
  const origins = [
    originIn(stack, "Addresses", addresses),
    originIn(stack, "Name", { hostname: "lb.example.net", expires }),
  ];
  const shown = origins.map((origin) => ({
    path: origin.node.path,
    addresses: origin.addresses,
    firewalls: origin.firewalls,
    dependencies: origin.dependencies,
    declared: weakeningsOf(origin).map(({ source: _, ...rest }) => rest),
  }));
  expectGolden(join(__dirname, "golden/filtered-elsewhere.json"), shown);
});
