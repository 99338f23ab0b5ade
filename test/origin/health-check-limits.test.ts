import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  CloudflarePlan,
  Duration,
  FilteredElsewhere,
  HealthCheck,
  HealthCheckMethod,
  type HealthCheckProps,
  HealthCheckType,
  type IZone,
  Listener,
  ProxiedRecord,
  Zone,
} from "originproof";
import { OriginSecurityGroup } from "originproof/aws";
import { errorOf, only, resourcesOf, synthApp } from "../support/synth";
import { LiteralOrigin } from "./literal-origin";

const accountId = "0123456789abcdef0123456789abcdef";
const zoneName = "example.com";
const { HTTP, HTTPS, TCP } = HealthCheckType;

interface Parts {
  readonly stack: TerraformStack;
  readonly zone: IZone;
  readonly origin: LiteralOrigin;
}

function parts(): Parts {
  const stack = new TerraformStack(Testing.app(), "shop");
  const plan = CloudflarePlan.PRO;
  const zone = new Zone(stack, "Zone", { name: zoneName, accountId, plan });
  return { stack, zone, origin: new LiteralOrigin(stack, "Origin", "198.51.100.7") };
}

function check({ stack, zone, origin }: Parts, props: Partial<HealthCheckProps>, id = "Check") {
  return new HealthCheck(stack, id, { zone, origin, hostname: "www.example.com", ...props });
}

function refusal(props: Partial<HealthCheckProps>) {
  return errorOf(() => check(parts(), props));
}

function written(props: Partial<HealthCheckProps>) {
  const given = parts();
  check(given, props);
  return only(resourcesOf(given.stack), "cloudflare_healthcheck");
}

describe("times of a health check", () => {
  const seconds = (interval: number, timeout: number) => ({
    interval: Duration.seconds(interval),
    timeout: Duration.seconds(timeout),
  });

  it("are as given where the timeout is below the interval", () => {
    expect(written(seconds(60, 59))).toMatchObject({ interval: 60, timeout: 59 });
  });

  it.each([
    [seconds(60, 60), "'timeout' is 60s and 'interval' is 60s"],
    [seconds(10, 11), "'timeout' is 11s and 'interval' is 10s"],
    [{ interval: Duration.seconds(5) }, "'timeout' is 5s and 'interval' is 5s"],
    [{ timeout: Duration.minutes(2) }, "'timeout' is 120s and 'interval' is 60s"],
  ])("are refused as %j", (props, text) => {
    expect(refusal(props)).toMatchObject({
      code: "timeout-not-below-interval",
      message:
        `[shop/Check] ${text}, so a probe would still wait when the next begins; ` +
        "give a shorter timeout or a longer interval",
    });
  });
});

describe("the name of a health check", () => {
  it("is that of no other check of the zone", () => {
    const given = parts();
    check(given, { name: "web" }, "One");
    expect(errorOf(() => check(given, { name: "web" }, "Two"))).toMatchObject({
      code: "duplicate-health-check-name",
      message:
        "[shop/Two] 'name' is web, as that of shop/One in the same zone, so nobody could tell " +
        "which of the two an alert is about; give another",
    });
  });

  it("is refused where two paths make the same", () => {
    const given = parts();
    check(given, {}, "a b");
    expect(errorOf(() => check(given, {}, "a-b"))).toMatchObject({
      code: "duplicate-health-check-name",
    });
  });

  it("may be that of another zone's, or a token", () => {
    const given = parts();
    const name = new TerraformVariable(given.stack, "name", { type: "string" }).stringValue;
    const plan = CloudflarePlan.PRO;
    const zone = new Zone(given.stack, "Net", { name: "example.net", accountId, plan });
    check(given, { name: "web" }, "One");
    check(given, { name: "web", zone, hostname: "example.net" }, "Two");
    check(given, { name }, "Three");
    check(given, { name }, "Four");
    expect(given.stack.node.children.length).toBeGreaterThan(0);
  });
});

describe("how many health checks a zone has", () => {
  it("is counted over all stacks, by the zone's id", () => {
    const app = Testing.app();
    const zoneId = "023e105f4ecef8ad9ca31a8372d0c353";
    const make = (id: string) => {
      const stack = new TerraformStack(app, id);
      const known = { zoneId, zoneName, maxHealthChecks: 1 };
      const zone = Zone.fromZoneId(stack, "Zone", known);
      const origin = new LiteralOrigin(stack, "Origin", "198.51.100.7");
      return check({ stack, zone, origin }, {});
    };
    expect(make("shop").healthCheckId).not.toBe("");
    expect(errorOf(() => make("blog"))).toMatchObject({ code: "health-checks-exceeded" });
  });
});

describe("the hostname of a health check", () => {
  it.each(["example.com", "a.b.example.com"])("is of the zone, as %s", (hostname) => {
    expect(written({ hostname }).http_config).toMatchObject({ header: { Host: [hostname] } });
  });

  it.each(["www.example.org", "notexample.com"])("is refused as %s", (hostname) => {
    expect(refusal({ hostname })).toMatchObject({
      code: "name-outside-zone",
      message:
        `[shop/Check] 'hostname' is "${hostname}", which is outside the zone example.com; ` +
        'use the name that visitors ask for, such as "www.example.com"',
    });
  });

  it("may be a token", () => {
    expect(written({ hostname: "${var.host}" }).http_config).toMatchObject({
      header: { Host: ["${var.host}"] },
    });
  });
});

describe("the port of a health check", () => {
  function behind(type: HealthCheckType, port: number) {
    const given = parts();
    const vpcId = "vpc-0123456789abcdef0";
    const listeners = [Listener.http(8080), Listener.https(8443)];
    const firewall = new OriginSecurityGroup(given.stack, "Firewall", { vpcId, listeners });
    Object.assign(given.origin, { firewalls: [firewall] });
    return check(given, { type, port });
  }

  it.each([
    [HTTPS, 80, "http", "HTTP"],
    [HTTP, 443, "https", "HTTPS"],
  ])("is refused with %s as %d", (type, port, scheme, other) => {
    expect(refusal({ type, port })).toMatchObject({
      code: "port-of-other-scheme",
      message:
        `[shop/Check] 'port' is ${port}, which speaks ${scheme}, and 'type' is ${type}, so every ` +
        `probe would fail; use another port, or HealthCheckType.${other}`,
    });
  });

  it("has a listener of the type's scheme where the origin has firewalls", () => {
    expect(errorOf(() => behind(HTTPS, 8080))).toMatchObject({ code: "port-of-other-scheme" });
    expect(errorOf(() => behind(HTTP, 8443))).toMatchObject({ code: "port-of-other-scheme" });
    for (const [type, port] of [
      [HTTP, 8080],
      [HTTPS, 8443],
      [TCP, 8080],
    ] as const) {
      expect(behind(type, port).healthCheckId).not.toBe("");
    }
  });

  it("may be any other where nothing says what it speaks", () => {
    expect(written({ port: 8080 }).http_config).toMatchObject({ port: 8080 });
    expect(written({ type: TCP, port: 22 }).tcp_config).toMatchObject({ port: 22 });
  });
});

describe("what a health check sends and wants", () => {
  it("has more headers, escaped, besides Host", () => {
    const headers = { "X-Check": ["${a}", "b"], Accept: ["text/html"] };
    const { http_config } = written({ headers, method: HealthCheckMethod.HEAD });
    expect(http_config).toMatchObject({
      method: "HEAD",
      header: { Host: ["www.example.com"], Accept: ["text/html"], "X-Check": ["$${a}", "b"] },
    });
  });

  it.each<[Partial<HealthCheckProps>, string, string]>([
    [{ headers: { host: ["x"] } }, "invalid-header", "'headers' has Host, which 'hostname' gives"],
    [
      { headers: { "user-agent": ["x"] } },
      "invalid-header",
      "'headers' has User-Agent, which Cloudflare sets itself",
    ],
    [
      { headers: { "a b": ["x"] } },
      "invalid-header",
      "'headers' has a name that no header can have",
    ],
    [{ headers: { Accept: [] } }, "invalid-header", "'headers' has Accept without a value"],
    [
      { expectedBody: "ok", method: HealthCheckMethod.HEAD },
      "invalid-expected-body",
      "'expectedBody' is given with HEAD, whose answers have no body",
    ],
    [
      { expectedBody: "é".repeat(5121) },
      "invalid-expected-body",
      "'expectedBody' is longer than the first 10240 bytes of an answer",
    ],
    [
      { type: HTTP, allowInsecure: true },
      "tls-prop-without-tls",
      "'allowInsecure' means nothing with HTTP, which has no certificate",
    ],
    [
      { type: TCP, headers: {} },
      "http-prop-with-tcp",
      "'headers' means nothing with TCP, which only opens a connection",
    ],
  ])("is refused as %j", (props, code, text) => {
    const error = refusal(props);
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(`[shop/Check] ${text}`);
  });
});

describe("the address of a health check", () => {
  it.each(["before", "after"])("is no name that the app proxies, made %s it", (when) => {
    const { error } = synthApp((app) => {
      const stack = new TerraformStack(app, "shop");
      new CloudflareProvider(stack, "Cloudflare");
      const plan = CloudflarePlan.PRO;
      const zone = new Zone(stack, "Zone", { name: zoneName, accountId, plan });
      const origin = (id: string, hostname: string) =>
        new FilteredElsewhere(stack, id, { hostname, reason: "test" });
      const record = () => {
        const origins = [origin("Far", "lb.example.net")];
        new ProxiedRecord(stack, "Lb", { zone, name: "lb", origins });
      };
      const probe = () => {
        const named = origin("Near", "lb.example.com");
        new HealthCheck(stack, "Check", { zone, origin: named, hostname: "www.example.com" });
      };
      for (const make of when === "before" ? [record, probe] : [probe, record]) make();
    });
    expect(error?.message).toContain(
      "[shop/Check] 'origin' has lb.example.com, which shop/Lb has Cloudflare proxy: " +
        "Cloudflare never probes a name that it proxies",
    );
  });
});
