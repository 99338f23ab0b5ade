import type { TerraformStack } from "cdktf";
import {
  CloudflarePlan,
  Duration,
  FilteredElsewhere,
  HealthCheck,
  type HealthCheckProps,
  HealthCheckRegion,
  HealthCheckType,
  Zone,
} from "originproof";
import { type Block, errorOf, only, synthStack } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";
const { WESTERN_EUROPE, INDIA, OCEANIA, MIDDLE_EAST, ALL } = HealthCheckRegion;

function build(stack: TerraformStack, props: Partial<HealthCheckProps>, plan: CloudflarePlan) {
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
  const ipv4 = "198.51.100.7";
  const origin = new FilteredElsewhere(stack, "Origin", { ipv4, reason: "test" });
  return new HealthCheck(stack, "Check", { zone, origin, hostname: "www.example.com", ...props });
}

function written(props: Partial<HealthCheckProps>, plan = CloudflarePlan.PRO) {
  let probesPerMinute = 0;
  const resources = synthStack((stack) => {
    probesPerMinute = build(stack, props, plan).probesPerMinute;
  });
  const block: Block = only(resources, "cloudflare_healthcheck");
  return Object.assign({}, block, { probesPerMinute }) as Block;
}

describe("regions of a health check", () => {
  it("are left to Cloudflare by default", () => {
    expect(written({})).not.toHaveProperty("check_regions");
  });

  it("are written once each, sorted", () => {
    expect(written({ regions: [WESTERN_EUROPE, INDIA, INDIA] })).toMatchObject({
      check_regions: ["IN", "WEU"],
    });
  });

  it("are all of Cloudflare's thirteen, and all at once", () => {
    const values = Object.values(HealthCheckRegion).map(String).sort();
    expect(values).toEqual(
      "ALL_REGIONS EEU ENAM IN ME NAF NEAS NSAM OC SAF SEAS SSAM WEU WNAM".split(" "),
    );
  });

  it.each<[readonly HealthCheckRegion[], string, string]>([
    [[], "no-region", "'regions' is empty; leave it out to let Cloudflare pick one"],
    [
      [WESTERN_EUROPE, INDIA, OCEANIA, MIDDLE_EAST],
      "regions-not-in-plan",
      "'regions' has 4 regions, and the plan pro allows 3; " +
        "give fewer, or use a zone whose 'plan' is business",
    ],
    [
      [ALL],
      "regions-not-in-plan",
      "'regions' has ALL_REGIONS, and the plan pro allows 3; " +
        "give fewer, or use a zone whose 'plan' is business",
    ],
    [[ALL, INDIA], "region-beside-all", "'regions' has ALL_REGIONS beside others; give it alone"],
  ])("refuses %s on Pro", (regions, code, text) => {
    expect(errorOf(() => written({ regions }))).toMatchObject({
      code,
      message: `[shop/Check] ${text}`,
    });
  });

  it("have no limit on Business", () => {
    const many = [WESTERN_EUROPE, INDIA, OCEANIA, MIDDLE_EAST];
    expect(written({ regions: many }, CloudflarePlan.BUSINESS).check_regions).toHaveLength(4);
    expect(written({ regions: [ALL] }, CloudflarePlan.BUSINESS).check_regions).toEqual([
      "ALL_REGIONS",
    ]);
  });
});

describe("probes of a health check", () => {
  it.each<[Partial<HealthCheckProps>, number]>([
    [{}, 3],
    [{ regions: [WESTERN_EUROPE, INDIA] }, 6],
    [{ regions: [ALL] }, 39],
    [{ regions: [WESTERN_EUROPE], interval: Duration.seconds(15) }, 12],
    [{ interval: Duration.minutes(2) }, 1.5],
    [{ suspended: true }, 0],
  ])("%j are %d a minute", (props, count) => {
    expect(written(props, CloudflarePlan.ENTERPRISE).probesPerMinute).toBe(count);
  });
});

describe("what a health check asks for", () => {
  it("is written, escaped", () => {
    expect(written({ suspended: true, expectedBody: "ok ${x}" })).toMatchObject({
      suspended: true,
      http_config: { expected_body: "ok $${x}" },
    });
  });

  it("means nothing with TCP", () => {
    const { TCP } = HealthCheckType;
    expect(errorOf(() => written({ type: TCP, path: "/" }))).toMatchObject({
      code: "http-prop-with-tcp",
      message:
        "[shop/Check] 'path' means nothing with TCP, which only opens a connection; " +
        "leave it out, or use HealthCheckType.HTTPS",
    });
    expect(errorOf(() => written({ type: TCP, allowInsecure: false }))).toMatchObject({
      code: "http-prop-with-tcp",
    });
  });

  it("is the origin's name, never the proxied one", () => {
    const to = (hostname: string) =>
      only(
        synthStack((stack) => {
          const zone = new Zone(stack, "Zone", {
            name: "example.com",
            accountId,
            maxHealthChecks: 1,
          });
          const origin = new FilteredElsewhere(stack, "Origin", { hostname, reason: "test" });
          new HealthCheck(stack, "Check", { zone, origin, hostname: "www.example.com" });
        }),
        "cloudflare_healthcheck",
      ).address;
    expect(to("lb.example.net")).toBe("lb.example.net");
    expect(errorOf(() => to("www.example.com"))).toMatchObject({
      code: "probes-cloudflare",
      message:
        "[shop/Check] 'origin' has www.example.com, which is 'hostname' too: Cloudflare never " +
        "probes a name that it proxies; use an origin that has a name or address of its own",
    });
  });
});
