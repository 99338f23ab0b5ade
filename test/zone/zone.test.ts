import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  CloudflarePlan,
  ConfigurationError,
  SslMode,
  TlsVersion,
  Zone,
  type ZoneProps,
} from "originproof";
import { errorOf, ofType, only, synthStack } from "../support/synth";
import zoneGolden from "./golden/zone.json";

const accountId = "0123456789abcdef0123456789abcdef";

function synthZone(props: Partial<ZoneProps> = {}) {
  return synthStack(
    (stack) => new Zone(stack, "Zone", { name: "example.com", accountId, ...props }),
  );
}

function settings(props: Partial<ZoneProps> = {}): Record<string, unknown> {
  const blocks = ofType(synthZone(props), "cloudflare_zone_setting");
  return Object.fromEntries(blocks.map((block) => [String(block.setting_id), block.value]));
}

function refusal(props: Partial<ZoneProps>, stack?: (stack: TerraformStack) => Partial<ZoneProps>) {
  return errorOf(() =>
    synthStack((scope) => {
      new Zone(scope, "Zone", { name: "example.com", accountId, ...props, ...stack?.(scope) });
    }),
  );
}

describe("Zone", () => {
  it("writes the golden file by default", () => {
    expect(synthZone()).toEqual(zoneGolden);
  });

  it("is strict, redirects to https and asks for TLS 1.2 by default", () => {
    expect(settings()).toEqual({ ssl: "strict", always_use_https: "on", min_tls_version: "1.2" });
  });

  it("writes setting values as strings, which the binding's mapper would lose", () => {
    for (const value of Object.values(settings({ automaticSslMode: false }))) {
      expect(typeof value).toBe("string");
    }
  });

  it("writes each setting as asked", () => {
    expect(
      settings({
        ssl: SslMode.FULL,
        alwaysUseHttps: false,
        minTlsVersion: TlsVersion.TLS_1_3,
        automaticSslMode: false,
      }),
    ).toEqual({
      ssl: "full",
      always_use_https: "off",
      min_tls_version: "1.3",
      ssl_automatic_mode: "custom",
    });
  });

  it("leaves the automatic mode to Cloudflare where it is asked to", () => {
    expect(settings({ automaticSslMode: true }).ssl_automatic_mode).toBe("auto");
  });

  it("takes a token as account", () => {
    const resources = synthStack((stack) => {
      const account = new TerraformVariable(stack, "account", { type: "string" });
      new Zone(stack, "Zone", { name: "example.com", accountId: account.stringValue });
    });
    expect(only(resources, "cloudflare_zone").account).toEqual({ id: "${var.account}" });
  });

  it("allows health checks by plan, or as told", () => {
    synthStack((stack) => {
      const limit = (id: string, props: Partial<ZoneProps> = {}) =>
        new Zone(stack, id, { name: `${id}.example`, accountId, ...props }).maxHealthChecks;
      expect(limit("a")).toBe(0);
      expect(limit("b", { plan: CloudflarePlan.BUSINESS })).toBe(50);
      expect(limit("c", { maxHealthChecks: 3 })).toBe(3);
    });
  });

  it("refuses an unknown SSL mode", () => {
    const message =
      "'ssl' is \"stritc\", which is no SSL mode of Cloudflare; " +
      "use one of off, flexible, full, strict, origin_pull, such as SslMode.STRICT";
    expect(errorOf(() => SslMode.of("stritc"))).toMatchObject({
      code: "unknown-ssl-mode",
      message,
    });
    // As a caller without types gives it.
    const ssl = JSON.parse('"stritc"');
    expect(refusal({ ssl })).toMatchObject({ message: `[shop/Zone] ${message}` });
  });

  it("reads every SSL mode by the API's value", () => {
    expect(SslMode.of("origin_pull")).toBe(SslMode.ORIGIN_PULL);
    expect(`${SslMode.of("flexible")}`).toBe("flexible");
  });

  it("refuses origin_pull below Enterprise", () => {
    expect(refusal({ ssl: SslMode.ORIGIN_PULL, plan: CloudflarePlan.BUSINESS })).toMatchObject({
      code: "ssl-mode-not-in-plan",
      message:
        "[shop/Zone] 'ssl' is \"origin_pull\", which the plan business has not; " +
        "use SslMode.STRICT, or set 'plan' to CloudflarePlan.ENTERPRISE",
    });
    expect(settings({ ssl: SslMode.ORIGIN_PULL, plan: CloudflarePlan.ENTERPRISE }).ssl).toBe(
      "origin_pull",
    );
  });

  it("refuses a token as name", () => {
    const error = refusal({}, (stack) => ({
      name: new TerraformVariable(stack, "domain", { type: "string" }).stringValue,
    }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({
      code: "token-for-literal",
      constructPath: "shop/Zone",
      message:
        "[shop/Zone] 'name' is a token, known only when Terraform runs, but is needed at synth; " +
        'give a literal such as "www.example.com"',
    });
  });

  it("refuses a hand-written reference as name", () => {
    expect(refusal({ name: "${var.domain}" })).toMatchObject({ code: "token-for-literal" });
  });

  it.each([
    ["example", 'is "example", which is no domain; give one such as "example.com"'],
    ["Example.com", 'is "Example.com", which has capitals; write "example.com"'],
    ["example.com.", 'is "example.com.", which ends in a dot; write "example.com"'],
    [
      "bücher.example",
      'is "bücher.example", which is not in Punycode; write "xn--bcher-kva.example"',
    ],
    ["", 'is "", which is no hostname; use letters, digits and hyphens between dots'],
    [
      "-a.example",
      'is "-a.example", which is no hostname; use letters, digits and hyphens between dots',
    ],
  ])("refuses %j as name", (name, text) => {
    expect(refusal({ name })).toMatchObject({
      code: "invalid-hostname",
      message: `[shop/Zone] 'name' ${text}`,
    });
  });

  it("refuses an account id that is none", () => {
    expect(refusal({ accountId: "my-account" })).toMatchObject({
      code: "invalid-account-id",
      message:
        "[shop/Zone] 'accountId' is \"my-account\"; give the account's id of 32 hex digits in " +
        "lower case, which the dashboard shows under Account home, or a token",
    });
  });

  it("refuses a limit that is no number of checks", () => {
    expect(refusal({ maxHealthChecks: -1 })).toMatchObject({
      code: "invalid-limit",
      message: "[shop/Zone] 'maxHealthChecks' is -1; give a whole number from 0 up",
    });
  });
});
