import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import {
  CloudflarePlan,
  HealthCheckType,
  Listener,
  NotificationDestination,
  ProxiedSite,
  type ProxiedSiteProps,
  SslMode,
  Zone,
  type ZoneProps,
} from "originproof";
import { OriginSecurityGroup } from "originproof/aws";
import { LiteralOrigin } from "../origin/literal-origin";
import { errorOf, ofType, only, synthStack } from "../support/synth";
import golden from "./golden/proxied-site.json";

const accountId = "0123456789abcdef0123456789abcdef";
const notify = [NotificationDestination.email("ops@example.com")];

function build(
  stack: TerraformStack,
  props: Partial<ProxiedSiteProps> = {},
  zoneProps: Partial<ZoneProps> = {},
): ProxiedSite {
  const plan = CloudflarePlan.PRO;
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan, ...zoneProps });
  const origins = props.origins ?? [new LiteralOrigin(stack, "Origin", "198.51.100.7")];
  return new ProxiedSite(stack, "Site", { zone, names: ["www", "@"], notify, ...props, origins });
}

function synth(...given: [Partial<ProxiedSiteProps>?, Partial<ZoneProps>?]) {
  return synthStack((stack) => {
    build(stack, ...given);
  });
}

describe("ProxiedSite", () => {
  it("writes the golden file", () => {
    expect(synth()).toEqual(golden);
  });

  it("takes under ten lines in the example", () => {
    const example = readFileSync(join(__dirname, "../../examples/proxied-site/main.ts"), "utf8");
    const [statement = ""] = /^ *new ProxiedSite\(.*?^ *\}\);$/ms.exec(example) ?? [];
    expect(statement.split("\n").length).toBeGreaterThan(1);
    expect(statement.split("\n").length).toBeLessThan(10);
  });

  it("is reached part by part", () => {
    synthStack((stack) => {
      const origin = new LiteralOrigin(stack, "Web", "198.51.100.7");
      const vpcId = "vpc-0123456789abcdef0";
      const listeners = [Listener.https()];
      const firewall = new OriginSecurityGroup(stack, "Firewall", { vpcId, listeners });
      const site = build(stack, { origins: [Object.assign(origin, { firewalls: [firewall] })] });
      expect(site.record.hostname).toBe("www.example.com");
      expect(site.records.map(({ hostname }) => hostname)).toEqual([
        "www.example.com",
        "example.com",
      ]);
      expect(site.healthCheck).toBe(site.healthChecks[0]);
      expect(site.healthCheck?.probesPerMinute).toBe(3);
      expect(site.alerts?.node.path).toBe("shop/Site/Alerts");
      expect(site.zone.zoneName).toBe("example.com");
      expect([site.origins, site.firewalls]).toEqual([[origin], [firewall]]);
      expect([site.origin, site.firewall]).toEqual([origin, firewall]);
    });
  });

  it("has no checks where the plan has none, and no alerts where nobody is told", () => {
    const free = synth({}, { plan: CloudflarePlan.FREE });
    expect(ofType(free, "cloudflare_healthcheck")).toEqual([]);
    expect(ofType(free, "cloudflare_notification_policy")).toHaveLength(1);
    const silent = synth({ notify: [], healthCheck: false });
    expect(ofType(silent, "cloudflare_healthcheck")).toEqual([]);
    expect(ofType(silent, "cloudflare_notification_policy")).toEqual([]);
  });

  it("checks with HTTP where the zone speaks it to origins, or as told", () => {
    const plain = synth({}, { ssl: SslMode.FLEXIBLE });
    expect(only(plain, "cloudflare_healthcheck")).toMatchObject({
      type: "HTTP",
      http_config: { port: 80 },
    });
    const told = synth({ healthCheck: { type: HealthCheckType.HTTPS, port: 8443, path: "/up" } });
    expect(only(told, "cloudflare_healthcheck")).toMatchObject({
      type: "HTTPS",
      http_config: { port: 8443, path: "/up", header: { Host: ["www.example.com"] } },
    });
  });

  it("asks for www where its first name is a wildcard", () => {
    const check = only(synth({ names: ["*"] }), "cloudflare_healthcheck");
    expect(check.http_config).toMatchObject({ header: { Host: ["www.example.com"] } });
  });

  it("hands comment, tags and visitor ports to every record", () => {
    const records = ofType(
      synth({ comment: "shop", tags: { owner: "web" }, visitorPorts: [443] }),
      "cloudflare_dns_record",
    );
    expect(records).toHaveLength(2);
    for (const record of records) {
      expect(record).toMatchObject({ comment: "shop", tags: ["owner:web"] });
    }
  });

  it("changes no existing address when names and origins come, in any order", () => {
    const of = (names: readonly string[], turn: readonly number[]) =>
      synthStack((stack) => {
        const all = [0, 1, 2].map((n) => new LiteralOrigin(stack, `O${n}`, `198.51.100.${n}`));
        build(stack, { names, origins: turn.flatMap((n) => all[n] ?? []), healthCheck: {} });
      });
    const whole = new Set(Object.keys(of(["www", "@", "*"], [0, 1, 2])));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["www", "@", "*"], { minLength: 1 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
        (names, turn) => {
          const some = Object.keys(of(names, turn));
          expect(some.filter((address) => !whole.has(address))).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("refuses no name, and one given twice in whatever form", () => {
    expect(errorOf(() => synth({ names: [] }))).toMatchObject({
      code: "no-name",
      message: "[shop/Site] 'names' is empty; give at least one, such as \"www\"",
    });
    expect(errorOf(() => synth({ names: ["www", "www.example.com"] }))).toMatchObject({
      code: "duplicate-name",
      message: "[shop/Site] 'names' has www.example.com twice; give each name once",
    });
  });
});
