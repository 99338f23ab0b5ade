import type { Path } from "../../../lib/model/path";
import { isGoneName, isToGoneName, withGoneNames } from "../../../lib/prove/rollout/gone-names";
import { instanceOf, valuesOf } from "./instances";

const record = (name: string, values: Readonly<Record<string, string>>, type = "dns_record") =>
  instanceOf(`cloudflare_${type}.${name}`, { zone_id: "z", ...values });

const A = record("origin", { name: "origin.example.com", type: "A", content: "192.0.2.1" });
const LED = record("www", {
  name: "www.example.com",
  type: "CNAME",
  content: "origin.example.com",
});

/** What is there of the name that is gone, beside what there was. */
function left(present: readonly ReturnType<typeof record>[], gone = [A]) {
  const found = withGoneNames(present, gone);
  return valuesOf(found.filter((each) => !present.includes(each)));
}

const NOBODY = { "cloudflare_dns_record.origin (destroyed)": expect.anything() };

describe("a name whose record is destroyed", () => {
  it("leads nowhere, in the record's family, proxied by nobody", () => {
    const values = { zone_id: "z", name: "origin.example.com", proxied: false };
    expect(left([LED])).toEqual({
      "cloudflare_dns_record.origin (destroyed)": {
        ...values,
        type: "A",
        content: "0.0.0.0",
        value: "0.0.0.0",
      },
    });
    const gone = record("origin", { name: "origin.example.com", type: "AAAA", content: "::2" });
    expect(left([LED], [gone])).toMatchObject({
      "cloudflare_dns_record.origin (destroyed)": { type: "AAAA", content: "::", value: "::" },
    });
  });

  it("leads nowhere in both families where a CNAME is destroyed", () => {
    const values = { name: "origin.example.com", type: "CNAME", content: "lb.example.net" };
    const found = withGoneNames([LED], [record("origin", values)]);
    const kinds = found.slice(1).map(({ values: own }) => (own as { type: string }).type);
    expect(kinds).toEqual(["A", "AAAA"]);
  });

  it("is left out where nothing leads to it", () => {
    const other = record("www", {
      name: "www.example.com",
      type: "CNAME",
      content: "a.example.net",
    });
    expect(withGoneNames([other], [A])).toEqual([other]);
    expect(left([])).toEqual({});
  });

  it.each([
    ["the same name", "origin.example.com"],
    ["in capitals, with a dot at its end", "ORIGIN.example.com."],
    ["a wildcard", "*.example.com"],
  ])("is answered by another record of %s", (_, name) => {
    const other = record("other", { name, type: "A", content: "192.0.2.2" });
    expect(left([LED, other])).toEqual({});
  });

  it.each(["*.example.net", "*.origin.example.com", "example.com", "www.origin.example.com"])(
    "is not answered by %s",
    (name) => {
      const other = record("other", { name, type: "A", content: "192.0.2.2" });
      expect(left([LED, other])).toEqual(NOBODY);
    },
  );

  it("is answered by a balancer of Cloudflare's, and not by a bucket of that name", () => {
    const balancer = instanceOf("cloudflare_load_balancer.b", { name: "origin.example.com" });
    const hostname = instanceOf("cloudflare_worker.b", { hostname: "origin.example.com" });
    const bucket = instanceOf("aws_s3_bucket.b", { name: "origin.example.com" });
    expect(left([LED, balancer])).toEqual({});
    expect(left([LED, hostname])).toEqual({});
    expect(left([LED, bucket])).toEqual(NOBODY);
  });

  it.each([
    ["cloudflare_record.www", { content: "origin.example.com" }],
    ["cloudflare_record.www", { value: "Origin.example.com." }],
    ["cloudflare_custom_hostname.www", { custom_origin_server: "origin.example.com" }],
    ["cloudflare_custom_hostname_fallback_origin.www", { origin: "origin.example.com" }],
    [
      "cloudflare_load_balancer_pool.www",
      { origins: [{ address: "192.0.2.9" }, { address: "origin.example.com" }] },
    ],
    ["cloudflare_page_rule.www", { actions: { resolve_override: "origin.example.com" } }],
    ["cloudflare_page_rule.www", { actions: [{ resolve_override: "origin.example.com" }] }],
    [
      "cloudflare_ruleset.www",
      { rules: [{}, { action_parameters: { origin: { host: "origin.example.com" } } }] },
    ],
    [
      "cloudflare_ruleset.www",
      { rules: [{ action_parameters: [{ origin: [{ host: "origin.example.com" }] }] }] },
    ],
    ["cloudflare_spectrum_application.www", { origin_dns: { name: "origin.example.com" } }],
  ])("is led to by %s, %j", (address, values) => {
    expect(left([instanceOf(address, values)])).toEqual(NOBODY);
  });

  it("is no matter of other objects, or of values that are no text", () => {
    expect(left([instanceOf("aws_route53_record.x", { content: "origin.example.com" })])).toEqual(
      {},
    );
    const listed = instanceOf("cloudflare_dns_record.x", { content: ["origin.example.com"] });
    expect(left([listed])).toEqual({});
    const bucket = instanceOf("aws_s3_bucket.origin", { name: "origin.example.com" });
    expect(withGoneNames([LED], [bucket])).toEqual([LED]);
  });

  it("is known by where it leads, and by its record", () => {
    const to = (address: string) => isToGoneName({ flow: { origin: { address } } } as Path);
    expect([to("0.0.0.0"), to("::"), to("192.0.2.1")]).toEqual([true, true, false]);
    const [, gone] = withGoneNames([LED], [A]);
    const older = record("origin (destroyed)", {}, "record");
    expect(gone && isGoneName(gone)).toBe(true);
    expect([isGoneName(older), isGoneName(A)]).toEqual([true, false]);
    expect(isGoneName(instanceOf("aws_instance.x (destroyed)", {}))).toBe(false);
  });
});
