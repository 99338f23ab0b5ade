import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { CloudflarePlan, type IZone, ProxiedRecord, SslMode, Zone } from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { schemaProblems } from "../support/cloudflare-schema";
import { errorOf, only, resourcesOf, synthApp, synthStack } from "../support/synth";
import golden from "./golden/imported-zone.json";

const zoneName = "example.com";
const zoneId = "023e105f4ecef8ad9ca31a8372d0c353";
const accountId = "0123456789abcdef0123456789abcdef";

function stackWith(make: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "shop");
  make(stack);
  return stack;
}

function recordIn(stack: TerraformStack, zone: IZone): void {
  const origin = new LiteralOrigin(stack, "Origin", "8.8.8.8");
  new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
}

function dataOf(make: (stack: TerraformStack) => void) {
  const json = JSON.parse(Testing.synth(stackWith(make)));
  expect(schemaProblems(json)).toEqual([]);
  return json.data ?? {};
}

describe("an imported zone", () => {
  it("writes the golden files: by id with a check of the name, by name, by both", () => {
    const data = dataOf((stack) => {
      Zone.fromZoneId(stack, "ById", { zoneId, zoneName });
      Zone.fromZoneName(stack, "ByName", { zoneName });
      Zone.fromZoneName(stack, "ByNameInAccount", { zoneName, accountId });
      Zone.fromZoneAttributes(stack, "Given", { zoneId, zoneName, accountId });
    });
    expect(data).toEqual(golden);
  });

  it("manages no setting", () => {
    const resources = synthStack((stack) => {
      Zone.fromZoneAttributes(stack, "Given", { zoneId, zoneName, accountId });
    });
    expect(resources).toEqual({});
  });

  it("gives records its id, literal or looked up", () => {
    const ids = [
      (stack: TerraformStack) => Zone.fromZoneId(stack, "Zone", { zoneId, zoneName }),
      (stack: TerraformStack) => Zone.fromZoneName(stack, "Zone", { zoneName }),
    ].map((make) => {
      const stack = stackWith((scope) => recordIn(scope, make(scope)));
      return only(resourcesOf(stack), "cloudflare_dns_record").zone_id;
    });
    expect(ids).toEqual([zoneId, "${data.cloudflare_zone.Zone_A5DE4B68.id}"]);
  });

  it("knows the plan, the limit and the settings that it is told, and no others", () => {
    stackWith((stack) => {
      const bare = Zone.fromZoneName(stack, "Bare", { zoneName });
      expect([bare.plan, bare.maxHealthChecks]).toEqual([CloudflarePlan.FREE, 0]);
      expect([bare.ssl, bare.alwaysUseHttps]).toEqual([undefined, undefined]);
      const told = { plan: CloudflarePlan.PRO, ssl: SslMode.FULL, alwaysUseHttps: false };
      const known = Zone.fromZoneName(stack, "Known", { zoneName, ...told });
      expect(known).toMatchObject({ ...told, maxHealthChecks: 10 });
    });
  });

  it.each([
    [
      "fromZoneAttributes",
      (stack: TerraformStack, known: object) =>
        Zone.fromZoneAttributes(stack, "Zone", { zoneId, zoneName, accountId, ...known }),
    ],
    [
      "fromZoneName",
      (stack: TerraformStack, known: object) =>
        Zone.fromZoneName(stack, "Zone", { zoneName, ...known }),
    ],
  ])("%s has possible flows, unless it is told its settings", (_, make) => {
    const portsOf = (known: object) => {
      const { outdir, stderr, error } = synthApp((app) => {
        const stack = new TerraformStack(app, "shop");
        new CloudflareProvider(stack, "Cloudflare");
        recordIn(stack, make(stack, known));
      });
      expect(error).toBeUndefined();
      expect(outdir).not.toBe("");
      return /paths .*\b(?::|8\.8\.8\.8) (tcp.*)/.exec(stderr)?.[1];
    };
    expect(portsOf({})).toBe("tcp/80, tcp/443");
    expect(portsOf({ ssl: SslMode.STRICT, alwaysUseHttps: true })).toBe("tcp/443");
  });

  it("takes a token as id, and refuses what is none", () => {
    const refusal = (id: string) =>
      errorOf(() => stackWith((stack) => Zone.fromZoneId(stack, "Zone", { zoneId: id, zoneName })));
    expect(refusal("example.com")).toMatchObject({
      code: "invalid-zone-id",
      message:
        "[shop/Zone] 'zoneId' is \"example.com\"; give the zone's id of 32 hex digits in lower " +
        "case, which the dashboard shows on the zone's overview, or a token",
    });
    stackWith((stack) => {
      const id = new TerraformVariable(stack, "id", { type: "string" }).stringValue;
      expect(Zone.fromZoneId(stack, "Zone", { zoneId: id, zoneName }).zoneId).toBe(id);
    });
  });

  it("refuses what a zone refuses, naming its own props", () => {
    const code = (given: object) =>
      errorOf(() =>
        stackWith((stack) => {
          Zone.fromZoneAttributes(stack, "Zone", { zoneId, zoneName, accountId, ...given });
        }),
      );
    expect(code({ zoneName: "Example.com" })).toMatchObject({ code: "invalid-hostname" });
    expect(code({ zoneName: "example" })).toMatchObject({
      message:
        "[shop/Zone] 'zoneName' is \"example\", which is no domain; " +
        'give one such as "example.com"',
    });
    expect(code({ accountId: "x" })).toMatchObject({ code: "invalid-account-id" });
    expect(code({ maxHealthChecks: -1 })).toMatchObject({ code: "invalid-limit" });
    expect(code({ ssl: SslMode.ORIGIN_PULL })).toMatchObject({ code: "ssl-mode-not-in-plan" });
  });
});
