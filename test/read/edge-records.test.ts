import { NO_CONFIG } from "../../lib/rules/config";
import {
  idsOf,
  type PlannedResource,
  planOf,
  reviewOf,
  reviewPlan,
  verdicts,
  type Written,
} from "../support/plan";
import { EIP, edgeRule, GROUP, instance, record, site, siteWith, zone } from "../support/site";

const paths = (resources: readonly PlannedResource[]) => verdicts(reviewPlan(resources));
const setting = (
  id: string,
  value: unknown,
  parts: Partial<PlannedResource> = {},
): PlannedResource => ({
  address: `cloudflare_zone_setting.${id}`,
  values: { setting_id: id, value },
  refs: { zone_id: ["cloudflare_zone.main.id"] },
  ...parts,
});
const ONLY_443 = ["www.example.com IPv4 tcp/443: proved, proved"];
const PORTS = (resources: readonly PlannedResource[]) =>
  reviewPlan(resources)
    .paths.map((path) => `${path.origin.port}${path.certain ? "" : "?"}`)
    .sort();

describe("settings of a zone", () => {
  it("of a new zone that sets nothing are Cloudflare's defaults", () => {
    const bare = site().filter((each) => !each.address.startsWith("cloudflare_zone_setting"));
    expect(PORTS(bare)).toEqual(["443?", "80"]);
  });

  it("of a zone that exists are unknown where the input sets none", () => {
    const known = { id: "z", name: "example.com", status: "active", paused: false };
    const old = {
      ...zone()[0],
      address: "cloudflare_zone.main",
      values: known,
      before: known,
      actions: ["no-op"],
      computed: ["status", "paused", "id"],
    };
    const bare = siteWith(old).filter(
      (each) => !each.address.startsWith("cloudflare_zone_setting"),
    );
    expect(PORTS(bare)).toEqual(["443?", "80?"]);
  });

  it.each<[string, PlannedResource]>([
    [
      "an unknown value",
      {
        ...setting("ssl", undefined),
        values: { setting_id: "ssl" },
        refs: { zone_id: ["cloudflare_zone.main.id"], value: ["var.ssl"] },
      },
    ],
    ["a mode that does not exist", setting("ssl", "Strict")],
    ["a value that is no text", setting("ssl", { mode: "strict" })],
    [
      "a second setting of the same id",
      setting("ssl", "off", { address: "cloudflare_zone_setting.again" }),
    ],
    [
      "a setting whose id is unknown",
      {
        ...setting("x", "off"),
        values: { value: "off" },
        refs: { zone_id: ["cloudflare_zone.main.id"], setting_id: ["var.id"] },
      },
    ],
    [
      "a setting whose zone is unknown",
      {
        ...setting("ssl", "off", { address: "cloudflare_zone_setting.stray" }),
        refs: { zone_id: ["var.zone", "cloudflare_zone.main.id"] },
      },
    ],
  ])("are open with %s", (_, changed) => {
    const ports = PORTS(siteWith(changed));
    expect(ports).toContain("80?");
    expect(ports).toContain("443?");
  });

  it("of another zone are another's", () => {
    const other = {
      address: "cloudflare_zone.other",
      values: { name: "example.net" },
      computed: ["id"],
    };
    const off = setting("ssl", "off", {
      address: "cloudflare_zone_setting.other",
      refs: { zone_id: ["cloudflare_zone.other.id"] },
    });
    expect(paths(siteWith(other, off))).toEqual(ONLY_443);
  });

  it("are found by the zone's id as by its block", () => {
    const known = { id: "z", name: "example.com", status: "active", paused: false };
    const old = {
      ...zone()[0],
      address: "cloudflare_zone.main",
      values: known,
      before: known,
      actions: ["no-op"],
      computed: ["status", "paused", "id"],
    };
    const literal = (resource: PlannedResource): PlannedResource =>
      resource.refs?.zone_id === undefined
        ? resource
        : {
            ...resource,
            values: { ...resource.values, zone_id: "z" },
            refs: Object.fromEntries(
              Object.entries(resource.refs).filter(([name]) => name !== "zone_id"),
            ),
          };
    const [mixed, ...rest] = siteWith(old).map((each, index) =>
      index % 2 === 0 ? literal(each) : literal(each),
    );
    expect(paths([...(mixed === undefined ? [] : [mixed]), ...rest])).toEqual(ONLY_443);
    const outside = [mixed, ...rest].flatMap((each) =>
      each === undefined || each.address === "cloudflare_zone.main" ? [] : [each],
    );
    expect(paths(outside)).toEqual(ONLY_443);
  });

  it("are found through a data source, by either of its ids", () => {
    const data = (attribute: string) => ({
      data: { cloudflare_zone: { main: { filter: { name: "example.com" } } } },
      resource: {
        cloudflare_zone_setting: Object.fromEntries(
          [
            ["ssl", "strict"],
            ["always_use_https", "on"],
            ["ssl_automatic_mode", "custom"],
          ].map(([setting_id, value]) => [
            setting_id,
            { zone_id: `\${data.cloudflare_zone.main.${attribute}}`, setting_id, value },
          ]),
        ),
        cloudflare_dns_record: {
          www: {
            zone_id: "${data.cloudflare_zone.main.id}",
            name: "www.example.com",
            type: "A",
            proxied: true,
            content: "198.51.100.7",
          },
        },
      },
    });
    for (const attribute of ["id", "zone_id"]) {
      expect(verdicts(reviewOf([data(attribute)]))).toEqual([
        "www.example.com IPv4 tcp/443: undetermined, undetermined",
      ]);
    }
  });

  it("that are paused, pending or unread leave availability open", () => {
    const state = (values: Written) =>
      siteWith({
        ...zone()[0],
        address: "cloudflare_zone.main",
        values: { id: "z", name: "example.com", ...values },
        actions: ["no-op"],
        computed: ["id"],
      });
    for (const [values, id] of [
      [{ paused: true }, "cloudflare/zone-paused"],
      [{ status: "pending" }, "cloudflare/zone-not-active"],
    ] as const) {
      const review = reviewPlan(state(values));
      expect(review.summary.availability.undetermined).toBe(review.paths.length);
      expect(idsOf(review).reasons).toContain(id);
    }
  });

  it.each<[string, Written]>([
    ["cloudflare_page_rule", {}],
    ["cloudflare_ruleset", { phase: "http_request_something_new" }],
    ["cloudflare_ruleset", {}],
    ["cloudflare_zone_dns_settings", { zone_mode: "dns_only" }],
  ])("are not decided beside %s %p", (type, values) => {
    const rule = { address: `${type}.x`, values, refs: { zone_id: ["cloudflare_zone.main.id"] } };
    const review = reviewPlan([...site(), rule]);
    expect(review.summary.availability).toEqual({ proved: 0, refuted: 0, undetermined: 1 });
    expect(idsOf(review).reasons).toContain("cloudflare/rule-not-read");
  });

  it.each<[string, Written]>([
    ["cloudflare_ruleset", { phase: "http_request_firewall_custom" }],
    ["cloudflare_ruleset", { phase: "http_ratelimit" }],
    ["cloudflare_ruleset", { phase: "http_request_cache_settings" }],
    ["cloudflare_ruleset", { phase: "http_request_late_transform" }],
    ["cloudflare_ruleset", { phase: "http_response_headers_transform" }],
    ["cloudflare_ruleset", { phase: "http_request_origin" }],
    ["cloudflare_ruleset", { phase: "http_config_settings" }],
    ["cloudflare_zone_settings_override", {}],
    ["cloudflare_workers_route", {}],
    ["cloudflare_zone_dns_settings", { zone_mode: "standard" }],
    ["cloudflare_tiered_cache", {}],
  ])("are decided beside %s %p", (type, values) => {
    const rule = { address: `${type}.x`, values, refs: { zone_id: ["cloudflare_zone.main.id"] } };
    expect(paths([...site(), rule])).toEqual(ONLY_443);
  });
});

describe("names of records", () => {
  it.each([
    ["www", "www.example.com"],
    ["WWW.Example.COM.", "www.example.com"],
    ["@", "example.com"],
    ["example.com", "example.com"],
    ["*", "*.example.com"],
    ["notexample.com", "notexample.com.example.com"],
  ])("%s is %s", (name, hostname) => {
    expect(
      reviewPlan(siteWith(record({ values: { name } }))).paths.map((path) => path.hostname),
    ).toEqual([hostname]);
  });

  it("are kept as they are where the zone's name is not known", () => {
    const review = reviewPlan(
      siteWith({
        ...record({ values: { zone_id: "z", name: "www" } }),
        refs: { content: ["aws_eip.web.public_ip"] },
      }),
    );
    expect(new Set(review.paths.map((path) => path.hostname))).toEqual(new Set(["www"]));
  });
});

describe("several records", () => {
  const second = (values: Written, parts: Partial<PlannedResource> = {}): PlannedResource => ({
    ...record({ values: { content: "198.51.100.7", ...values } }),
    address: "cloudflare_dns_record.second",
    ...parts,
  });

  it("of one name: one that is proxied makes all proxied", () => {
    expect(reviewPlan([...site(), second({ proxied: false })]).paths).toHaveLength(2);
    expect(
      reviewPlan([...site(), second({ proxied: false, name: "ssh.example.com" })]).paths,
    ).toHaveLength(1);
    expect(reviewPlan([...site(), second({ proxied: false, name: "www" })]).paths).toHaveLength(2);
  });

  it("that may be proxied are possible paths", () => {
    const { proxied: _, ...values } = record().values ?? {};
    const open = { ...record(), values, refs: { ...record().refs, proxied: ["var.proxied"] } };
    const closed = siteWith(open, edgeRule({ cidr_blocks: ["10.0.0.0/8"] }));
    expect(paths(siteWith(open))).toEqual(ONLY_443);
    expect(paths(closed)).toEqual(["www.example.com IPv4 tcp/443: undetermined, proved"]);
  });

  it("of an unknown type may be addresses of either family", () => {
    const { type: _, ...values } = record().values ?? {};
    const open = { ...record(), values, refs: { ...record().refs, type: ["var.type"] } };
    const review = reviewPlan(siteWith(open));
    expect(review.paths.map((path) => path.family).sort()).toEqual([4, 6]);
    expect(review.summary.availability.undetermined).toBe(2);
  });

  it("of other types are no paths", () => {
    expect(reviewPlan(siteWith(record({ values: { type: "TXT" } }))).paths).toEqual([]);
  });

  it("of provider version 4 have their content under `value`", () => {
    const old: PlannedResource = {
      address: "cloudflare_record.www",
      values: { name: "www", type: "A", proxied: true },
      refs: { zone_id: ["cloudflare_zone.main.id"], value: ["aws_eip.web.public_ip"] },
      computed: ["content", "hostname"],
    };
    expect(paths([...zone(), old, EIP, instance(), GROUP, edgeRule()])).toEqual(ONLY_443);
  });

  it("that are originless have no path", () => {
    for (const [type, content] of [
      ["A", "192.0.2.1"],
      ["AAAA", "100::"],
    ] as const) {
      expect(reviewPlan(siteWith(record({ values: { type, content } }))).paths).toEqual([]);
    }
    const alias = second({ type: "CNAME", name: "x.example.com", content: "www.example.com" });
    expect(
      reviewPlan([...siteWith(record({ values: { content: "192.0.2.1" } })), alias]).paths,
    ).toEqual([]);
  });
});

describe("the origins of records", () => {
  const cname = (
    name: string,
    target: string | undefined,
    refs: PlannedResource["refs"] = {},
    proxied = true,
  ): PlannedResource => ({
    address: `cloudflare_dns_record.${name}`,
    values: {
      name: `${name}.example.com`,
      type: "CNAME",
      proxied,
      ...(target === undefined ? {} : { content: target }),
    },
    refs: { zone_id: ["cloudflare_zone.main.id"], ...refs },
  });
  const of = (resources: readonly PlannedResource[], name: string) =>
    paths(resources).filter((line) => line.startsWith(`${name}.`));

  it("are followed through names, by value and by reference", () => {
    const chain = [
      ...site(),
      cname("a", "b.example.com."),
      cname("b", "WWW.example.com", {}, false),
    ];
    expect(of(chain, "a")).toEqual(["a.example.com IPv4 tcp/443: proved, proved"]);
    const named = [
      ...site(),
      cname("a", undefined, { content: ["cloudflare_dns_record.www.name"] }),
    ];
    expect(of(named, "a")).toEqual(["a.example.com IPv4 tcp/443: proved, proved"]);
  });

  it("are only possible where a name is one of several", () => {
    const other = {
      ...record({ values: { name: "other.example.com" } }),
      address: "cloudflare_dns_record.other",
    };
    const closed = siteWith(edgeRule({ cidr_blocks: ["10.0.0.0/8"] }));
    const either = cname("a", undefined, {
      content: ["cloudflare_dns_record.www.name", "cloudflare_dns_record.other.name"],
    });
    expect(of([...closed, other, either], "a")).toEqual([
      "a.example.com IPv4 tcp/443: undetermined, proved",
    ]);
  });

  it("are unknown behind another attribute, a name outside, or a loop", () => {
    for (const [target, refs] of [
      [undefined, { content: ["cloudflare_dns_record.www.id"] }],
      ["example.net", {}],
      ["a.example.com", {}],
    ] as const) {
      expect(of([...site(), cname("a", target, refs)], "a")).toEqual([
        "a.example.com IPv4 tcp/443: undetermined, undetermined",
        "a.example.com IPv6 tcp/443: undetermined, undetermined",
      ]);
    }
  });

  it("that depend on a condition are possible, never refuted", () => {
    const closed = siteWith(
      edgeRule({ cidr_blocks: ["10.0.0.0/8"] }),
      record({ refs: { content: ["var.blue", "aws_eip.web.public_ip"] } }),
    );
    expect(paths(closed)).toContain("www.example.com IPv4 tcp/443: undetermined, proved");
    expect(paths(closed).some((line) => line.includes("refuted"))).toBe(false);
  });

  it("that lead into Cloudflare, or nowhere, are refuted", () => {
    for (const content of ["104.16.0.1", "10.0.0.1", "127.0.0.1", "224.0.0.1"]) {
      expect(paths(siteWith(record({ values: { content } })))).toEqual([
        "www.example.com IPv4 tcp/443: refuted, proved",
      ]);
    }
  });

  it("may be declared, but not by an address that two inputs have", () => {
    const literal = siteWith(record({ values: { content: "198.51.100.7" } }));
    const config = { ...NO_CONFIG, origins: { "198.51.100.7": ["aws_instance.web"] } };
    const once = reviewOf([planOf({ resources: literal })], config);
    expect(verdicts(once)).toEqual(ONLY_443);
    expect(idsOf(once).assumptions).toContain("config/origin");
    const twice = reviewOf(
      [planOf({ resources: literal }), planOf({ resources: [instance()] })],
      config,
    );
    expect(verdicts(twice)).toEqual(["www.example.com IPv4 tcp/443: undetermined, undetermined"]);
  });

  it("of IPv6 are asked about IPv6", () => {
    const aaaa = record({
      values: { type: "AAAA" },
      refs: { content: ["aws_instance.web.ipv6_addresses[0]"] },
    });
    expect(paths(siteWith(aaaa))).toEqual(["www.example.com IPv6 tcp/443: refuted, proved"]);
    const open = siteWith(aaaa, edgeRule({ ipv6_cidr_blocks: ["::/1", "8000::/1"] }));
    expect(paths(open)).toEqual(["www.example.com IPv6 tcp/443: proved, refuted"]);
  });
});
