import { type PlannedResource, reviewPlan, type Written } from "../support/plan";
import { EIP, edgeRule, GROUP, instance, record, zone } from "../support/site";

const app = (values: Written, refs: PlannedResource["refs"] = {}): PlannedResource => ({
  address: "cloudflare_spectrum_application.app",
  values: { protocol: "tcp/443", dns: { type: "CNAME", name: "app.example.com" }, ...values },
  refs: { zone_id: ["cloudflare_zone.main.id"], ...refs },
});

function lines(...resources: readonly PlannedResource[]): string[] {
  return reviewPlan([...zone(), ...resources])
    .paths.map(({ hostname, family, origin, certain, availability }) => {
      const where = origin.resource ?? origin.address ?? "?";
      return `${hostname} ${where} ${family} ${origin.scheme} ${origin.port}${certain ? "" : "?"} ${availability.verdict}`;
    })
    .sort();
}

const WEB = [EIP, instance(), GROUP, edgeRule()];
const origin = {
  ...record({ values: { name: "origin.example.com", proxied: false } }),
  address: "cloudflare_dns_record.origin",
};

describe("Spectrum applications", () => {
  it("have a path to each direct origin, on its port", () => {
    const two = app({
      origin_direct: ["tcp://198.51.100.7:8443", "tcp://[2001:db8::7]:22"],
      tls: "full",
    });
    expect(lines(two)).toEqual([
      "app.example.com 198.51.100.7 4 https 8443 undetermined",
      "app.example.com 2001:db8::7 6 https 22 undetermined",
    ]);
    expect(lines(app({ origin_direct: ["tcp://10.0.0.1:443"] }))).toEqual([
      "app.example.com 10.0.0.1 4 https 443 refuted",
    ]);
  });

  it("lead to a name, on the port of the origin or their own", () => {
    const named = (more: Written) =>
      lines(origin, ...WEB, app({ origin_dns: { name: "origin.example.com" }, ...more }));
    expect(named({})).toEqual(["app.example.com aws_eip.web 4 https 443 proved"]);
    expect(named({ origin_port: 22 })).toEqual(["app.example.com aws_eip.web 4 http 22 refuted"]);
    expect(named({ origin_port: 22, tls: "strict" })).toEqual([
      "app.example.com aws_eip.web 4 https 22 refuted",
    ]);
    expect(named({ protocol: "tcp/22", origin_port: 443, tls: "flexible" })).toEqual([
      "app.example.com aws_eip.web 4 http 443 proved",
    ]);
  });

  it.each<[string, Written, PlannedResource["refs"]]>([
    [
      "a range of ports",
      { protocol: "tcp/1000-2000", origin_direct: ["tcp://198.51.100.7:1000-2000"] },
      {},
    ],
    ["UDP", { protocol: "udp/53", origin_direct: ["udp://198.51.100.7:53"] }, {}],
    ["a range at the origin", { origin_direct: ["tcp://198.51.100.7:1-2"] }, {}],
    ["an origin that apply tells", {}, { origin_direct: ["aws_eip.web.public_ip"] }],
    ["TLS that apply tells", { origin_direct: ["tcp://198.51.100.7:443"] }, { tls: ["var.tls"] }],
    ["no origin", {}, {}],
    [
      "the HTTP settings of the zone",
      { traffic_type: "https", origin_direct: ["tcp://10.0.0.1:443"] },
      {},
    ],
  ])("with %s are undetermined", (_, values, refs) => {
    const found = lines(...WEB, app(values, refs));
    expect(found.length).toBeGreaterThan(0);
    expect(
      found.every((line) => line.startsWith("app.example.com") && line.endsWith("undetermined")),
    ).toBe(true);
  });

  it("leave the records of other names alone", () => {
    const found = lines(record(), ...WEB, app({ origin_direct: ["tcp://10.0.0.1:443"] }));
    expect(found).toContain("www.example.com aws_eip.web 4 https 443 proved");
  });
});
