import { idsOf, type PlannedResource, reviewPlan, verdicts, type Written } from "../support/plan";
import { edgeRule, GROUP, instance, record, site, siteWith } from "../support/site";

const ZONE = { zone_id: ["cloudflare_zone.main.id"] };

/** `443 proved` for each path of a hostname; `?` where its flow is merely possible. */
function ports(resources: readonly PlannedResource[], hostname = "www.example.com"): string[] {
  return reviewPlan(resources)
    .paths.filter((path) => path.hostname === hostname)
    .map(
      ({ origin, certain, availability }) =>
        `${origin.port}${certain ? "" : "?"} ${availability.verdict}`,
    )
    .sort();
}

function ruleset(phase: string, rules: readonly Written[], parts: Partial<PlannedResource> = {}) {
  const values = {
    name: "x",
    kind: "zone",
    phase,
    rules: rules.map((rule) => ({ enabled: true, ...rule })),
  };
  return { address: "cloudflare_ruleset.x", values, refs: ZONE, ...parts };
}

const route = (expression: string, action_parameters: Written, more: Written = {}): Written => ({
  action: "route",
  expression,
  action_parameters,
  ...more,
});
const origin = (...rules: Written[]) => ruleset("http_request_origin", rules);
const WWW = 'http.host eq "www.example.com"';

describe("origin rules", () => {
  it.each<[string, Written, readonly string[]]>([
    ["a port", route(WWW, { origin: { port: 8443 } }), ["8443 refuted"]],
    ["a port of version 4's blocks", route(WWW, { origin: [{ port: 8443 }] }), ["8443 refuted"]],
    [
      "a port for another name",
      route('http.host eq "api.example.com"', { origin: { port: 8443 } }),
      ["443 proved"],
    ],
    [
      "a rule that is off",
      route(WWW, { origin: { port: 8443 } }, { enabled: false }),
      ["443 proved"],
    ],
    ["the same port", route("true", { origin: { port: 443 } }), ["443 proved"]],
    [
      "Host header and SNI alone",
      route("true", { host_header: "a.example.com", sni: { value: "b" } }),
      ["443 proved"],
    ],
    [
      "a port for some paths",
      route('starts_with(http.request.uri.path, "/api/")', { origin: { port: 8443 } }),
      ["443 proved", "8443 refuted"],
    ],
    [
      "a port for whom nobody can tell",
      route("ip.src in $office", { origin: { port: 8443 } }),
      ["443? proved", "8443? undetermined"],
    ],
    [
      "an expression that can't be read",
      route("http.host is 'x'", { origin: { port: 8443 } }),
      ["443? proved", "8443? undetermined"],
    ],
    ["a port out of range", route(WWW, { origin: { port: 70_000 } }), ["443 undetermined"]],
    ["an action of another kind", { action: "execute", expression: WWW }, ["443 undetermined"]],
    [
      "an action of another kind for another name",
      { action: "execute", expression: "false" },
      ["443 proved"],
    ],
  ])("%s", (_, rule, expected) => {
    expect(ports([...site(), origin(rule)])).toEqual(expected);
  });

  it("of another zone are another's, of an unknown zone possible", () => {
    const rule = origin(route("true", { origin: { port: 8443 } }));
    const zone = {
      address: "cloudflare_zone.b",
      values: { name: "example.net" },
      computed: ["id"],
    };
    expect(
      ports([...site(), zone, { ...rule, refs: { zone_id: ["cloudflare_zone.b.id"] } }]),
    ).toEqual(["443 proved"]);
    expect(
      ports([...site(), { ...rule, refs: { zone_id: ["var.a", "cloudflare_zone.main.id"] } }]),
    ).toEqual(["443? proved", "8443? undetermined"]);
  });

  it("known after apply are undetermined, with the rule as the reason", () => {
    const open = origin(route(WWW, { origin: {} }));
    const review = reviewPlan([
      ...site(),
      { ...open, unknown: { rules: [{ action_parameters: { origin: { port: true } } }] } },
    ]);
    expect(idsOf(review).reasons).toContain("cloudflare/rule-not-read");
    const all: PlannedResource = {
      ...origin(),
      values: { phase: "http_request_origin" },
      refs: { ...ZONE, rules: ["var.rules"] },
    };
    expect(ports([...site(), all])).toEqual(["443 undetermined"]);
  });

  it("lead to another name of the input, or out of it", () => {
    const other = [
      {
        ...record({ values: { name: "b.example.com", proxied: false } }),
        address: "cloudflare_dns_record.b",
        refs: { ...ZONE, content: ["aws_instance.b.public_ip"] },
      },
      {
        ...instance({ refs: { vpc_security_group_ids: ["aws_security_group.b.id"] } }),
        address: "aws_instance.b",
      },
      { ...GROUP, address: "aws_security_group.b" },
    ];
    const there = reviewPlan([
      ...site(),
      ...other,
      origin(route(WWW, { origin: { host: "B.example.com" } })),
    ]);
    expect(
      there.paths.map(
        (path) => `${path.hostname} ${path.origin.resource} ${path.availability.verdict}`,
      ),
    ).toEqual(["www.example.com aws_instance.b refuted"]);
    const outside = reviewPlan([
      ...site(),
      origin(route(WWW, { origin: { host: "bucket.example.net" } })),
    ]);
    expect(verdicts(outside)).toEqual([
      "www.example.com IPv4 tcp/443: undetermined, undetermined",
      "www.example.com IPv6 tcp/443: undetermined, undetermined",
    ]);
  });

  it("on some paths leave the record's own path", () => {
    const rule = origin(
      route('http.request.uri.path wildcard "/app/*"', { origin: { host: "bucket.example.net" } }),
    );
    expect(ports([...site(), rule])).toEqual([
      "443 proved",
      "443? undetermined",
      "443? undetermined",
    ]);
  });
});

describe("configuration rules", () => {
  const config = (expression: string, action_parameters: Written) =>
    ruleset("http_config_settings", [{ action: "set_config", expression, action_parameters }]);

  it.each<[string, PlannedResource, readonly string[]]>([
    ["a mode", config(WWW, { ssl: "flexible" }), ["80 refuted"]],
    [
      "a mode for another name",
      config('http.host ne "www.example.com"', { ssl: "flexible" }),
      ["443 proved"],
    ],
    [
      "what does not count",
      config(WWW, { automatic_https_rewrites: true, email_obfuscation: false }),
      ["443 proved"],
    ],
    ["a mode that does not exist", config(WWW, { ssl: "Flexible" }), ["443 undetermined"]],
    [
      "a mode that can't be told",
      config("cf.client.bot", { ssl: "flexible" }),
      ["443? proved", "80? undetermined"],
    ],
  ])("%s", (_, rule, expected) => {
    expect(ports([...site(), rule])).toEqual(expected);
  });
});

describe("redirect rules", () => {
  const off = siteWith({
    address: "cloudflare_zone_setting.always_use_https",
    values: { setting_id: "always_use_https", value: "off" },
    refs: ZONE,
  });
  const to = { from_value: { status_code: 301, target_url: { value: "https://example.com/" } } };
  const redirect = (expression: string, parameters: Written = to) =>
    ruleset("http_request_dynamic_redirect", [
      { action: "redirect", expression, action_parameters: parameters },
    ]);

  it("to https take port 80 away, where they surely match", () => {
    expect(ports(off)).toEqual(["443 proved", "80 refuted"]);
    expect(ports([...off, redirect("not ssl")])).toEqual(["443 proved"]);
    expect(ports([...off, redirect(`not ssl and ${WWW}`)])).toEqual(["443 proved"]);
    expect(ports([...off, redirect('not ssl and http.host eq "b.example.com"')])).toEqual([
      "443 proved",
      "80 refuted",
    ]);
    expect(ports([...off, redirect("not ssl and not cf.client.bot")])).toEqual([
      "443 proved",
      "80? undetermined",
    ]);
  });

  it("of everything leave no path", () => {
    expect(ports([...site(), redirect(WWW)])).toEqual([]);
  });

  it("by a list are merely possible", () => {
    const bulk = ruleset(
      "http_request_redirect",
      [
        {
          action: "redirect",
          expression: "true",
          action_parameters: { from_list: { name: "x", key: "http.request.full_uri" } },
        },
      ],
      { refs: {} },
    );
    expect(ports([...site(), bulk])).toEqual(["443? proved"]);
  });

  it("are not told apart on paths that a rewrite changes", () => {
    const split = redirect('not ssl and starts_with(http.request.uri.path, "/")');
    expect(ports([...off, split])).toEqual(["443 proved"]);
    const rewrite = {
      ...ruleset("http_request_transform", [
        {
          action: "rewrite",
          expression: "true",
          action_parameters: { uri: { path: { value: "/x" } } },
        },
      ]),
      address: "cloudflare_ruleset.rewrite",
    };
    const onA = {
      ...origin(route('http.request.uri.path eq "/a"', { origin: { port: 8443 } })),
      address: "cloudflare_ruleset.o",
    };
    expect(ports([...site(), onA])).toEqual(["443 proved", "8443 refuted"]);
    expect(ports([...site(), onA, rewrite])).toEqual(["443? proved", "8443? undetermined"]);
  });
});

describe("page rules", () => {
  const page = (
    target: string,
    actions: Written,
    more: Written = {},
    name = "x",
  ): PlannedResource => ({
    address: `cloudflare_page_rule.${name}`,
    values: { target, actions, status: "active", priority: 1, ...more },
    refs: ZONE,
  });

  it.each<[string, PlannedResource, readonly string[]]>([
    ["a mode", page("*example.com/*", { ssl: "flexible" }), ["80 refuted"]],
    [
      "a mode of version 4's blocks",
      page("*example.com/*", [{ ssl: "flexible" }] as unknown as Written),
      ["80 refuted"],
    ],
    ["a pattern in other letters", page("WWW.Example.com/*", { ssl: "flexible" }), ["80 refuted"]],
    [
      "a pattern with its scheme",
      page("https://www.example.com/*", { ssl: "flexible" }),
      ["80 refuted"],
    ],
    ["the other scheme", page("http://www.example.com/*", { ssl: "flexible" }), ["443 proved"]],
    ["another name", page("api.example.com/*", { ssl: "flexible" }), ["443 proved"]],
    ["a name that ends alike", page("*.www.example.com/*", { ssl: "flexible" }), ["443 proved"]],
    ["one page", page("www.example.com", { ssl: "flexible" }), ["443 proved", "80 refuted"]],
    [
      "some pages",
      page("www.example.com/Shop/*", { ssl: "flexible" }),
      ["443 proved", "80 refuted"],
    ],
    [
      "one that is off",
      page("*example.com/*", { ssl: "flexible" }, { status: "disabled" }),
      ["443 proved"],
    ],
    [
      "one that may be off",
      page("*example.com/*", { ssl: "flexible" }, { status: undefined }),
      ["443? proved", "80? undetermined"],
    ],
    [
      "what does not count",
      page("*example.com/*", { cache_level: "bypass", host_header_override: "a" }),
      ["443 proved"],
    ],
    [
      "a redirect",
      page("*example.com/*", { forwarding_url: { url: "https://example.net/", status_code: 301 } }),
      [],
    ],
    [
      "a redirect of some pages",
      page("*example.com/old/*", {
        forwarding_url: { url: "https://example.net/", status_code: 301 },
      }),
      ["443 proved"],
    ],
    [
      "another origin",
      page("*example.com/*", { resolve_override: "b.example.net" }),
      ["443 undetermined", "443 undetermined"].map((line) => line.replace("443 ", "443? ")),
    ],
  ])("%s", (_, rule, expected) => {
    expect(ports([...site(), rule])).toEqual(expected);
  });

  it("count once: the highest priority that matches", () => {
    const low = page("*example.com/*", { ssl: "flexible" }, { priority: 1 }, "low");
    const high = page("*example.com/*", { ssl: "strict" }, { priority: 2 }, "high");
    expect(ports([...site(), low, high])).toEqual(["443 proved"]);
    const equal = page("*example.com/*", { ssl: "strict" }, { priority: 1 }, "high");
    expect(ports([...site(), low, equal])).toEqual(["443? proved", "80? undetermined"]);
    const elsewhere = page("api.example.com/*", { ssl: "strict" }, { priority: 2 }, "high");
    expect(ports([...site(), low, elsewhere])).toEqual(["80 refuted"]);
  });

  it("redirect http visitors of their own", () => {
    const off = siteWith({
      address: "cloudflare_zone_setting.always_use_https",
      values: { setting_id: "always_use_https", value: "off" },
      refs: ZONE,
    });
    expect(ports([...off, page("http://*example.com/*", { always_use_https: true })])).toEqual([
      "443 proved",
    ]);
    expect(ports([...off, page("http://*example.net/*", { always_use_https: true })])).toEqual([
      "443 proved",
      "80 refuted",
    ]);
  });

  it("known after apply are undetermined", () => {
    const open = {
      ...page("*example.com/*", {}),
      values: { target: "*example.com/*", status: "active" },
      unknown: { actions: true },
    };
    expect(ports([...site(), open])).toEqual(["443 undetermined"]);
    const ssl = {
      ...page("*example.com/*", {}),
      unknown: { actions: { ssl: true } },
      expressions: { actions: { references: ["var.a"] } },
    };
    expect(ports([...site(), ssl])).toEqual(["443 undetermined"]);
  });
});

describe("Workers, Snippets and Cloud Connector", () => {
  const worker = (
    pattern: string,
    script: string | undefined = "w",
    name = "x",
  ): PlannedResource => ({
    address: `cloudflare_workers_route.${name}`,
    values: { pattern, ...(script === "" ? {} : { script }) },
    refs: ZONE,
  });
  const closed = siteWith(edgeRule({ cidr_blocks: ["10.0.0.0/8"] }));

  it("make the record's path merely possible where they match", () => {
    expect(ports([...site(), worker("www.example.com/*")])).toEqual(["443? proved"]);
    expect(ports([...closed, worker("www.example.com/*")])).toEqual(["443? undetermined"]);
    expect(ports([...closed, worker("*example.com/api/*")])).toEqual(["443 refuted"]);
    expect(ports([...closed, worker("*.www.example.com/*")])).toEqual(["443 refuted"]);
    expect(ports([...closed, worker("api.example.com/*")])).toEqual(["443 refuted"]);
    const text = reviewPlan([...closed, worker("www.example.com/*")]).paths[0]?.because;
    expect(text).toBe("only if the Worker of cloudflare_workers_route.x passes requests on");
  });

  it("are kept away by a closer route without a script", () => {
    expect(
      ports([...closed, worker("*example.com/*"), worker("www.example.com/*", "", "y")]),
    ).toEqual(["443 refuted"]);
    expect(
      ports([...closed, worker("www.example.com/*"), worker("*example.com/*", "", "y")]),
    ).toEqual(["443? undetermined"]);
    expect(
      ports([...closed, worker("*example.com/*"), worker("www.example.com/static/*", "", "y")]),
    ).toEqual(["443 refuted"]);
  });

  it("serve a hostname of their own, by a custom domain", () => {
    const domain = (hostname: string) => ({
      address: "cloudflare_workers_custom_domain.x",
      values: { hostname, service: "w" },
      refs: ZONE,
    });
    expect(ports([...closed, domain("www.example.com")])).toEqual(["443? undetermined"]);
    expect(ports([...closed, domain("api.example.com")])).toEqual(["443 refuted"]);
  });

  it.each([
    ["a bucket", "cloudflare_r2_custom_domain", "domain", ZONE],
    ["a site of Pages", "cloudflare_pages_domain", "name", {}],
    ["a site of Pages, by version 4", "cloudflare_pages_domain", "domain", {}],
  ])("serve a hostname: %s", (_, type, name, refs) => {
    const served = (hostname: string) => ({
      address: `${type}.x`,
      values: { [name]: hostname },
      refs,
    });
    expect(ports([...closed, served("www.example.com")])).toEqual(["443? undetermined"]);
    expect(ports([...closed, served("api.example.com")])).toEqual(["443 refuted"]);
  });

  it("of snippets and connectors go by their expressions", () => {
    const listed = (type: string, rule: Written) => ({
      address: `${type}.x`,
      values: { rules: [{ enabled: true, ...rule }] },
      refs: ZONE,
    });
    const snippet = (expression: string) =>
      listed("cloudflare_snippet_rules", { expression, snippet_name: "s" });
    expect(ports([...closed, snippet(WWW)])).toEqual(["443? undetermined"]);
    expect(ports([...closed, snippet("false")])).toEqual(["443 refuted"]);
    const cloud = (expression: string) =>
      listed("cloudflare_cloud_connector_rules", {
        expression,
        provider: "aws_s3",
        parameters: { host: "b.s3.amazonaws.com" },
      });
    expect(ports([...closed, cloud(WWW)])).toEqual(["443? undetermined", "443? undetermined"]);
    expect(ports([...closed, cloud('http.host eq "b.example.com"')])).toEqual(["443 refuted"]);
  });
});

describe("settings in one block, as version 4 of the provider has them", () => {
  const override = (settings: Written, more: Partial<PlannedResource> = {}): PlannedResource => ({
    address: "cloudflare_zone_settings_override.x",
    values: { settings: [settings] },
    refs: ZONE,
    ...more,
  });
  const bare = site().filter((each) => !each.address.startsWith("cloudflare_zone_setting"));

  it("are the zone's", () => {
    expect(ports([...bare, override({ ssl: "strict", always_use_https: "on" })])).toEqual([
      "443 proved",
    ]);
    expect(ports([...bare, override({ ssl: "flexible", always_use_https: "on" })])).toContain(
      "80 refuted",
    );
    expect(ports([...bare, override({ brotli: "on" })])).toEqual(ports(bare));
  });

  it("beside a single setting of the same id are contested", () => {
    expect(ports([...site(), override({ ssl: "flexible" })])).toEqual([
      "443? proved",
      "80? undetermined",
    ]);
    expect(ports([...site(), override({ brotli: "on" })])).toEqual(["443 proved"]);
  });

  it("that are known after apply are open", () => {
    const open = override(
      {},
      {
        unknown: { settings: [{ ssl: true }] },
        expressions: { settings: [{ ssl: { references: ["var.ssl"] } }] },
      },
    );
    expect(ports([...bare, open])).toContain("443? proved");
  });
});

describe("what needs no finding", () => {
  const findings = (resources: readonly PlannedResource[]) =>
    reviewPlan(resources)
      .findings.map((finding) => finding.rule)
      .filter((rule) => !rule.startsWith("resilience/"));

  it("is a placeholder that a Worker serves, and an A record to a host that has IPv6 as well", () => {
    const placeholder = {
      ...record({ values: { name: "api.example.com", content: "192.0.2.0" } }),
      address: "cloudflare_dns_record.api",
    };
    const worker = {
      address: "cloudflare_workers_route.api",
      values: { pattern: "api.example.com/*", script: "api" },
      refs: ZONE,
    };
    const dual = instance({ values: { ipv6_addresses: ["2001:db8::7"] } });
    expect(findings([...siteWith(dual), placeholder, worker])).toEqual([]);
    expect(findings([...siteWith(dual), placeholder])).toEqual(["dns/originless-unserved"]);
  });
});
