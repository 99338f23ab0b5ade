import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const EIP = { aws_eip: { web: { domain: "vpc", instance: "${aws_instance.web.id}" } } };
const ADDRESS = "${aws_eip.web.public_ip}";

function record(block: string, name: string, content: string, proxied = false): Blocks {
  const own = { zone_id: ZONE, name, type: "A", content, proxied, ttl: 1 };
  return { cloudflare_dns_record: { [block]: own } };
}

const RULE: Blocks = {
  cloudflare_ruleset: {
    origin: {
      ...{ zone_id: ZONE, name: "origin", kind: "zone", phase: "http_request_origin" },
      rules: [
        {
          ...{ action: "route", expression: 'http.host eq "www.example.com"', enabled: true },
          action_parameters: { origin: { host: "t.example.com" } },
        },
      ],
    },
  },
};

const PAGE: Blocks = {
  cloudflare_page_rule: {
    origin: {
      ...{ zone_id: ZONE, target: "www.example.com/*" },
      actions: { resolve_override: "t.example.com" },
    },
  },
};

const POOL = "${cloudflare_load_balancer_pool.web.id}";
const BALANCER: Blocks = {
  cloudflare_load_balancer_pool: {
    web: {
      ...{ account_id: "a", name: "web" },
      origins: [{ name: "web", address: "t.example.com", enabled: true }],
    },
  },
  cloudflare_load_balancer: {
    www: {
      ...{ zone_id: ZONE, name: "www.example.com", proxied: true },
      ...{ default_pools: [POOL], fallback_pool: POOL },
    },
  },
};

const SPECTRUM: Blocks = {
  cloudflare_spectrum_application: {
    www: {
      ...{ zone_id: ZONE, protocol: "tcp/443", origin_port: 443, tls: "off" },
      ...{ dns: { type: "CNAME", name: "www.example.com" }, origin_dns: { name: "t.example.com" } },
    },
  },
};

/** The record of a name that others lead to gets another block, without `moved`. */
async function renamed(...parts: readonly Blocks[]) {
  const www = record("www", "www.example.com", ADDRESS, true);
  const site = (block: string) => web(EIP, www, ...parts, record(block, "t.example.com", ADDRESS));
  const { review } = await changeOf(site("one"), site("two"));
  const found = review().paths.map(({ rollout }) => rollout?.verdict);
  return { found, ...(review().paths.length === 1 ? { one: rolloutOf(review()) } : {}) };
}

const NO_RECORD = { cloudflare_dns_record: { www: {} } };

describeWithTerraform("a name without a record in between", () => {
  it.each([
    ["an origin rule", [RULE]],
    ["a page rule", [PAGE]],
    ["an endpoint of a pool", [BALANCER, NO_RECORD]],
    ["a Spectrum application", [SPECTRUM, NO_RECORD]],
  ])("cuts everybody off where %s leads to it", async (_, parts) => {
    expect((await renamed(...parts)).one).toMatchObject({
      verdict: "refuted",
      done: ["delete cloudflare_dns_record.one"],
      pending: ["create cloudflare_dns_record.two"],
    });
  });
});
