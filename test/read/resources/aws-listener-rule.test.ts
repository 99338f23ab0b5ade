import { type Blocks, changed, site, synth } from "../../support/balancer";
import { idsOf, reviewOf, type Written } from "../../support/plan";

const paths = (...values: readonly string[]): Written => ({ path_pattern: [{ values }] });

/** A target group whose target is closed to the balancer. */
const CLOSED: Blocks = {
  aws_lb_target_group: { api: { name: "api", port: 8081, protocol: "HTTP" } },
  aws_lb_target_group_attachment: {
    api: {
      target_group_arn: "${aws_lb_target_group.api.arn}",
      target_id: "${aws_instance.app.id}",
    },
  },
};

function rule(priority: number | string, condition: readonly Written[], group = "api"): Written {
  return {
    listener_arn: "${aws_lb_listener.https.arn}",
    priority,
    condition,
    action: [{ type: "forward", target_group_arn: `\${aws_lb_target_group.${group}.arn}` }],
  };
}

function decided(rules: Readonly<Record<string, Written>>, more: Blocks = {}): readonly string[] {
  const blocks = changed(changed(site(), CLOSED), { aws_lb_listener_rule: rules, ...more });
  const review = reviewOf([synth(blocks)]);
  return [...review.paths.map((path) => path.availability.verdict), ...idsOf(review).reasons];
}

const OPEN = ["undetermined", "aws/target-ingress"];

describe("a rule of a listener that sends to a closed target", () => {
  it.each<[string, readonly Written[]]>([
    ["by its path", [paths("/api/*")]],
    ["by one of its paths", [paths("*/api/?", "/x")]],
  ])("refutes availability where a request surely comes to it: %s", (_, condition) => {
    expect(decided({ api: rule(10, condition) })).toEqual(["refuted"]);
  });

  it.each<[string, readonly Written[]]>([
    ["a header", [{ http_header: [{ http_header_name: "x", values: ["y"] }] }]],
    [
      "the path and something else",
      [paths("/api/*"), { http_request_method: [{ values: ["X"] }] }],
    ],
    ["a pattern that is not read", [paths("/a\\*")]],
    ["a regular expression", [{ path_pattern: [{ regex_values: ["^/api"] }] }]],
    ["a value known after apply", [paths("${var.path}")]],
  ])("leaves it open where it looks at %s", (_, condition) => {
    const reasons = decided({ api: rule(10, condition) });
    expect([reasons[0], reasons.includes("aws/target-ingress")]).toEqual(["undetermined", true]);
  });

  it("leaves it open where another rule may come first", () => {
    const api = rule(10, [paths("/api/*")]);
    const first = (priority: number | string, condition: Written) =>
      decided({ api, first: rule(priority, [condition], "app") });
    expect(first(5, paths("/a*"))).toEqual(OPEN);
    expect(first("${var.n}", paths("/a*"))).toEqual(OPEN);
    expect(first(5, paths("/b*"))).toEqual(["refuted"]);
    expect(first(20, paths("/a*"))).toEqual(["refuted"]);
  });
});

describe("the default action beside rules, to a closed target", () => {
  const closed = { aws_lb_target_group: { app: { port: 8082 } } };

  it("refutes availability where no rule takes every path", () => {
    const rules = { api: rule(10, [paths("/api/*", "/")]) };
    const open = { api: { port: 8080, name: "api", protocol: "HTTP" } };
    const more = { aws_lb_target_group: { ...closed.aws_lb_target_group, ...open } };
    expect(decided(rules, more)).toEqual(["refuted"]);
    expect(decided({ api: rule(10, [paths("/?*")]) }, more)).toEqual(OPEN);
    expect(decided({ api: rule(10, [paths("/*")]) }, more)).toEqual(["proved"]);
  });
});
