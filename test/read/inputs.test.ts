import {
  EDGE_4,
  idsOf,
  type PlannedResource,
  planOf,
  reviewOf,
  verdicts,
  type Written,
} from "../support/plan";
import { edgeRule, record, site, siteWith, siteWithout, zone } from "../support/site";

const renamed = (resources: readonly PlannedResource[], name: string): PlannedResource[] =>
  resources.map((each) =>
    each.values?.name === "www.example.com" ? { ...each, values: { ...each.values, name } } : each,
  );

/** Terraform's JSON syntax of a site in one stack, whose zone is a variable. */
function stack(hostname: string, settings: Written, group: Written = {}): Written {
  const zone_id = "${var.zone_id}";
  return {
    variable: { zone_id: {} },
    resource: {
      cloudflare_dns_record: {
        www: {
          zone_id,
          name: hostname,
          type: "A",
          proxied: true,
          content: "${aws_eip.web.public_ip}",
        },
      },
      cloudflare_zone_setting: Object.fromEntries(
        Object.entries(settings).map(([setting_id, value]) => [
          setting_id,
          { zone_id, setting_id, value },
        ]),
      ),
      aws_eip: { web: { instance: "${aws_instance.web.id}" } },
      aws_instance: {
        web: { vpc_security_group_ids: ["${aws_security_group.web.id}"], subnet_id: "subnet-1" },
      },
      aws_security_group: {
        web: {
          ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: EDGE_4 }],
          ...group,
        },
      },
    },
  };
}

const LOCKED = { ssl: "strict", always_use_https: "on", ssl_automatic_mode: "custom" };

describe("several inputs with the same addresses", () => {
  it("bind each in its own plan", () => {
    const open = siteWith(edgeRule({ cidr_blocks: ["0.0.0.0/0"] }));
    const plans = [
      planOf({ resources: renamed(site(), "a.example.com") }),
      planOf({ resources: renamed(open, "b.example.com") }),
    ];
    expect(verdicts(reviewOf(plans))).toEqual([
      "a.example.com IPv4 tcp/443: proved, proved",
      "b.example.com IPv4 tcp/443: proved, refuted",
    ]);
  });

  it("keep paths apart whose names are unknown", () => {
    const nameless = (resources: readonly PlannedResource[]) =>
      resources.map((each) =>
        each.address === "cloudflare_dns_record.www"
          ? record({
              values: { name: undefined, content: undefined } as Written,
              refs: { name: ["var.name"], content: ["aws_eip.web.public_ip"] },
            })
          : each,
      );
    const closed = siteWith(edgeRule({ cidr_blocks: ["10.0.0.0/8"] }));
    const review = reviewOf([
      planOf({ resources: nameless(site()) }),
      planOf({ resources: nameless(closed) }),
    ]);
    expect(review.summary.availability).toEqual({ proved: 1, refuted: 1, undetermined: 0 });
  });

  it("don't lend each other a zone that a variable of the same name gives", () => {
    const review = reviewOf(
      [stack("a.example.com", LOCKED), stack("b.example.com", {})],
      undefined,
      ["a", "b"],
    );
    expect(verdicts(review).filter((line) => line.startsWith("a."))).toEqual([
      "a.example.com IPv4 tcp/443: proved, proved",
    ]);
    expect(verdicts(review).filter((line) => line.startsWith("b."))).toEqual([
      "b.example.com IPv4 tcp/443: proved, proved",
      "b.example.com IPv4 tcp/80: undetermined, proved",
    ]);
  });

  it("don't lend each other the rules of a group that a variable gives", () => {
    const foreign = { vpc_security_group_ids: ["${var.group}"], subnet_id: "subnet-1" };
    const one = stack("a.example.com", LOCKED) as { resource: Record<string, Written> };
    const site = {
      ...one,
      variable: { group: {}, zone_id: {} },
      resource: { ...one.resource, aws_instance: { web: foreign } },
    };
    const rule = {
      type: "ingress",
      from_port: 443,
      to_port: 443,
      protocol: "tcp",
      cidr_blocks: EDGE_4,
      security_group_id: "${var.group}",
    };
    const rules = {
      variable: { group: {} },
      resource: { aws_security_group_rule: { edge: rule } },
    };
    expect(verdicts(reviewOf([site, rules], undefined, ["a", "b"]))).toEqual([
      "a.example.com IPv4 tcp/443: undetermined, undetermined",
    ]);
    const own = { ...site, resource: { ...site.resource, ...rules.resource } };
    expect(verdicts(reviewOf([own]))).toEqual(["a.example.com IPv4 tcp/443: proved, undetermined"]);
  });

  it("may have one label: what they create is still their own", () => {
    const slow = siteWithout(
      "cloudflare_zone_setting.ssl",
      "cloudflare_zone_setting.always_use_https",
      "cloudflare_zone_setting.ssl_automatic_mode",
    );
    const plans = [
      planOf({ resources: renamed(site(), "a.example.com") }),
      planOf({ resources: renamed(slow, "b.example.com") }),
    ];
    const review = reviewOf(plans, undefined, ["plan.json", "plan.json"]);
    expect(verdicts(review)).toContain("b.example.com IPv4 tcp/80: refuted, proved");
    expect(verdicts(review).filter((line) => line.startsWith("a."))).toHaveLength(1);
  });

  it("that disagree on an address decide nothing", () => {
    const settled = (cidrs: readonly string[]): PlannedResource[] => [
      {
        address: "aws_eip.web",
        values: { id: "eipalloc-1", public_ip: "198.18.0.1", instance: "i-1" },
        actions: ["no-op"],
      },
      {
        address: "aws_instance.web",
        values: { id: "i-1", vpc_security_group_ids: ["sg-1"], subnet_id: "subnet-1" },
        actions: ["no-op"],
      },
      {
        address: "aws_security_group.web",
        values: {
          id: "sg-1",
          name: "web",
          ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: cidrs }],
        },
        actions: ["no-op"],
      },
    ];
    const edge = [...zone(), record({ values: { content: "198.18.0.1" } })];
    const plans = [
      planOf({ resources: edge }),
      planOf({ resources: settled(EDGE_4) }),
      planOf({ resources: settled([]) }),
    ];
    const review = reviewOf(plans);
    expect(review.paths.every((path) => path.availability.verdict === "undetermined")).toBe(true);
    expect(verdicts(reviewOf(plans.slice(0, 2)))).toEqual([
      "www.example.com IPv4 tcp/443: proved, proved",
    ]);
  });

  it("are joined by values: a record here, its origin there", () => {
    const origin = siteWithout("cloudflare_dns_record.www").filter(
      (each) => !each.address.startsWith("cloudflare"),
    );
    const known = origin.map((each) =>
      each.address === "aws_eip.web"
        ? {
            ...each,
            values: { public_ip: "198.18.0.1" },
            computed: ["id", "public_ip"],
            actions: ["no-op"],
          }
        : each,
    );
    const edge = [...zone(), record({ values: { content: "198.18.0.1" } })];
    expect(verdicts(reviewOf([planOf({ resources: edge }), planOf({ resources: known })]))).toEqual(
      ["www.example.com IPv4 tcp/443: proved, proved"],
    );
  });
});

describe("stacks of one app", () => {
  const network = {
    resource: {
      aws_security_group: {
        web: { ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: EDGE_4 }] },
      },
    },
    output: { "cross-stack-output-group": { value: "${aws_security_group.web.id}" } },
  };
  const named = (remote: string): Written => {
    const one = stack("a.example.com", LOCKED) as { resource: Record<string, Written> };
    const { aws_security_group: _, ...resource } = one.resource;
    const list = [`\${data.terraform_remote_state.${remote}.outputs.cross-stack-output-group}`];
    return {
      ...one,
      resource: {
        ...resource,
        aws_instance: { web: { vpc_security_group_ids: list, subnet_id: "subnet-1" } },
      },
    };
  };

  it("give their outputs to the one that names them", () => {
    const review = reviewOf([network, named("cross-stack-reference-input-network")], undefined, [
      "network",
      "site",
    ]);
    expect(verdicts(review)).toEqual(["a.example.com IPv4 tcp/443: proved, proved"]);
  });

  it("are not taken for another state with an output of the same name", () => {
    const review = reviewOf([network, named("cross-stack-reference-input-other")], undefined, [
      "network",
      "site",
    ]);
    expect(verdicts(review)).toEqual(["a.example.com IPv4 tcp/443: undetermined, undetermined"]);
    const remote = reviewOf([network, named("shared")], undefined, ["network", "site"]);
    expect(idsOf(remote).reasons).toContain("aws/group-outside");
  });
});

describe("plans that are no whole plan", () => {
  it.each<[string, Written]>([
    ["errored", { errored: true }],
    ["incomplete", { complete: false }],
  ])("prove nothing: %s", (_, more) => {
    expect(verdicts(reviewOf([planOf({ resources: site(), more })]))).toEqual([
      "www.example.com IPv4 tcp/443: undetermined, undetermined",
    ]);
  });

  it("keep what a targeted plan did not visit", () => {
    const rule = edgeRule({ security_group_id: "sg-1" });
    const group = {
      address: "aws_security_group.web",
      mode: "managed",
      type: "aws_security_group",
      name: "web",
      values: { id: "sg-1", ingress: [] },
    };
    const prior = [
      group,
      {
        address: "aws_security_group_rule.edge",
        mode: "managed",
        type: "aws_security_group_rule",
        name: "edge",
        values: rule.values,
      },
    ];
    const web = {
      address: "aws_instance.web",
      values: { vpc_security_group_ids: ["sg-1"], subnet_id: "subnet-1" },
      computed: ["id"],
    };
    const resources = [
      ...siteWithout("aws_security_group.web", "aws_security_group_rule.edge", "aws_instance.web"),
      web,
    ];
    expect(verdicts(reviewOf([planOf({ resources, prior })]))).toEqual([
      "www.example.com IPv4 tcp/443: proved, proved",
    ]);
    const deposed = prior.map((each) => ({ ...each, deposed_key: "abcd1234" }));
    expect(verdicts(reviewOf([planOf({ resources, prior: deposed })]))).toEqual([
      "www.example.com IPv4 tcp/443: undetermined, undetermined",
    ]);
  });

  it("don't count deposed objects: this apply destroys them", () => {
    const deposed = {
      ...edgeRule({}, "edge"),
      entry: { deposed: "abcd1234" },
      actions: ["delete"],
    };
    const closed = siteWithout("aws_security_group_rule.edge");
    expect(verdicts(reviewOf([planOf({ resources: [...closed, deposed] })]))).toEqual([
      "www.example.com IPv4 tcp/443: refuted, proved",
    ]);
  });

  it("may leave out `after` where all of it is unknown", () => {
    const rule = { ...edgeRule(), change: { after: undefined, after_unknown: undefined } };
    expect(verdicts(reviewOf([planOf({ resources: siteWith(rule) })]))).toEqual([
      "www.example.com IPv4 tcp/443: undetermined, undetermined",
    ]);
  });
});
