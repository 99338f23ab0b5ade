import { renderText } from "../../lib/report/text";
import { type PlannedResource, reviewPlan, type Written } from "../support/plan";
import { EIP, edgeRule, GROUP, instance, record, site, siteWith, zone } from "../support/site";

const ZONE = { zone_id: ["cloudflare_zone.main.id"] };
const WWW = 'http.host eq "www.example.com"';
const WEB = [EIP, instance(), GROUP, edgeRule()];

/** `443 proved` for each path of a record; `?` where its flow is merely possible. */
function ports(resources: readonly PlannedResource[], of = "cloudflare_dns_record.www"): string[] {
  return reviewPlan(resources)
    .paths.filter((path) => path.record === of)
    .map(
      ({ origin, certain, availability }) =>
        `${origin.port}${certain ? "" : "?"} ${availability.verdict}`,
    )
    .sort();
}

function ruleset(
  phase: string,
  rules: readonly Written[],
  parts: Partial<PlannedResource> = {},
): PlannedResource {
  const values = {
    name: "x",
    kind: "zone",
    phase,
    rules: rules.map((rule) => ({ enabled: true, ...rule })),
  };
  return { address: "cloudflare_ruleset.x", values, refs: ZONE, ...parts };
}

const moved = (expression = WWW, port = 8443): Written => ({
  action: "route",
  expression,
  action_parameters: { origin: { port } },
});
const OPEN = ["443? proved", "8443? undetermined"];

describe("rules that may be those of a record's zone", () => {
  const rule = (parts: Partial<PlannedResource>) =>
    ruleset("http_request_origin", [moved()], parts);
  const bare = (values: Written, refs: PlannedResource["refs"]): readonly PlannedResource[] => [
    ...WEB,
    { ...record({ values: { ...values } }), refs: { content: ["aws_eip.web.public_ip"], ...refs } },
  ];

  it("are all those of a plan, where the record's zone can't be told", () => {
    const unknown = bare({}, { zone_id: ["var.a", "local.b"] });
    expect(ports([...zone(), ...unknown, rule({})])).toContain("8443? undetermined");
  });

  it("are those of a zone that is known by something else than its id", () => {
    const literal = bare({ zone_id: "0123" }, {});
    for (const refs of [
      { zone_id: ["data.cloudflare_zone.main.id"] },
      { zone_id: ["var.zone_id"] },
      { zone_id: ["data.cloudflare_zones.all.zones"] },
    ]) {
      expect(ports([...literal, rule({ refs })])).toContain("8443? undetermined");
    }
    const data = (name: string): PlannedResource => ({
      address: "data.cloudflare_zone.main",
      values: { filter: { name } },
      computed: ["id", "zone_id", "name"],
    });
    const byData = rule({ refs: { zone_id: ["data.cloudflare_zone.main.zone_id"] } });
    expect(ports([...literal, data("example.com"), byData])).toContain("8443? undetermined");
    // A zone that the plan creates, and one of another name.
    expect(
      ports([...site(), rule({ values: { ...byData.values, zone_id: "0123" }, refs: {} })]),
    ).toEqual(["443 proved"]);
    expect(ports([...site(), data("example.net"), byData])).toEqual(["443 proved"]);
  });
});

describe("rules that stand in each other's way", () => {
  const page = (name: string, target: string, actions: Written, priority: number) => ({
    address: `cloudflare_page_rule.${name}`,
    values: { target, actions, status: "active", priority },
    refs: ZONE,
  });

  it("are page rules, of which one that changes nothing here may be the first", () => {
    const low = page("low", "*example.com/*", { ssl: "flexible" }, 1);
    const high = page("high", "www.example.com/*", { cache_level: "bypass" }, 2);
    expect(ports([...site(), low, high])).toEqual(["443 proved"]);
  });

  it("are two rulesets of one phase and zone: one of them is overwritten", () => {
    const a = ruleset("http_request_origin", [moved(WWW, 8443)], {
      address: "cloudflare_ruleset.a",
    });
    const b = ruleset("http_request_origin", [moved(WWW, 443)], {
      address: "cloudflare_ruleset.b",
    });
    expect(ports([...site(), a, b])).toEqual(OPEN);
  });
});

describe("dynamic blocks whose elements are known after apply", () => {
  const hidden = (type: string, values: Written, unknown: Written): PlannedResource => ({
    address: `${type}.x`,
    values,
    refs: ZONE,
    unknown,
  });

  it.each<[string, PlannedResource, readonly string[]]>([
    [
      "rules",
      hidden("cloudflare_ruleset", { phase: "http_request_origin" }, { rules: true }),
      ["443 undetermined"],
    ],
    [
      "an origin",
      ruleset(
        "http_request_origin",
        [{ action: "route", expression: "true", action_parameters: [{}] }],
        { unknown: { rules: [{ action_parameters: [{ origin: true }] }] } },
      ),
      ["443 undetermined"],
    ],
    ["snippets", hidden("cloudflare_snippet_rules", {}, { rules: true }), ["443? undetermined"]],
    [
      "a redirect",
      hidden(
        "cloudflare_page_rule",
        { target: "*example.com/*", status: "active", actions: [{}] },
        { actions: [{ forwarding_url: true }] },
      ),
      ["443 undetermined"],
    ],
  ])("are not read: %s", (_, rule, expected) => {
    expect(ports([...site(), rule])).toEqual(expected);
  });

  it("may set any setting", () => {
    const settings = hidden("cloudflare_zone_settings_override", {}, { settings: true });
    const [main] = zone();
    const rest = [...(main === undefined ? [] : [main]), record(), ...WEB];
    expect(ports(rest)).toEqual(["443? proved", "80 refuted"]);
    expect(ports([...rest, settings])).toEqual(["443? proved", "80? undetermined"]);
  });
});

describe("hostnames that are not known in full", () => {
  const named = (values: Written, refs: PlannedResource["refs"] = {}) =>
    siteWith(record({ values, refs }));
  const rule = ruleset("http_request_origin", [moved()]);

  it("may be any that a rule names", () => {
    expect(ports([...named({ name: undefined }, { name: ["var.name"] }), rule])).toEqual(OPEN);
  });

  it("may be completed by a zone whose name is not known", () => {
    const zones = zone().map((each) =>
      each.address === "cloudflare_zone.main"
        ? { ...each, values: {}, computed: ["id", "paused", "status", "name"] }
        : each,
    );
    const rest = WEB;
    expect(ports([...zones, ...rest, record({ values: { name: "www" } }), rule])).toEqual(OPEN);
    const apex = ruleset("http_request_origin", [moved('http.host eq "example.com"')]);
    expect(ports([...zones, ...rest, record({ values: { name: "@" } }), apex])).toEqual(OPEN);
    const deep = ruleset("http_request_origin", [moved('http.host eq "api.eu.example.com"')]);
    expect(ports([...zones, ...rest, record({ values: { name: "api.eu" } }), deep])).toEqual(OPEN);
    const full = record({ values: { name: "www.example.com" } });
    expect(ports([...zones, ...rest, full, deep])).toEqual(["443 proved"]);
    expect(ports([...zones, ...rest, full, rule])).toEqual(["8443 refuted"]);
  });
});

describe("wildcard records", () => {
  it("are not asked about names that have a record of their own", () => {
    const wildcard = { ...record({ values: { name: "*.example.com" } }) };
    const other = { ...record(), address: "cloudflare_dns_record.other" };
    const rule = ruleset("http_request_origin", [moved()]);
    expect(ports([...siteWith(wildcard), rule])).toEqual(["443 proved", "8443? undetermined"]);
    for (const about of [
      rule,
      ruleset("http_request_origin", [moved('lower(http.host) in {"www.example.com"}')]),
      {
        address: "cloudflare_workers_custom_domain.x",
        values: { hostname: "www.example.com", service: "x" },
        refs: ZONE,
      },
      {
        address: "cloudflare_page_rule.x",
        values: { target: "www.example.com/*", actions: { ssl: "flexible" }, status: "active" },
        refs: ZONE,
      },
    ]) {
      expect(ports([...siteWith(wildcard), other, about])).toEqual(["443 proved"]);
    }
    const others = ruleset("http_request_origin", [moved(`not ${WWW}`)]);
    expect(ports([...siteWith(wildcard), other, others])).toEqual(["8443 refuted"]);
    const text = {
      address: "cloudflare_dns_record.text",
      values: { name: "api.example.com", type: "TXT", content: "x" },
      refs: { zone_id: ["cloudflare_zone.main.id"] },
    };
    const about = ruleset("http_request_origin", [moved('http.host eq "api.example.com"')]);
    expect(ports([...siteWith(wildcard), about])).toEqual(["443 proved", "8443? undetermined"]);
    expect(ports([...siteWith(wildcard), text, about])).toEqual(["443 proved"]);
  });
});

describe("pools", () => {
  const pool = (name: string, origins: readonly Written[]): PlannedResource => ({
    address: `cloudflare_load_balancer_pool.${name}`,
    values: { id: `pool-${name}`, name, origins },
    actions: ["no-op"],
  });
  const balancer = (values: Written, parts: Partial<PlannedResource> = {}): PlannedResource => ({
    address: "cloudflare_load_balancer.www",
    values: {
      name: "www.example.com",
      proxied: true,
      default_pools: ["pool-a"],
      fallback_pool: "pool-a",
      ...values,
    },
    refs: ZONE,
    computed: ["id"],
    ...parts,
  });
  const all = (...more: readonly PlannedResource[]) => [
    ...zone(),
    instance(),
    GROUP,
    edgeRule(),
    {
      ...EIP,
      values: { public_ip: "198.51.100.7", instance: "i-1" },
      refs: { instance: ["aws_instance.web.id"] },
    },
    pool("a", [{ name: "o", address: "198.51.100.7" }]),
    ...more,
  ];
  const LB = "cloudflare_load_balancer.www";

  it("of rules that are known after apply may be any", () => {
    expect(ports(all(balancer({})), LB)).toEqual(["443 proved"]);
    const open = balancer({}, { refs: { ...ZONE, rules: ["var.rules"] } });
    expect(ports(all(open), LB)).toContain("443? undetermined");
    const overrides = (reference: string) =>
      balancer(
        { rules: [{ name: "x", condition: "true" }] },
        {
          unknown: { rules: [{ overrides: true }] },
          expressions: {
            zone_id: { references: ["cloudflare_zone.main.id", "cloudflare_zone.main"] },
            rules: { references: [reference] },
          },
        },
      );
    expect(ports(all(overrides("var.overrides")), LB)).toContain("443? undetermined");
    // Overrides that nobody set: no object comes of a reference to an id.
    expect(ports(all(overrides("cloudflare_load_balancer_pool.a.id")), LB)).toEqual(["443 proved"]);
    const dynamic = balancer(
      { default_pools: undefined, fallback_pool: undefined, default_pool_ids: ["pool-a"] },
      { unknown: { rules: true } },
    );
    expect(ports(all(dynamic), LB)).toContain("443? undetermined");
    const pools = all({ ...pool("b", []), unknown: { origins: true } }).map((each) =>
      each.address.endsWith("pool.b") ? { ...each, values: { id: "pool-b" } } : each,
    );
    const two = balancer({ default_pools: ["pool-a", "pool-b"] });
    expect(ports([...pools, two], LB)).toContain("443? undetermined");
  });

  it("do not reach names that Cloudflare proxies, or may", () => {
    const named = pool("a", [{ name: "o", address: "o.example.com" }]);
    const a = (values: Written, refs: PlannedResource["refs"] = {}) => ({
      ...record({ values: { name: "o.example.com", content: "198.51.100.7", ...values }, refs }),
      address: "cloudflare_dns_record.o",
    });
    const of = (each: PlannedResource) =>
      ports(
        [...all().filter(({ address }) => !address.endsWith("pool.a")), named, each, balancer({})],
        LB,
      );
    expect(of(a({ proxied: false }))).toEqual(["443 proved"]);
    expect(of(a({ proxied: undefined }, { proxied: ["var.proxied"] }))).not.toContain("443 proved");
    expect(of(a({ name: "*.example.com" }))).not.toContain("443? proved");
  });
});

describe("redirects", () => {
  it("with parameters known after apply may be by a list", () => {
    const rule = ruleset(
      "http_request_dynamic_redirect",
      [{ action: "redirect", expression: "true" }],
      { unknown: { rules: [{ action_parameters: true }] } },
    );
    expect(ports([...site(), rule])).toEqual(["443? proved"]);
  });
});

describe("hostnames without a path", () => {
  const tunnel: PlannedResource = {
    address: "cloudflare_zero_trust_tunnel_cloudflared.t",
    values: { id: "t-1", name: "t" },
    actions: ["no-op"],
  };
  const app = (name: string, values: Written) => ({
    ...record({ values: { name: `${name}.example.com`, ...values } }),
    address: `cloudflare_dns_record.${name}`,
  });
  const all = [
    ...zone(),
    tunnel,
    app("t", { type: "CNAME", content: "t-1.cfargotunnel.com" }),
    app("p", { content: "192.0.2.1" }),
    {
      address: "cloudflare_load_balancer_pool.t",
      values: {
        id: "pool-t",
        name: "t",
        origins: [{ name: "o", address: "t-1.cfargotunnel.com" }],
      },
      actions: ["no-op"],
    },
    {
      address: "cloudflare_load_balancer.lb",
      values: {
        name: "lb.example.com",
        proxied: true,
        default_pools: ["pool-t"],
        fallback_pool: "pool-t",
      },
      refs: ZONE,
    },
    app("r", { content: "198.51.100.7" }),
    {
      address: "cloudflare_page_rule.r",
      values: {
        target: "r.example.com/*",
        status: "active",
        actions: { forwarding_url: { url: "https://example.net/", status_code: 301 } },
      },
      refs: ZONE,
    },
  ];

  it("are in the report, with what serves them", () => {
    const review = reviewPlan(all);
    expect(review.paths).toEqual([]);
    expect(
      review.originless.map(
        ({ hostname, because, servers }) => `${hostname} ${because} ${servers.join(", ")}`,
      ),
    ).toEqual([
      "lb.example.com tunnel cloudflare_zero_trust_tunnel_cloudflared.t",
      "t.example.com tunnel cloudflare_zero_trust_tunnel_cloudflared.t",
      "p.example.com placeholder ",
      "r.example.com redirect cloudflare_page_rule.r",
    ]);
    const warned = review.findings.filter(({ rule }) => rule === "dns/originless-unserved");
    expect(warned.map(({ subject }) => subject)).toEqual(["cloudflare_dns_record.p"]);
  });

  it("are one line of the text", () => {
    const text = renderText(reviewPlan(all), { width: 400 });
    expect(text).toContain(
      "no path lb.example.com, t.example.com, p.example.com and 1 more (see --format json): a tunnel, which connects to Cloudflare itself; a placeholder address, so Cloudflare connects to no origin; Cloudflare redirects every request\n",
    );
    expect(renderText(reviewPlan(site()))).not.toContain("no path");
  });
});

describe("rules that somebody made in the dashboard", () => {
  it("are assumed absent, but in a zone that the plan creates", () => {
    const assumed = (resources: readonly PlannedResource[]) =>
      reviewPlan(resources).paths.map(({ assumptions }) =>
        assumptions.some(({ id }) => id === "cloudflare/other-rules"),
      );
    expect(assumed(site())).toEqual([false]);
    const [main] = zone();
    const kept = { ...main, address: "cloudflare_zone.main", actions: ["no-op"] };
    expect(assumed(siteWith(kept))).toEqual([true]);
  });
});

describe("a record that is not proxied", () => {
  const cname = (name: string, content: string): PlannedResource => ({
    ...record({ values: { name, type: "CNAME", content, proxied: false } }),
    address: `cloudflare_dns_record.${name.split(".")[0]}`,
  });

  it("is proxied too where it names a record that is, however many names on", () => {
    const review = reviewPlan([
      ...site(),
      cname("a.example.com", "b.example.com"),
      cname("b.example.com", "www.example.com"),
    ]);
    const shown = review.paths.map(
      ({ hostname, certain, availability }) =>
        `${hostname}${certain ? "" : "?"} ${availability.verdict}`,
    );
    expect(shown.sort()).toEqual([
      "a.example.com? proved",
      "b.example.com? proved",
      "www.example.com proved",
    ]);
    expect(review.findings.map(({ rule }) => rule)).not.toContain("exposure/dns-only-record");
  });

  it("that names itself has no path", () => {
    const loop = [cname("a.example.com", "b.example.com"), cname("b.example.com", "a.example.com")];
    expect(reviewPlan([...site(), ...loop]).paths).toHaveLength(1);
  });
});

describe("a zone whose DNS is elsewhere", () => {
  const assumed = (values: Written) => {
    const [own] = zone();
    const typed = {
      ...own,
      address: "cloudflare_zone.main",
      values: { ...own?.values, ...values },
    };
    return reviewPlan(siteWith(typed)).paths[0]?.assumptions.map(({ id }) => id);
  };

  it("is assumed to lead to Cloudflare", () => {
    expect(assumed({ type: "partial" })).toContain("cloudflare/dns-elsewhere");
    expect(assumed({ type: "secondary" })).toContain("cloudflare/dns-elsewhere");
    expect(assumed({ type: "full" })).not.toContain("cloudflare/dns-elsewhere");
    expect(assumed({})).not.toContain("cloudflare/dns-elsewhere");
  });
});

describe("an internal zone", () => {
  it("has no path, and nothing to say about a public one of its name", () => {
    const internal = {
      address: "cloudflare_zone.inside",
      values: { name: "example.com", type: "internal" },
      computed: ["id"],
    };
    const www = {
      ...record({
        values: { content: "10.0.0.1" },
        refs: { zone_id: ["cloudflare_zone.inside.id"] },
      }),
      address: "cloudflare_dns_record.inside",
    };
    const text = { ...www, values: { ...www.values, type: "TXT" } };
    expect(ports([...siteWith(internal), www])).toEqual(["443 proved"]);
    const wildcard = { ...record({ values: { name: "*.example.com" } }) };
    const rule = ruleset("http_request_origin", [moved()]);
    expect(ports([...siteWith(internal, wildcard), text, rule])).toContain("8443? undetermined");
    const [own, ...others] = siteWith();
    const only = { ...own, values: { ...own?.values, type: "internal" } } as typeof internal;
    expect(reviewPlan([only, ...others])).toMatchObject({ paths: [], findings: [] });
  });
});

describe("a CNAME to a name that another zone proxies", () => {
  const led = (account: string) => {
    const other = {
      address: "cloudflare_zone.other",
      values: { name: "example.org", account: { id: account } },
      computed: ["id"],
    };
    const cname = {
      ...record({
        values: { name: "www.example.org", type: "CNAME", content: "www.example.com" },
        refs: { zone_id: ["cloudflare_zone.other.id"] },
      }),
      address: "cloudflare_dns_record.other",
    };
    const [own] = zone();
    const values = { ...own?.values, account: { id: "a" } };
    const main = { ...own, address: "cloudflare_zone.main", values };
    const review = reviewPlan([...siteWith(main), other, cname]);
    return review.paths
      .filter((path) => path.hostname === "www.example.org")
      .map(({ origin }) => origin.resource ?? origin.address);
  };

  it("leads to its origin within one account, and nowhere in another", () => {
    expect(new Set(led("a"))).toEqual(new Set(["aws_eip.web"]));
    expect(new Set(led("b"))).toEqual(new Set(["cloudflare_dns_record.www"]));
  });
});
