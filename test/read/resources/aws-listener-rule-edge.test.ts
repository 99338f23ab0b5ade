import { type Blocks, changed, site, synth } from "../../support/balancer";
import { idsOf, reviewOf, type Written } from "../../support/plan";

const ZONE_ID = "0123456789abcdef0123456789abcdef";
const ARN = "${aws_lb_target_group.api.arn}";

/** A listener rule for /api/*, whose target is closed to the balancer. */
const API: Blocks = {
  aws_lb_target_group: { api: { name: "api", port: 8081, protocol: "HTTP" } },
  aws_lb_target_group_attachment: {
    api: { target_group_arn: ARN, target_id: "${aws_instance.app.id}" },
  },
  aws_lb_listener_rule: {
    api: {
      listener_arn: "${aws_lb_listener.https.arn}",
      priority: 10,
      condition: [{ path_pattern: [{ values: ["/api/*"] }] }],
      action: [{ type: "forward", target_group_arn: ARN }],
    },
  },
};

function ruleset(phase: string, expression: string, action: Written): Blocks {
  const rules = [{ enabled: true, expression, ...action }];
  return {
    cloudflare_ruleset: { x: { zone_id: ZONE_ID, name: "x", kind: "zone", phase, rules } },
  };
}

const REDIRECT = {
  action: "redirect",
  action_parameters: { from_value: { target_url: { value: "https://docs.example.com/" } } },
};
const redirect = (expression: string) =>
  ruleset("http_request_dynamic_redirect", expression, REDIRECT);
const rewrite = (expression: string) =>
  ruleset("http_request_transform", expression, {
    action: "rewrite",
    action_parameters: { uri: { path: { value: "/v2" } } },
  });
const worker = (pattern: string): Blocks => ({
  cloudflare_workers_route: { x: { zone_id: ZONE_ID, pattern, script: "x" } },
});
const port = (expression: string) =>
  ruleset("http_request_origin", expression, {
    action: "route",
    action_parameters: { origin: { port: 8443 } },
  });

function decided(more: Blocks, base: Blocks = API): string[] {
  const blocks = changed(changed(site(), base), more);
  const review = reviewOf([synth(blocks)]);
  return review.paths.map(({ origin, availability }) => `${origin.port} ${availability.verdict}`);
}

const path = (text: string) => `http.request.uri.path ${text}`;

describe("a listener rule to a closed target, where the edge has a say about its paths", () => {
  it.each<[string, Blocks]>([
    ["redirects all of them", redirect('starts_with(http.request.uri.path, "/api/")')],
    ["redirects more than them", redirect(path('ne "/"'))],
    ["sends them to a Worker", worker("www.example.com/api/*")],
    ["rewrites them", rewrite('starts_with(http.request.uri.path, "/api/")')],
    ["may rewrite them", rewrite("ip.src in $office")],
    ["sends them to another port", port('starts_with(http.request.uri.path, "/api/")')],
  ])("is not refuted where it %s", (_, more) => {
    expect(decided(more)).toContain("443 undetermined");
    expect(decided(more)).not.toContain("443 refuted");
  });

  it.each<[string, Blocks]>([
    ["redirects other paths", redirect(path('eq "/old"'))],
    ["redirects some of them", redirect('starts_with(http.request.uri.path, "/api/v1/")')],
    ["redirects all but some of them", redirect(`not ${path('in {"/" "/api/health"}')}`)],
    ["sends others to a Worker", worker("www.example.com/img/*")],
    ["rewrites others", rewrite('starts_with(http.request.uri.path, "/img/")')],
    ["sends others to another port", port('starts_with(http.request.uri.path, "/img/")')],
  ])("is refuted where it %s", (_, more) => {
    expect(decided(more)).toContain("443 refuted");
  });

  it("has its own say for each hostname", () => {
    const www = site().cloudflare_dns_record?.www;
    const records = { cloudflare_dns_record: { api: { ...www, name: "api.example.com" } } };
    const more = redirect(`http.host eq "api.example.com" and ${path('ne "/"')}`);
    const review = reviewOf([synth(changed(changed(changed(site(), API), records), more))]);
    expect(
      review.paths
        .map(({ hostname, availability }) => `${hostname} ${availability.verdict}`)
        .sort(),
    ).toEqual(["api.example.com undetermined", "www.example.com refuted"]);
    expect(idsOf(review).reasons).toContain("aws/target-ingress");
  });
});

describe("a default action to a closed target, where the edge has a say about its paths", () => {
  const base = changed(API, {
    aws_lb_target_group: { app: { port: 8082 }, api: { port: 8080 } },
  });

  it("is not refuted where the edge lets only others through", () => {
    expect(decided(redirect('not starts_with(http.request.uri.path, "/api/")'), base)).toEqual([
      "443 undetermined",
    ]);
  });

  it("is refuted where it lets some through", () => {
    expect(decided(redirect(path('ne "/"')), base)).toEqual(["443 refuted"]);
    expect(decided({}, base)).toEqual(["443 refuted"]);
  });
});
