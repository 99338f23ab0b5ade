import { idsOf, type PlannedResource, reviewPlan, type Written } from "../support/plan";
import { EIP, edgeRule, GROUP, instance, record, site, siteWith, zone } from "../support/site";

const ZONE = { zone_id: ["cloudflare_zone.main.id"] };

const balancer = (values: Written = {}, refs: PlannedResource["refs"] = {}): PlannedResource => ({
  address: "cloudflare_load_balancer.www",
  values: { name: "www.example.com", proxied: true, ...values },
  refs: {
    ...ZONE,
    ...(values.default_pools ? {} : { default_pools: ["cloudflare_load_balancer_pool.a.id"] }),
    ...(values.fallback_pool ? {} : { fallback_pool: ["cloudflare_load_balancer_pool.a.id"] }),
    ...refs,
  },
  computed: ["id"],
});

const pool = (name: string, origins: readonly Written[], more: Written = {}): PlannedResource => ({
  address: `cloudflare_load_balancer_pool.${name}`,
  values: { name, origins, ...more },
  computed: ["id"],
});

/** A pool whose only origin is the Elastic IP of the site, or what else is referred to. */
const eipPool = (
  name = "a",
  reference = "aws_eip.web.public_ip",
  origin: Written = {},
): PlannedResource => ({
  ...pool(name, [{ name: "o", enabled: true, ...origin }]),
  unknown: { origins: [{ address: true }] },
  expressions: {
    name: { constant_value: name },
    origins: [
      {
        name: { constant_value: "o" },
        address: { references: [reference, reference.replace(/\.\w+$/, "")] },
      },
    ],
  },
});

const WEB = [EIP, instance(), GROUP, edgeRule()];

function lines(resources: readonly PlannedResource[]): string[] {
  return reviewPlan(resources)
    .paths.map(({ hostname, family, record: by, origin, certain, availability }) => {
      const where = origin.resource ?? origin.address ?? "?";
      return `${hostname} ${by.split(".")[0]?.replace("cloudflare_", "")} ${where} ${family} ${origin.port}${certain ? "" : "?"} ${availability.verdict}`;
    })
    .sort();
}

describe("load balancers", () => {
  it("have a path to each endpoint of each pool", () => {
    expect(lines([...zone(), ...WEB, balancer(), eipPool()])).toEqual([
      "www.example.com load_balancer aws_eip.web 4 443 proved",
    ]);
    const review = reviewPlan([...zone(), ...WEB, balancer(), eipPool()]);
    expect(idsOf(review).reasons).toEqual([]);
  });

  it("use the port of an endpoint", () => {
    expect(
      lines([...zone(), ...WEB, balancer(), eipPool("a", "aws_eip.web.public_ip", { port: 8443 })]),
    ).toEqual(["www.example.com load_balancer aws_eip.web 4 8443 refuted"]);
    expect(
      lines([...zone(), ...WEB, balancer(), eipPool("a", "aws_eip.web.public_ip", { port: 0 })]),
    ).toEqual(["www.example.com load_balancer aws_eip.web 4 443 proved"]);
  });

  const two = [
    pool("a", [
      { name: "1", address: "198.51.100.1", enabled: true },
      { name: "2", address: "2001:db8::2", enabled: true },
      { name: "3", address: "198.51.100.3", enabled: false },
      { name: "4", address: "198.51.100.4", enabled: true, weight: 0 },
    ]),
    pool("b", [{ name: "1", address: "198.51.100.11" }]),
    pool("c", [{ name: "1", address: "198.51.100.21" }], { enabled: false }),
    pool("d", [{ name: "1", address: "198.51.100.31" }]),
  ].map((each, index) => ({ ...each, values: { ...each.values, id: `p${index}` }, computed: [] }));

  it("choose among default, fallback, regional and overriding pools, in the words of both versions", () => {
    const expected = [
      "www.example.com load_balancer 198.51.100.1 4 443 undetermined",
      "www.example.com load_balancer 198.51.100.11 4 443 undetermined",
      "www.example.com load_balancer 198.51.100.4 4 443? undetermined",
      "www.example.com load_balancer 2001:db8::2 6 443 undetermined",
    ];
    const named: Written[] = [
      { default_pools: ["p0", "p2"], fallback_pool: "p1" },
      { default_pools: ["p0"], fallback_pool: "p0", region_pools: { WNAM: ["p1"] } },
      { default_pools: ["p0"], fallback_pool: "p0", pop_pools: { LAX: ["p1", "p2"] } },
      {
        default_pools: ["p0"],
        fallback_pool: "p0",
        rules: [{ name: "r", overrides: { default_pools: ["p1"] } }],
      },
      {
        default_pools: ["p0"],
        fallback_pool: "p0",
        rules: [
          { overrides: { fallback_pool: "p1" } },
          { disabled: true, overrides: { fallback_pool: "p3" } },
        ],
      },
    ];
    for (const values of named) {
      expect(lines([...zone(), ...two, balancer(values)])).toEqual(expected);
    }
    const old = {
      default_pool_ids: ["p0"],
      fallback_pool_id: "p2",
      region_pools: [{ region: "WNAM", pool_ids: ["p1"] }],
    };
    const v4 = { ...balancer(), values: { name: "www", proxied: true, ...old }, refs: ZONE };
    expect(lines([...zone(), ...two, v4])).toEqual(expected);
  });

  it("do not lead to pools of rules about other hostnames", () => {
    const ruled = (condition: string) =>
      lines([
        ...zone(),
        ...two,
        balancer({
          ...{ default_pools: ["p0"], fallback_pool: "p0" },
          rules: [{ name: "r", condition, overrides: { default_pools: ["p1"] } }],
        }),
      ]).some((line) => line.includes("198.51.100.11"));
    expect(ruled('http.host eq "other.example.com"')).toBe(false);
    expect(ruled('http.host eq "www.example.com"')).toBe(true);
    expect(ruled('http.request.uri.path contains "/api"')).toBe(true);
    expect(ruled('ip.geoip.country eq "DE"')).toBe(true);
    expect(ruled("")).toBe(true);
  });

  it("with pools outside the input are undetermined beside the others", () => {
    const found = lines([
      ...zone(),
      ...two,
      balancer({ default_pools: ["p1"], fallback_pool: "elsewhere" }),
    ]);
    expect(found).toContain("www.example.com load_balancer 198.51.100.11 4 443 undetermined");
    expect(found).toContain(
      "www.example.com load_balancer cloudflare_load_balancer.www 4 443? undetermined",
    );
    const open = balancer({ default_pools: ["p1"] }, { fallback_pool: ["var.pool"] });
    expect(lines([...zone(), ...two, open])).toContain(
      "www.example.com load_balancer cloudflare_load_balancer.www 6 443? undetermined",
    );
  });

  it("hold what their lists refer to, under an assumption", () => {
    const several = balancer(
      {},
      {
        default_pools: ["cloudflare_load_balancer_pool.a.id", "cloudflare_load_balancer_pool.b.id"],
      },
    );
    const other = [
      { ...EIP, address: "aws_eip.b", refs: { instance: ["aws_instance.b.id"] } },
      {
        ...instance({ refs: { vpc_security_group_ids: ["aws_security_group.b.id"] } }),
        address: "aws_instance.b",
      },
      { ...GROUP, address: "aws_security_group.b" },
    ];
    const all = [
      ...zone(),
      ...WEB,
      ...other,
      several,
      eipPool(),
      eipPool("b", "aws_eip.b.public_ip"),
    ];
    expect(lines(all)).toEqual([
      "www.example.com load_balancer aws_eip.b 4 443 refuted",
      "www.example.com load_balancer aws_eip.web 4 443 proved",
    ]);
    expect(idsOf(reviewPlan(all)).assumptions).toContain("binding/list-of-ids");
  });

  it("shadow a record of the same name, and no other", () => {
    const all = [...site(), balancer(), eipPool()];
    expect(lines(all)).toEqual(["www.example.com load_balancer aws_eip.web 4 443 proved"]);
    const elsewhere = balancer({ name: "*.example.com" });
    expect(lines([...site(), elsewhere, eipPool()])).toEqual([
      "*.example.com load_balancer aws_eip.web 4 443 proved",
      "www.example.com dns_record aws_eip.web 4 443 proved",
    ]);
  });

  it("that are off leave the record, that may be off leave both", () => {
    const record = "www.example.com dns_record aws_eip.web 4 443";
    expect(lines([...site(), balancer({ enabled: false }), eipPool()])).toEqual([
      `${record} proved`,
    ]);
    expect(lines([...site(), balancer({ proxied: false }), eipPool()])).toEqual([]);
    const open = balancer({}, { enabled: ["var.on"] });
    expect(lines([...site(), open, eipPool()])).toEqual([
      `${record}? proved`,
      "www.example.com load_balancer aws_eip.web 4 443? proved",
    ]);
  });

  it("have endpoints by name: records, balancers, none that Cloudflare proxies", () => {
    const by = (address: string) => [
      ...zone(),
      ...WEB,
      balancer(),
      pool("a", [{ name: "1", address }]),
    ];
    const dnsOnly = {
      ...record({ values: { name: "origin.example.com", proxied: false } }),
      address: "cloudflare_dns_record.o",
    };
    expect(lines([...by("origin.example.com"), dnsOnly])).toEqual([
      "www.example.com load_balancer aws_eip.web 4 443 proved",
    ]);
    const proxied = { ...dnsOnly, values: { ...dnsOnly.values, proxied: true } };
    const loop = reviewPlan([...by("Origin.example.com."), proxied]).paths.filter(
      (path) => path.hostname === "www.example.com",
    );
    expect(loop.map((path) => path.availability.verdict)).toEqual(["undetermined", "undetermined"]);
    expect(JSON.stringify(loop)).toContain("error 1000");
    expect(lines(by("origin.example.net"))).toHaveLength(2);
  });

  it("do not reach private addresses, but through a virtual network that is not read", () => {
    const by = (origin: Written) =>
      lines([...zone(), balancer(), pool("a", [{ name: "1", address: "10.0.0.1", ...origin }])]);
    expect(by({})).toEqual(["www.example.com load_balancer 10.0.0.1 4 443 refuted"]);
    expect(by({ virtual_network_id: "v" }).every((line) => line.endsWith("undetermined"))).toBe(
      true,
    );
  });

  it("without an endpoint that is on are undetermined", () => {
    expect(lines([...zone(), balancer(), pool("a", [])])).toHaveLength(2);
    const loop = pool("a", [{ name: "1", address: "www.example.com" }]);
    expect(
      lines([...zone(), balancer({}, { proxied: ["var.on"] }), loop]).every((line) =>
        line.endsWith("undetermined"),
      ),
    ).toBe(true);
  });
});

describe("wildcard records", () => {
  const all = record({ values: { name: "*" } });

  it("are a hostname beside the names below them", () => {
    const named = {
      ...record({ values: { name: "api.example.com", content: "10.0.0.1" } }),
      address: "cloudflare_dns_record.api",
    };
    expect(lines([...siteWith(all), named])).toEqual([
      "*.example.com dns_record aws_eip.web 4 443 proved",
      "api.example.com dns_record 10.0.0.1 4 443 refuted",
    ]);
  });

  it("answer for names that CNAMEs end at, unless a name between is taken", () => {
    const alias = (content: string): PlannedResource => ({
      address: "cloudflare_dns_record.alias",
      values: {
        name: "alias.example.net",
        type: "CNAME",
        proxied: true,
        content,
        zone_id: "other",
      },
    });
    const of = (resources: readonly PlannedResource[]) =>
      lines(resources).filter((line) => line.startsWith("alias") && line.includes("443"));
    expect(of([...siteWith(all), alias("a.b.example.com")])).toEqual([
      "alias.example.net dns_record aws_eip.web 4 443? proved",
    ]);
    const taken = {
      ...record({ values: { name: "b.example.com", content: "198.51.100.9" } }),
      address: "cloudflare_dns_record.b",
    };
    expect(of([...siteWith(all), taken, alias("a.b.example.com")])).toHaveLength(2);
    expect(of([...siteWith(all), alias("example.com")])).toHaveLength(2);
  });

  it("are shadowed by records of any type", () => {
    const text = (more: Partial<PlannedResource> = {}): PlannedResource => ({
      address: "cloudflare_dns_record.text",
      values: { name: "b", type: "TXT", content: "x" },
      refs: { zone_id: ["cloudflare_zone.main.id"] },
      ...more,
    });
    const alias = (content: string): PlannedResource => ({
      address: "cloudflare_dns_record.alias",
      values: { name: "alias", type: "CNAME", proxied: true, content },
      refs: { zone_id: ["cloudflare_zone.main.id"] },
    });
    const of = (resources: readonly PlannedResource[]) =>
      lines([...siteWith(all), ...resources]).filter((line) => line.startsWith("alias"));
    const found = ["alias.example.com dns_record aws_eip.web 4 443? proved"];
    expect(of([alias("c.example.com"), text()])).toEqual(found);
    for (const below of ["b.example.com", "a.b.example.com"]) {
      expect(of([alias(below)])).toEqual(found);
      const none = of([alias(below), text()]);
      expect([none.length, none.join().includes("proved")]).toEqual([2, false]);
    }
  });
});
