import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  CloudflarePlan,
  Duration,
  HealthCheck,
  type HealthCheckProps,
  HealthCheckType,
  Listener,
  Zone,
  type ZoneProps,
} from "originproof";
import { OriginSecurityGroup } from "originproof/aws";
import { errorOf, only, pick, synthStack } from "../support/synth";
import golden from "./golden/health-check.json";
import { LiteralOrigin } from "./literal-origin";

const accountId = "0123456789abcdef0123456789abcdef";

interface Given {
  readonly check?: Partial<HealthCheckProps>;
  readonly zone?: Partial<ZoneProps>;
  readonly addresses?: readonly string[];
}

function build(stack: TerraformStack, { check, zone: props, addresses }: Given = {}): HealthCheck {
  const plan = CloudflarePlan.PRO;
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan, ...props });
  const origin = new LiteralOrigin(stack, "Origin", ...(addresses ?? ["198.51.100.7"]));
  return new HealthCheck(stack, "Check", { zone, origin, hostname: "www.example.com", ...check });
}

function written(given?: Given) {
  return only(
    synthStack((stack) => {
      build(stack, given);
    }),
    "cloudflare_healthcheck",
  );
}

function refusal(given: Given) {
  return errorOf(() => written(given));
}

describe("HealthCheck", () => {
  it("writes the golden file by default", () => {
    const resources = synthStack((stack) => {
      build(stack);
    });
    expect(pick(resources, "cloudflare_healthcheck")).toEqual(golden);
  });

  it("always says the port, which the provider sets to 80 with any type", () => {
    expect(written().http_config).toMatchObject({ port: 443 });
    expect(written({ check: { type: HealthCheckType.HTTP } }).http_config).toMatchObject({
      port: 80,
    });
    expect(written({ check: { port: 8443 } }).http_config).toMatchObject({ port: 8443 });
    expect(written({ check: { type: HealthCheckType.TCP } }).tcp_config).toEqual({
      method: "connection_established",
      port: 443,
    });
  });

  it("sends the hostname, without which there is no SNI", () => {
    expect(written().http_config).toMatchObject({ header: { Host: ["www.example.com"] } });
  });

  it("writes each prop", () => {
    const block = written({
      check: {
        path: "/healthz",
        expectedCodes: ["200", "3xx"],
        allowInsecure: true,
        followRedirects: true,
        interval: Duration.minutes(2),
        timeout: Duration.seconds(9),
        retries: 0,
        consecutiveFails: 3,
        consecutiveSuccesses: 4,
        name: "shop_web",
      },
    });
    expect(block).toMatchObject({
      name: "shop_web",
      interval: 120,
      timeout: 9,
      retries: 0,
      consecutive_fails: 3,
      consecutive_successes: 4,
      http_config: {
        path: "/healthz",
        expected_codes: ["200", "3xx"],
        allow_insecure: true,
        follow_redirects: true,
      },
    });
  });

  it("speaks of certificates with HTTPS only", () => {
    const { http_config } = written({ check: { type: HealthCheckType.HTTP } });
    expect(http_config).not.toHaveProperty("allow_insecure");
  });

  it("escapes templates in the path", () => {
    const { http_config } = written({ check: { path: "/${x}%{y}" } });
    expect(http_config).toMatchObject({ path: "/$${x}%%{y}" });
  });

  it("probes IPv4 unless told, and IPv6 where that is all there is", () => {
    const both = ["2001:db8::7", "198.51.100.7"];
    expect(written({ addresses: both }).address).toBe("198.51.100.7");
    expect(written({ addresses: both, check: { ipv6: true } }).address).toBe("2001:db8::7");
    expect(written({ addresses: ["2001:db8::7"] }).address).toBe("2001:db8::7");
  });

  it("refuses a family that the origin has not", () => {
    expect(refusal({ check: { ipv6: true } })).toMatchObject({
      code: "address-missing",
      message:
        "[shop/Check] 'origin' has no IPv6 address to probe; " +
        "use an origin that has one, or leave 'ipv6' out",
    });
  });

  it("refuses an address of Cloudflare, which is never probed", () => {
    expect(refusal({ addresses: ["172.64.0.1"] })).toMatchObject({
      code: "unusable-origin-address",
      message:
        "[shop/Check] 'origin' has \"172.64.0.1\", which is an address of Cloudflare itself: " +
        "visitors would see Error 1000; use the origin's own public address",
    });
  });

  it("refuses a zone whose plan has no health checks", () => {
    expect(refusal({ zone: { plan: CloudflarePlan.FREE } })).toMatchObject({
      code: "health-checks-exceeded",
      message:
        "[shop/Check] 'zone' gets 1 health check, and the plan free allows 0; use " +
        "CloudflarePlan.PRO (10), BUSINESS (50) or ENTERPRISE (1000), or set 'maxHealthChecks' " +
        "of the zone to what your account allows",
    });
  });

  it("counts checks against what the zone was told", () => {
    const two = (maxHealthChecks: number) => () =>
      synthStack((stack) => {
        const { zone, origin } = { zone: zoneOf(stack, maxHealthChecks), origin: originOf(stack) };
        new HealthCheck(stack, "One", { zone, origin, hostname: "a.example.net" });
        new HealthCheck(stack, "Two", { zone, origin, hostname: "b.example.net" });
      });
    expect(two(2)).not.toThrow();
    expect(errorOf(two(1))).toMatchObject({ code: "health-checks-exceeded" });
  });

  it("refuses a port that the origin's firewalls keep closed", () => {
    const error = errorOf(() =>
      synthStack((stack) => {
        const vpcId = "vpc-0123456789abcdef0";
        const listeners = [Listener.https(8443), Listener.https()];
        const firewall = new OriginSecurityGroup(stack, "Firewall", { vpcId, listeners });
        const origin = Object.assign(originOf(stack), { firewalls: [firewall] });
        build(stack, { check: { origin, type: HealthCheckType.HTTP } });
      }),
    );
    expect(error).toMatchObject({
      code: "port-not-open",
      message:
        "[shop/Check] 'port' is 80, which no firewall of the origin opens, so every probe would " +
        "fail; use one of 443, 8443, or add a Listener to the firewall",
    });
  });

  it("refuses a token as port", () => {
    const error = errorOf(() =>
      synthStack((stack) => {
        const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
        build(stack, { check: { port } });
      }),
    );
    expect(error).toMatchObject({ code: "token-for-literal" });
  });

  it("refuses HTTPS without a hostname, but not TCP", () => {
    const { hostname: _, ...rest } = { hostname: "" };
    const without = (type: HealthCheckType) => () =>
      synthStack((stack) => {
        const props = { zone: zoneOf(stack, 1), origin: originOf(stack), type, ...rest };
        new HealthCheck(stack, "Check", props);
      });
    expect(errorOf(without(HealthCheckType.HTTPS))).toMatchObject({
      code: "hostname-missing",
      message:
        "[shop/Check] 'hostname' is missing, which HTTPS needs as Host header and SNI; " +
        'give the visitors\' name, such as "www.example.com"',
    });
    expect(without(HealthCheckType.TCP)).not.toThrow();
  });

  it.each<[Partial<HealthCheckProps>, string, string]>([
    [
      { name: "shop check" },
      "invalid-health-check-name",
      "'name' is \"shop check\"; use only letters, digits, hyphens and underscores, at least one",
    ],
    [
      { path: "healthz" },
      "invalid-path",
      "'path' is \"healthz\"; give a path that begins with a slash and has neither spaces nor " +
        'characters outside ASCII, such as "/healthz"',
    ],
    [
      { expectedCodes: ["ok"] },
      "invalid-codes",
      '\'expectedCodes\' has "ok"; give codes such as "200", or "2xx" for all that begin with 2',
    ],
    [
      { expectedCodes: [] },
      "invalid-codes",
      '\'expectedCodes\' is empty; give codes such as "200", or "2xx" for all that begin with 2',
    ],
    [{ retries: -1 }, "invalid-count", "'retries' is -1; give a whole number from 0 up"],
    [
      { consecutiveFails: 0 },
      "invalid-count",
      "'consecutiveFails' is 0; give a whole number from 1 up",
    ],
    [
      { hostname: "https://www.example.com" },
      "invalid-hostname",
      "'hostname' is \"https://www.example.com\", which is no hostname; " +
        "use letters, digits and hyphens between dots",
    ],
    [{ port: 65536 }, "port-not-open", "'port' is 65536; give a port from 1 to 65535"],
  ])("refuses %j", (check, code, text) => {
    expect(refusal({ check })).toMatchObject({ code, message: `[shop/Check] ${text}` });
  });
});

function zoneOf(stack: TerraformStack, maxHealthChecks: number): Zone {
  return new Zone(stack, "Tested", { name: "example.net", accountId, maxHealthChecks });
}

function originOf(stack: TerraformStack): LiteralOrigin {
  return new LiteralOrigin(stack, "Web", "198.51.100.7");
}
