import { join } from "node:path";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import {
  CloudflarePlan,
  EdgeService,
  HealthCheckRegion,
  HealthCheckType,
  NotificationDestination,
  OriginlessRecord,
  type OriginlessRecordProps,
  ProxiedRecord,
  type ProxiedRecordProps,
  ProxiedSite,
  type ProxiedSiteProps,
  SslMode,
  TlsVersion,
  Zone,
  type ZoneAttributes,
  type ZoneById,
  type ZoneByName,
  type ZoneProps,
} from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { schemaProblems } from "../support/cloudflare-schema";
import { expectGolden } from "../support/golden-json";

const accountId = "0123456789abcdef0123456789abcdef";
const zoneId = "023e105f4ecef8ad9ca31a8372d0c353";

/** Every prop, by type: a new one does not compile until it is here. */
type All<T> = Required<T>;

interface Given {
  readonly stack: TerraformStack;
  readonly provider: CloudflareProvider;
}

function given(): Given {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  return { stack, provider: new CloudflareProvider(stack, "Partner", { alias: "partner" }) };
}

/** What the stack is synthesized to, without Terraform's own settings and the providers. */
function check({ stack }: Given, name: string): void {
  const { resource, data } = JSON.parse(Testing.synth(stack));
  const json = JSON.parse(JSON.stringify({ resource, data }));
  expect(schemaProblems(json)).toEqual([]);
  for (const blocks of Object.values({ ...json.resource, ...json.data })) {
    for (const block of Object.values(blocks as object)) {
      expect(block).toMatchObject({ provider: "cloudflare.partner" });
      delete block["//"];
    }
  }
  expectGolden(join(__dirname, `golden/${name}-all.json`), json);
}

function zoneIn({ stack, provider }: Given): Zone {
  const plan = CloudflarePlan.ENTERPRISE;
  return new Zone(stack, "Zone", { name: "example.com", accountId, plan, provider });
}

const notes = { comment: "the shop", tags: { owner: "shop", stage: "live" } };

test("Zone with every prop", () => {
  const all = given();
  const props: All<ZoneProps> = {
    name: "example.com",
    accountId,
    plan: CloudflarePlan.ENTERPRISE,
    maxHealthChecks: 2000,
    ssl: SslMode.ORIGIN_PULL,
    alwaysUseHttps: false,
    minTlsVersion: TlsVersion.TLS_1_3,
    automaticSslMode: false,
    alwaysOnline: true,
    tlsClientAuth: true,
    otherSettings: { browser_cache_ttl: 14400 },
    provider: all.provider,
  };
  expect(new Zone(all.stack, "Zone", props).maxHealthChecks).toBe(2000);
  check(all, "zone");
});

test("imports of a zone with every prop", () => {
  const all = given();
  const known = {
    zoneName: "example.com",
    plan: CloudflarePlan.PRO,
    maxHealthChecks: 3,
    ssl: SslMode.FULL,
    alwaysUseHttps: false,
    provider: all.provider,
  };
  const byId: All<ZoneById> = { ...known, zoneId };
  const byName: All<ZoneByName> = { ...known, accountId };
  const byAttributes: All<ZoneAttributes> = { ...known, zoneId, accountId };
  const zones = [
    Zone.fromZoneId(all.stack, "ById", byId),
    Zone.fromZoneName(all.stack, "ByName", byName),
    Zone.fromZoneAttributes(all.stack, "Given", byAttributes),
  ];
  for (const zone of zones) {
    expect(zone).toMatchObject(known);
    expect(zone.settings).toEqual([]);
  }
  check(all, "imported-zone");
});

test("ProxiedRecord with every prop", () => {
  const all = given();
  const props: All<ProxiedRecordProps> = {
    zone: zoneIn(all),
    name: "www",
    origins: [new LiteralOrigin(all.stack, "Origin", "198.51.100.7", "2001:db8::7")],
    visitorPorts: [443, 8443],
    provider: all.provider,
    ...notes,
  };
  new ProxiedRecord(all.stack, "Www", props);
  check(all, "proxied-record");
});

test("OriginlessRecord with every prop", () => {
  const all = given();
  const props: All<OriginlessRecordProps> = {
    zone: zoneIn(all),
    name: "go",
    servedBy: EdgeService.WORKER,
    provider: all.provider,
    ...notes,
  };
  new OriginlessRecord(all.stack, "Go", props);
  check(all, "originless-record");
});

test("ProxiedSite with every prop", () => {
  const all = given();
  const props: All<ProxiedSiteProps> = {
    zone: zoneIn(all),
    names: ["www", "@"],
    origins: [new LiteralOrigin(all.stack, "Origin", "198.51.100.7")],
    notify: [NotificationDestination.email("ops@example.com")],
    visitorPorts: [443],
    healthCheck: {
      type: HealthCheckType.HTTPS,
      port: 8443,
      path: "/healthz",
      regions: [HealthCheckRegion.ALL],
    },
    provider: all.provider,
    ...notes,
  };
  new ProxiedSite(all.stack, "Site", props);
  check(all, "proxied-site");
});
