import { parseInput, type Review, reviewInputs } from "originproof/review";
import type { Instance } from "../../../lib/model/instance";
import type { JsonObject } from "../../../lib/model/value";
import { remaining } from "../../../lib/read/resources/cloudflare-setting-entries";
import { changeOf, configuration, inlineGroup, inlineRule } from "../../prove/rollout/change";
import { instanceOf } from "../../prove/rollout/instances";
import { type Blocks, NETWORK, webBlocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const OVERRIDE = "cloudflare_zone_settings_override";
const { cloudflare_zone_setting: single = {}, ...rest } = webBlocks();

/** A site on 443, with settings of version 5 of the provider, or none. */
function site(settings: Blocks[string]): object {
  return configuration(NETWORK, rest, inlineGroup([inlineRule()]), {
    cloudflare_zone_setting: settings,
  });
}

interface Plan {
  readonly prior_state: {
    readonly values: { readonly root_module: { readonly resources: readonly object[] } };
  };
  readonly resource_changes: readonly object[];
}

interface Sides {
  readonly before?: JsonObject;
  readonly after?: JsonObject;
}

const SET = { ssl: "strict", always_use_https: "on" };
const EARLIER = { ssl: "flexible", always_use_https: "off" };

/** The stand-in for version 5 of the provider doesn't have the type: its plan is given one more change. */
function withOverride(given: object, name: string, sides: Sides): object {
  const plan = given as Plan;
  const { before = null, after = null } = sides;
  const entry = {
    ...{ address: `${OVERRIDE}.${name}`, mode: "managed", type: OVERRIDE, name },
    provider_name: "registry.terraform.io/cloudflare/cloudflare",
  };
  const action =
    before === null ? "create" : after === null ? "delete" : before === after ? "no-op" : "update";
  const change = { actions: [action], before, after, after_unknown: {} };
  const { resources } = plan.prior_state.values.root_module;
  const known = before === null ? [] : [{ ...entry, values: before }];
  return {
    ...plan,
    prior_state: {
      ...plan.prior_state,
      values: { root_module: { resources: [...resources, ...known] } },
    },
    resource_changes: [...plan.resource_changes, { ...entry, change }],
  };
}

const override = (settings: JsonObject, initial: JsonObject = EARLIER, id = ZONE): JsonObject => ({
  ...{ id, zone_id: ZONE, settings: [settings], initial_settings: [initial] },
});

/** Port 443 is open, port 80 is not. */
const FLEXIBLE = ["443: perhaps proved, notOwed", "80: refuted, notOwed"];

const EITHER = ["443: perhaps proved, undetermined", "80: perhaps undetermined, undetermined"];

const reviewed = (plan: object): Review =>
  reviewInputs([parseInput(JSON.stringify(plan), "plan.json")]);

/** By port, whether it is sure that the edge connects to it, and what is decided. */
function decided(plan: object): readonly string[] {
  return reviewed(plan)
    .paths.map(({ certain, origin, availability, rollout }) => {
      const sure = certain ? "" : "perhaps ";
      return `${origin.port}: ${sure}${availability.verdict}, ${rollout?.verdict}`;
    })
    .sort();
}

describeWithTerraform("the deletion of a block with settings of version 4", () => {
  it("writes back what the zone had before, over what other blocks say", async () => {
    const { plan } = await changeOf(site(single), site(single));
    const found = decided(withOverride(plan, "zone", { before: override(SET) }));
    expect(found).toEqual(FLEXIBLE);
  });

  it("leaves settings that were so before", async () => {
    const { plan } = await changeOf(site(single), site(single));
    const found = decided(withOverride(plan, "zone", { before: override(SET, SET) }));
    expect(found).toEqual(["443: proved, proved"]);
  });

  it("is undetermined where what it writes is not shown", async () => {
    const { plan } = await changeOf(site(single), site(single));
    const found = decided(withOverride(plan, "zone", { before: override(SET, {}) }));
    expect(found).toEqual(EITHER);
  });

  it("leaves settings alone that the block did not have", async () => {
    const { plan } = await changeOf(site(single), site(single));
    const own = override({ brotli: "on" }, { ...EARLIER, brotli: "off" });
    expect(decided(withOverride(plan, "zone", { before: own }))).toEqual(["443: proved, proved"]);
  });

  it("is undetermined where another block may write the setting before or after it", async () => {
    const { plan } = await changeOf(site({}), site(single));
    const found = decided(withOverride(plan, "zone", { before: override(SET) }));
    expect(found).toEqual(EITHER);
  });

  it("is undetermined where the block is renamed, and so made anew", async () => {
    const { plan } = await changeOf(site({}), site({}));
    const old = withOverride(plan, "old", { before: override(SET) });
    const found = decided(withOverride(old, "new", { after: override(SET) }));
    expect(found).toEqual(EITHER);
  });

  it("comes after what another block has written long ago, though that is changed otherwise", async () => {
    const { plan } = await changeOf(site({}), site({}));
    const old = withOverride(plan, "old", { before: override(SET) });
    const [before, after] = ["on", "off"].map((brotli) =>
      override({ ...SET, brotli }, EARLIER, "other"),
    );
    const found = decided(withOverride(old, "other", { before, after } as Sides));
    expect(found).toEqual(FLEXIBLE);
  });
});

describe("what remains of settings", () => {
  const by = (action: Instance["action"], values: JsonObject = {}): Instance => ({
    ...instanceOf(`${OVERRIDE}.${action}`, { settings: [values] }),
    ...{ action, before: { settings: [{ ssl: "full" }] } },
  });
  const strict = { id: "ssl", setting: { known: "strict" } } as const;
  const reverted = {
    ...strict,
    setting: { known: "off" },
    by: by("unknown"),
    reverts: true,
  } as const;

  it.each([
    ["create", "first", ["strict"]],
    ["create", "last", ["off"]],
    ["create", "unordered", ["strict", "off"]],
    ["change", "first", ["strict"]],
    ["keep", "first", ["off"]],
    ["unknown", "first", ["off"]],
  ] as const)("beside a block with the action %s, the deletion %s", (action, when, wanted) => {
    const written = { ...strict, by: by(action, { ssl: "strict" }) };
    const left = remaining([written, reverted], "ssl", () => when);
    expect(left.map(({ setting }) => (setting as { known: string }).known)).toEqual(wanted);
  });

  it("is what a block says where nothing is reverted, and what every deletion writes", () => {
    const written = { ...strict, by: by("create", { ssl: "strict" }) };
    const same = { ...reverted, setting: { known: "strict" } };
    expect(remaining([written], "ssl", () => "last")).toEqual([written]);
    expect(remaining([reverted], "ssl", () => "unordered")).toEqual([reverted]);
    expect(remaining([reverted, same], "ssl", () => "last")).toEqual([reverted, same]);
  });
});
