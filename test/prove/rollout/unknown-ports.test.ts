import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, configuration } from "./change";

afterAll(removeSandboxes);

const ZONE = "${cloudflare_zone.main.id}";
const setting = (setting_id: string, value: string) => ({ zone_id: ZONE, setting_id, value });

/** A server that the input does not show, behind a zone of this mode. */
const outside = (mode: string, parameters?: object) =>
  configuration({
    cloudflare_zone: { main: { name: "example.com", account: { id: "1" } } },
    cloudflare_zone_setting: {
      ssl: setting("ssl", mode),
      https: setting("always_use_https", "on"),
      auto: setting("ssl_automatic_mode", "custom"),
    },
    cloudflare_dns_record: {
      www: {
        ...{ zone_id: ZONE, name: "www.example.com", type: "A", content: "203.0.113.10" },
        ...{ proxied: true, ttl: 1 },
      },
    },
    ...(parameters === undefined
      ? {}
      : {
          cloudflare_ruleset: {
            own: {
              ...{ zone_id: ZONE, name: "own", kind: "zone", phase: "http_config_settings" },
              rules: [
                {
                  ...{ action: "set_config", expression: 'http.host eq "www.example.com"' },
                  ...{ enabled: true, ref: "own", action_parameters: parameters },
                },
              ],
            },
          },
        }),
  });

async function decided(first: object, second: object) {
  const { paths } = (await changeOf(first, second)).review();
  return paths.map(({ origin, rollout }) => [
    origin.port,
    rollout?.verdict,
    ...(rollout?.reasons ?? []).map(({ id }) => id),
  ]);
}

describeWithTerraform("an origin outside the input, on another port", () => {
  it("is not known on a port that it has neither before nor after the apply", async () => {
    const found = await decided(outside("strict"), outside("flexible", { ssl: "full" }));
    expect(found).toEqual([[443, "undetermined", "origin/outside-input"]]);
  });

  it("is as it was on a port that it has before or after", async () => {
    const found = await decided(outside("strict"), outside("flexible"));
    expect(found.map(([, verdict]) => verdict)).toEqual(["proved"]);
  });
});
