import { EDGE_4 } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, web } from "./change";

afterAll(removeSandboxes);

const zone_id = "0123456789abcdef0123456789abcdef";

/** A zone with a mode by a block of this name, and a server that listens on 443 alone. */
const zone = (name: string, value: string) =>
  web(inlineGroup([inlineRule({ cidr_blocks: EDGE_4 })]), {
    cloudflare_zone_setting: {
      ssl: {},
      [name]: { zone_id, setting_id: "ssl", value },
      https: { zone_id, setting_id: "always_use_https", value: "off" },
      auto: { zone_id, setting_id: "ssl_automatic_mode", value: "custom" },
    },
  });

async function rollouts(first: object, second: object) {
  const { paths } = (await changeOf(first, second)).review();
  return Object.fromEntries(paths.map(({ origin, rollout }) => [origin.port, rollout?.verdict]));
}

describeWithTerraform("a setting of a zone whose block is renamed without moved", () => {
  it("is the same throughout with the same value: its deletion makes no call", async () => {
    const found = await rollouts(zone("old", "strict"), zone("new", "strict"));
    expect(found).toEqual({ 80: "notOwed", 443: "proved" });
  });

  it("is one or the other with another value", async () => {
    const found = await rollouts(zone("old", "full"), zone("new", "strict"));
    expect(found[443]).not.toBe("refuted");
    const flexible = await rollouts(zone("old", "strict"), zone("new", "flexible"));
    expect(flexible[443]).not.toBe("proved");
  });
});
