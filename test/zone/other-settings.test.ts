import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { type SettingValue, Zone } from "originproof";
import { errorOf, ofType, synthStack } from "../support/synth";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

const accountId = "0123456789abcdef0123456789abcdef";

type Settings = Readonly<Record<string, SettingValue>>;

function synth(settings: (stack: TerraformStack) => Settings) {
  return synthStack((stack) => {
    const otherSettings = settings(stack);
    new Zone(stack, "Zone", { name: "example.com", accountId, otherSettings });
  });
}

function values(settings: (stack: TerraformStack) => Settings): Record<string, unknown> {
  const blocks = ofType(synth(settings), "cloudflare_zone_setting");
  return Object.fromEntries(blocks.map((block) => [String(block.setting_id), block.value]));
}

const EACH: Settings = {
  browser_cache_ttl: 14400,
  ciphers: ["ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA"],
  http3: "on",
  origin_max_http_version: "1",
  prefetch: true,
  security_header: {
    strict_transport_security: { enabled: true, max_age: 0, include_subdomains: false },
  },
};

afterAll(removeSandboxes);

describe("settings that have no prop", () => {
  it("are written with the type that each has, beside those that have one", () => {
    expect(values(() => EACH)).toEqual({
      ...EACH,
      ssl: "strict",
      always_use_https: "on",
      min_tls_version: "1.2",
    });
  });

  it("are escaped however deep, keep tokens, and their members' names", () => {
    const written = values((stack) => {
      const token = new TerraformVariable(stack, "ttl", { type: "number" });
      return {
        browser_cache_ttl: token.numberValue,
        nel: { camelCase: { enabled: "costs ${5} %{off}" } },
        ciphers: ["a${b}", token.stringValue],
      };
    });
    expect(written).toMatchObject({
      browser_cache_ttl: "${var.ttl}",
      nel: { camelCase: { enabled: "costs $${5} %%{off}" } },
      ciphers: ["a$${b}", "${var.ttl}"],
    });
  });

  it("have ids made of their own, whatever the order", () => {
    const turned = Object.fromEntries(Object.entries(EACH).reverse());
    expect(Object.keys(synth(() => turned))).toEqual(Object.keys(synth(() => EACH)));
    expect(Object.keys(synth(() => EACH))).toEqual(
      expect.arrayContaining(Object.keys(synth(() => ({})))),
    );
  });

  it.each(["ssl", "always_use_https", "min_tls_version", "always_online", "tls_client_auth"])(
    "are refused where %s has a prop",
    (id) => {
      expect(errorOf(() => synth(() => ({ [id]: "on" })))).toMatchObject({
        code: "setting-twice",
        message:
          `[shop/Zone] 'otherSettings' has ${id}, which has a prop of its own; use that, ` +
          "such as 'ssl' for ssl",
      });
    },
  );

  it.each<[string, string]>([
    ['{ "browserCacheTtl": 1 }', '"browserCacheTtl", which is no id of the API'],
    ['{ "": 1 }', '"", which is no id of the API'],
    ['{ "http3": null }', '"http3", which is without a value'],
  ])("are refused as %s", (json, text) => {
    expect(errorOf(() => synth(() => JSON.parse(json)))).toMatchObject({
      code: "invalid-setting",
      message:
        `[shop/Zone] 'otherSettings' has ${text}; ` +
        'give an id such as "browser_cache_ttl" with a text, number, boolean, list or object',
    });
  });
});

describeWithTerraform("settings with real terraform", () => {
  it("are deployed with the type that each has, and planned again without a change", async () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    new CloudflareProvider(stack, "Cloudflare");
    new Zone(stack, "Zone", { name: "example.com", accountId, otherSettings: EACH });
    const box = newSandbox({ configuration: JSON.parse(Testing.synth(stack)) });
    await box.apply();
    const shown = (await box.show(await box.plan())) as {
      resource_changes?: readonly {
        readonly change: { readonly actions: readonly string[]; readonly after: object };
      }[];
    };
    const changes = shown.resource_changes ?? [];
    expect(changes.filter(({ change }) => change.actions.join() !== "no-op")).toEqual([]);
    const after = changes.map(({ change }) => change.after);
    expect(after).toContainEqual(
      expect.objectContaining({ setting_id: "browser_cache_ttl", value: 14400 }),
    );
    expect(after).toContainEqual(
      expect.objectContaining({ setting_id: "security_header", value: EACH.security_header }),
    );
  });
});
