import { ANYWHERE, type Blocks, changed, group, onPort, site, synth } from "../../support/balancer";
import { idsOf, reviewOf, type Written } from "../../support/plan";

const ZONE_ID = "${cloudflare_zone.example.id}";
const IN_ZONE = { zone_id: ZONE_ID };
const ARN = "${aws_lb_target_group.api.arn}";
const APP = "${aws_lb_target_group.app.arn}";
const hosts = (...values: readonly string[]): Written => ({ host_header: [{ values }] });
const paths = (...values: readonly string[]): Written => ({ path_pattern: [{ values }] });

/** Listener rules of www.example.com's balancer, all to a target that is closed to it. */
function behind(rules: readonly (readonly Written[])[], more: Blocks = {}): Blocks {
  const aws_lb_listener_rule = Object.fromEntries(
    rules.map((condition, index) => [
      `rule${index}`,
      {
        listener_arn: "${aws_lb_listener.https.arn}",
        priority: 10 + index,
        condition,
        action: [{ type: "forward", target_group_arn: ARN }],
      },
    ]),
  );
  const closed: Blocks = {
    aws_lb_target_group: { api: { name: "api", port: 8081, protocol: "HTTP" } },
    aws_lb_target_group_attachment: {
      api: { target_group_arn: ARN, target_id: "${aws_instance.app.id}" },
    },
  };
  const zone: Blocks = {
    cloudflare_zone: { example: { name: "example.com", account: { id: "1" } } },
    cloudflare_zone_setting: {
      ...{ ssl: IN_ZONE, always_use_https: IN_ZONE, ssl_automatic_mode: IN_ZONE },
    },
    cloudflare_dns_record: { www: IN_ZONE },
  };
  const parts = [closed, zone, { aws_lb_listener_rule }, more];
  return parts.reduce((blocks, part) => changed(blocks, part), site());
}

const reviewed = (...given: Parameters<typeof behind>) => reviewOf([synth(behind(...given))]);

function decided(...given: Parameters<typeof behind>): readonly string[] {
  const review = reviewed(...given);
  return [
    ...review.paths.map(({ availability }) => availability.verdict),
    ...idsOf(review).reasons,
  ];
}

const OPEN = ["undetermined", "aws/target-ingress"];

describe("a listener rule about hosts, to a closed target", () => {
  it.each<[string, readonly Written[]]>([
    ["another name", [hosts("other.example.org")]],
    ["a pattern of other names", [hosts("*.example.org", "api.*")]],
    ["another name, and a path", [hosts("other.example.org"), paths("/api/*")]],
    ["another name, and what is not read", [hosts("a.example.org"), paths("${var.path}")]],
  ])("is nothing to a hostname where it is about %s", (_, condition) => {
    expect(decided([condition])).toEqual(["proved"]);
  });

  it.each<[string, readonly Written[]]>([
    ["its name", [hosts("www.example.com")]],
    ["its name in capitals", [hosts("WWW.Example.com")]],
    ["its name among others", [hosts("other.example.org", "*.example.com")]],
    ["its name, and a path", [hosts("www.example.com"), paths("/api/*")]],
  ])("refutes availability where it is about %s", (_, condition) => {
    expect(decided([condition])).toEqual(["refuted"]);
  });

  it.each<[string, readonly Written[]]>([
    ["a value known after apply", [hosts("${var.host}")]],
    ["a pattern with ?", [hosts("ww?.example.com")]],
    ["a regular expression", [{ host_header: [{ regex_values: ["^www"] }] }]],
    ["its name, and a header", [hosts("www.example.com"), { http_header: [{}] }]],
  ])("leaves it open where it is about %s", (_, condition) => {
    const [verdict, ...reasons] = decided([condition]);
    expect([verdict, reasons.includes("aws/target-ingress")]).toEqual(["undetermined", true]);
  });

  it("is nothing behind a rule that takes all of the hostname's requests", () => {
    const open = { rule0: { action: [{ type: "forward", target_group_arn: APP }] } };
    const first = { aws_lb_listener_rule: open };
    expect(decided([[hosts("www.example.com")], [paths("/api/*")]], first)).toEqual(["proved"]);
    expect(decided([[hosts("other.example.org")], [paths("/api/*")]], first)).toEqual(["refuted"]);
  });

  it("does not make an origin exclusive that others reach by another host", () => {
    const everybody = onPort(443, { cidr_blocks: ["0.0.0.0/0"] });
    const lb = group([everybody], [ANYWHERE]);
    const wide = { aws_security_group: { lb } };
    const exclusivity = (...given: Parameters<typeof behind>) =>
      reviewed(...given).paths.map((path) => path.exclusivity.verdict);
    expect(exclusivity([[hosts("www.example.com")]])).toEqual(["proved"]);
    expect(exclusivity([[hosts("www.example.com")]], wide)).toEqual(["undetermined"]);
    expect(exclusivity([[hosts("other.example.org")]], wide)).toEqual(["refuted"]);
  });
});

const FOR_SOME = 'http.request.uri.path eq "/x"';

describe("a Host header that is not the visitor's", () => {
  const originRule = (expression: string, parameters: Written): Blocks => ({
    cloudflare_ruleset: {
      x: {
        ...{ zone_id: ZONE_ID, name: "x", kind: "zone", phase: "http_request_origin" },
        rules: [{ enabled: true, expression, action: "route", action_parameters: parameters }],
      },
    },
  });
  const page = (actions: Written): Blocks => ({
    cloudflare_page_rule: {
      x: { zone_id: ZONE_ID, target: "www.example.com/*", status: "active", actions },
    },
  });
  const connector: Blocks = {
    cloudflare_cloud_connector_rules: {
      x: {
        zone_id: ZONE_ID,
        rules: [{ enabled: true, expression: FOR_SOME, parameters: { host: "b.example.net" } }],
      },
    },
  };

  it.each<[string, Blocks]>([
    ["an origin rule", originRule("true", { host_header: "other.example.org" })],
    ["an origin rule for a path", originRule(FOR_SOME, { host_header: "o" })],
    ["a page rule", page({ host_header_override: "other.example.org" })],
    [
      "a Worker",
      { cloudflare_workers_route: { x: { zone_id: ZONE_ID, pattern: "*/*", script: "x" } } },
    ],
    ["Cloud Connector", connector],
  ])("leaves open which rule takes its requests: %s", (_, more) => {
    expect(decided([[hosts("other.example.org")]], more)).toContain("aws/target-ingress");
  });

  it.each<[string, Blocks]>([
    ["of another hostname", originRule('http.host eq "b.example.com"', { host_header: "c.d" })],
    ["that sets the port alone", originRule("true", { origin: { port: 443 } })],
    ["that sets the name for TLS", originRule("true", { sni: { value: "other.example.org" } })],
  ])("is nothing to a rule of the edge %s", (_, more) => {
    expect(decided([[hosts("other.example.org")]], more)).toEqual(["proved"]);
  });
});

describe("a wildcard record before listener rules about hosts", () => {
  const wildcard: Blocks = { cloudflare_dns_record: { www: { name: "*.example.com" } } };

  it("is about every name below", () => {
    expect(decided([[hosts("*.example.com")]], wildcard)).toEqual(["refuted"]);
    expect(decided([[hosts("*.example.org")]], wildcard)).toEqual(["proved"]);
    expect(decided([[hosts("www.example.com")]], wildcard)).toEqual(OPEN);
    const taken = {
      cloudflare_dns_record: {
        www: { name: "*.example.com" },
        own: { ...IN_ZONE, name: "www.example.com", type: "A", content: "192.0.2.1" },
      },
    };
    expect(decided([[hosts("www.example.com")]], taken)).toEqual(["proved"]);
  });
});
