import { parseInput, type Review, reviewInputs } from "originproof/review";
import { EDGE_4, verdicts } from "../support/plan";
import {
  describeWithTerraform,
  newSandbox,
  PROVIDERS,
  removeSandboxes,
} from "../support/terraform";

afterAll(removeSandboxes);

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

const VPC = { vpc_id: "${aws_vpc.main.id}" };
const ZONE = { zone_id: "${cloudflare_zone.main.id}" };
const setting = (setting_id: string, value: string) => ({ ...ZONE, setting_id, value });

const SITE: Resources = {
  cloudflare_zone: { main: { name: "example.com", account: { id: "0" } } },
  cloudflare_zone_setting: {
    ssl: setting("ssl", "strict"),
    https: setting("always_use_https", "on"),
    mode: setting("ssl_automatic_mode", "custom"),
  },
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_internet_gateway: { main: VPC },
  aws_subnet: { a: { ...VPC, cidr_block: "10.0.1.0/24" } },
  aws_route_table: { public: VPC },
  aws_route_table_association: {
    a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.public.id}" },
  },
  aws_security_group: { web: VPC },
  aws_instance: {
    web: {
      ...{ ami: "ami-1", instance_type: "t3.micro", subnet_id: "${aws_subnet.a.id}" },
      vpc_security_group_ids: ["${aws_security_group.web.id}"],
    },
  },
  aws_eip: { web: { instance: "${aws_instance.web.id}" } },
};

const record = {
  ...{ ...ZONE, name: "www.example.com", type: "A", ttl: 1, proxied: true },
  content: "${aws_eip.web.public_ip}",
};
const route = {
  ...{ route_table_id: "${aws_route_table.public.id}", destination_cidr_block: "0.0.0.0/0" },
  gateway_id: "${aws_internet_gateway.main.id}",
};
const rule = (cidr_blocks: readonly string[]) => ({
  ...{ security_group_id: "${aws_security_group.web.id}", type: "ingress", protocol: "tcp" },
  ...{ from_port: 443, to_port: 443, cidr_blocks },
});

const of = (...parts: readonly Resources[]): object => {
  const types = new Set([SITE, ...parts].flatMap((part) => Object.keys(part)));
  const resource = [...types].map((type) => [
    type,
    Object.assign({}, ...[SITE, ...parts].map((part) => part[type])),
  ]);
  const provider = { aws: { region: "eu-west-1" }, cloudflare: { api_token: "x" } };
  return { terraform: PROVIDERS, provider, resource: Object.fromEntries(resource) };
};

interface Held {
  readonly type: string;
  readonly instances: readonly { readonly attributes: { readonly id: string } }[];
}

interface Change {
  readonly address: string;
  readonly change: { actions: string[]; before: unknown; after: unknown; importing?: object };
}

/** Applies the first, and makes a no-op of what the second one creates, as an import would. */
async function imported(first: object, second: object): Promise<Review> {
  const box = newSandbox({ configuration: first });
  await box.apply(await box.plan());
  box.configure(second);
  const plan = (await box.show(await box.plan())) as { resource_changes: Change[] };
  const gone = plan.resource_changes.find(({ change }) => change.actions[0] === "delete");
  const made = plan.resource_changes.filter(({ change }) => change.actions[0] === "create");
  for (const { address, change } of made) {
    const same = address.split(".")[0] === gone?.address.split(".")[0];
    const values = same ? gone?.change.before : { ...(change.after as object), id: address };
    const { security_group_id: group } = (gone?.change.before ?? {}) as Record<string, unknown>;
    const after = same ? values : { ...(values as object), security_group_id: group };
    Object.assign(change, { actions: ["no-op"], before: after, after, after_unknown: {} });
  }
  return reviewInputs([parseInput(JSON.stringify(plan), "plan.json")]);
}

const told = (review: Review) => [
  ...verdicts(review).map((line) => line.replace(/^[^:]*: /, "")),
  ...review.findings
    .filter(({ rule: id }) => id === "rollout/deletes-what-stays")
    .map(({ subject }) => subject),
];

const EDGE = { aws_security_group_rule: { edge: rule(EDGE_4) } };
const ROUTE = { aws_route: { out: route } };
const WWW = { cloudflare_dns_record: { www: record } };

describeWithTerraform("one object under two addresses, of which one is deleted", () => {
  it.each<[string, Resources, Resources, readonly string[]]>([
    [
      "a route",
      { aws_route: { old: route } },
      { aws_route: { out: route } },
      ["refuted, proved", "aws_route.out"],
    ],
    [
      "a rule",
      { aws_security_group_rule: { old: rule(EDGE_4) } },
      EDGE,
      ["refuted, proved", "aws_security_group_rule.edge"],
    ],
    ["a record", { cloudflare_dns_record: { old: record } }, WWW, ["cloudflare_dns_record.www"]],
  ])("is gone: %s", async (_, old, next, expected) => {
    const rest = [EDGE, ROUTE, WWW].filter((part) => Object.keys(part)[0] !== Object.keys(next)[0]);
    expect(told(await imported(of(...rest, old), of(...rest, next)))).toEqual(expected);
  });
});

describeWithTerraform("one rule in two kinds of blocks, of which one is deleted", () => {
  const own = (cidrs: readonly string[]): Resources => ({
    aws_vpc_security_group_ingress_rule: Object.fromEntries(
      cidrs.map((cidr_ipv4, index) => [
        `r${index}`,
        {
          ...{ security_group_id: "${aws_security_group.web.id}", ip_protocol: "tcp" },
          ...{ from_port: 443, to_port: 443, cidr_ipv4 },
        },
      ]),
    ),
  });

  it("is gone with all of its ranges", async () => {
    const review = await imported(of(ROUTE, WWW, EDGE), of(ROUTE, WWW, own(EDGE_4)));
    expect(told(review)[0]).toBe("refuted, proved");
    expect(told(review)).toHaveLength(1 + EDGE_4.length);
    expect(review.paths[0]?.availability.missing).toEqual([...EDGE_4].sort());
  });

  it("is gone with those that the deleted block had", async () => {
    const [some, others] = [EDGE_4.slice(0, 2), EDGE_4.slice(2)];
    const old = { aws_security_group_rule: { old: rule(some), kept: rule(others) } };
    const kept = { aws_security_group_rule: { kept: rule(others) } };
    const review = await imported(of(ROUTE, WWW, old), of(ROUTE, WWW, kept, own(EDGE_4)));
    expect([...(review.paths[0]?.availability.missing ?? [])].sort()).toEqual([...some].sort());
  });
});

describeWithTerraform("rules of a list that move", () => {
  const ranges = (...cidrs: readonly string[]): Resources => ({
    aws_vpc_security_group_ingress_rule: Object.fromEntries(
      cidrs.map((cidr_ipv4, index) => [
        `r${index}`,
        {
          ...{ security_group_id: "${aws_security_group.web.id}", ip_protocol: "tcp" },
          ...{ from_port: 443, to_port: 443, cidr_ipv4 },
        },
      ]),
    ),
  });

  const changed = async (from: Resources, to: Resources) => {
    const box = newSandbox({ configuration: of(ROUTE, WWW, from) });
    await box.apply(await box.plan());
    box.configure(of(ROUTE, WWW, to));
    const plan = await box.show(await box.plan());
    const review = reviewInputs([parseInput(JSON.stringify(plan), "plan.json")]);
    return [
      ...review.paths.map(({ availability }) => availability.verdict),
      ...told(review).slice(1),
    ];
  };

  const halves = ["0.0.0.0/1", "128.0.0.0/1"] as const;

  it("are there afterwards: each is changed by its own id", async () => {
    const longer = ranges("192.0.2.0/24", ...halves);
    expect(await changed(ranges(...halves), longer)).toEqual(["proved"]);
    expect(await changed(longer, ranges(...halves))).toEqual(["proved"]);
  });
});

describeWithTerraform("what no deletion takes away", () => {
  it("stays where it is another object, or only forgotten", async () => {
    const box = newSandbox({ configuration: of(EDGE, ROUTE, WWW) });
    await box.apply(await box.plan());
    const narrow = {
      aws_security_group_rule: { ssh: { ...rule(["192.0.2.1/32"]), from_port: 22, to_port: 22 } },
    };
    box.configure(of(EDGE, ROUTE, WWW, narrow));
    await box.apply(await box.plan());
    box.configure(of(EDGE, ROUTE, WWW));
    const gone = await box.show(await box.plan());
    const review = reviewInputs([parseInput(JSON.stringify(gone), "plan.json")]);
    expect(told(review)).toEqual(["proved, proved"]);
  });

  it("stays where another block has it from now on", async () => {
    const box = newSandbox({ configuration: of(EDGE, ROUTE, WWW) });
    await box.apply(await box.plan());
    const { resources } = (await box.stateJson()) as { resources: Held[] };
    const id = resources.find(({ type }) => type === "aws_eip")?.instances[0]?.attributes.id;
    const site = JSON.stringify(of(EDGE, ROUTE, WWW)).replaceAll("aws_eip.web", "aws_eip.moved");
    const next = JSON.parse(site);
    next.resource.aws_eip = { moved: next.resource.aws_eip.web };
    next.import = [{ to: "aws_eip.moved", id }];
    next.removed = [{ from: "aws_eip.web", lifecycle: { destroy: false } }];
    box.configure(next);
    const plan = await box.show(await box.plan());
    const review = reviewInputs([parseInput(JSON.stringify(plan), "plan.json")]);
    expect(told(review)).toEqual(["proved, proved"]);
    expect(review.paths[0]?.rollout?.verdict).toBe("proved");
  });
});
