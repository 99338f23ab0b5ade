import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, web } from "./change";

afterAll(removeSandboxes);

const zone_id = "${cloudflare_zone.main.id}";
const ZONE = {
  cloudflare_zone: { main: { name: "example.com", account: { id: "acc" } } },
  cloudflare_zone_setting: {
    ssl: { zone_id, setting_id: "ssl", value: "strict" },
    https: { zone_id, setting_id: "always_use_https", value: "on" },
  },
};

/** A record of the zone, by the name that it has within. */
function record(name: string, type: string, content: string, proxied = true) {
  return { zone_id, name, type, content, proxied, ttl: 1 };
}

const ADDRESS = "${aws_instance.web.public_ip}";

async function rolloutsOf(first: object, second: object) {
  const { paths, findings } = (await changeOf(first, second)).review();
  const rollouts = paths.map(({ hostname, rollout }) => [
    hostname,
    rollout?.verdict,
    ...(rollout?.reasons ?? []).map(({ id }) => id),
  ]);
  return { rollouts, found: findings.some(({ rule }) => rule === "rollout/cut-off-during-apply") };
}

describeWithTerraform("records that name each other, by names without their zone", () => {
  it.each([
    ["the apex", "@", "example.com"],
    ["another name", "api", "API.example.com."],
    ["a wildcard", "*", "any.example.com"],
  ])("depend on %s that a CNAME leads to", async (_, name, content) => {
    const site = web(ZONE, {
      cloudflare_dns_record: {
        www: record("www", "CNAME", content),
        a: record(name, "A", ADDRESS),
      },
    });
    const { rollouts } = await rolloutsOf(site, site);
    expect(rollouts.map(([, ...rest]) => rest)).toEqual([["proved"], ["proved"]]);
  });

  it("are cut off where the record that they lead to goes first", async () => {
    const www = record("www", "CNAME", "origin.example.com");
    const origin = record("origin", "A", ADDRESS, false);
    const { rollouts, found } = await rolloutsOf(
      web(ZONE, { cloudflare_dns_record: { www, old: origin } }),
      web(ZONE, { cloudflare_dns_record: { www, new: origin } }),
    );
    expect(rollouts).toEqual([["www.example.com", "refuted"]]);
    expect(found).toBe(true);
  });

  it("depend on the address that Spectrum leads to", async () => {
    const ssh = {
      zone_id,
      protocol: "tcp/443",
      dns: { type: "CNAME", name: "ssh.example.com" },
      origin_direct: [`tcp://${ADDRESS}:443`],
    };
    const site = web(ZONE, {
      cloudflare_dns_record: { www: {} },
      cloudflare_spectrum_application: { ssh },
    });
    expect((await rolloutsOf(site, site)).rollouts).toEqual([["ssh.example.com", "proved"]]);
  });

  it("depend on rulesets of the account", async () => {
    const rule = {
      ref: "r",
      action: "redirect",
      expression: "http.request.full_uri in $redirects",
      action_parameters: { from_list: { name: "redirects", key: "http.request.full_uri" } },
    };
    const site = web(ZONE, {
      cloudflare_dns_record: { www: record("www", "A", ADDRESS) },
      cloudflare_ruleset: {
        bulk: {
          account_id: "acc",
          name: "bulk",
          kind: "root",
          phase: "http_request_redirect",
          rules: [rule],
        },
      },
    });
    expect((await rolloutsOf(site, site)).rollouts).toEqual([["www.example.com", "proved"]]);
  });
});
