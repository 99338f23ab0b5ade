import { parseInput, type Review, reviewInputs } from "originproof/review";
import { EDGE_4, type PlannedResource, planOf, reviewPlan, type Written } from "../support/plan";

const ZONE = "0123456789abcdef0123456789abcdef";

interface Rule {
  readonly cidrs: readonly string[];
  readonly port?: number;
}

function ingress(rules: readonly Rule[]): Written {
  return {
    vpc_id: "vpc-1",
    ingress: rules.map(({ cidrs, port = 443 }) => ({
      from_port: port,
      to_port: port,
      protocol: "tcp",
      cidr_blocks: cidrs,
      ipv6_cidr_blocks: [],
      prefix_list_ids: [],
      security_groups: [],
      self: false,
    })),
  };
}

function existing(address: string, values: Written, before: Written = values): PlannedResource {
  const actions = before === values ? ["no-op"] : ["update"];
  return { address, values, before, actions };
}

/** A site whose security group is changed. */
function site(before: readonly Rule[], after: readonly Rule[]): readonly PlannedResource[] {
  const settings = ["ssl strict", "always_use_https on"].map((text) => {
    const [setting_id = "", value = ""] = text.split(" ");
    const values = { zone_id: ZONE, setting_id, value };
    return existing(`cloudflare_zone_setting.${setting_id}`, values);
  });
  const record = { zone_id: ZONE, name: "www.example.com", type: "A", proxied: true, ttl: 1 };
  return [
    ...settings,
    existing("cloudflare_dns_record.www", { ...record, content: "203.0.113.7" }),
    existing("aws_eip.web", { public_ip: "203.0.113.7", instance: "i-1", id: "eipalloc-1" }),
    existing("aws_instance.web", {
      id: "i-1",
      subnet_id: "subnet-1",
      vpc_security_group_ids: ["sg-1"],
    }),
    existing(
      "aws_security_group.web",
      { id: "sg-1", ...ingress(after) },
      { id: "sg-1", ...ingress(before) },
    ),
  ];
}

function admission(before: readonly Rule[], after: readonly Rule[]) {
  return reviewPlan(site(before, after)).paths.map((path) => path.admission);
}

const NONE = { added: [], removed: [], complete: true };
const rest = EDGE_4.slice(3);

describe("what an apply changes in who is admitted", () => {
  it("is nothing where it changes nothing", () => {
    const rules = [{ cidrs: EDGE_4 }];
    expect(admission(rules, rules)).toEqual([{ edge: NONE, others: NONE }]);
  });

  it("is nothing where the same addresses are only written otherwise", () => {
    const halves = ["198.41.128.0/18", "198.41.192.0/18"];
    const split = [...EDGE_4.filter((cidr) => cidr !== "198.41.128.0/17"), ...halves];
    expect(admission([{ cidrs: EDGE_4 }], [{ cidrs: split }])).toEqual([
      { edge: NONE, others: NONE },
    ]);
  });

  it("names ranges of Cloudflare that are added, and those that are removed", () => {
    const added = EDGE_4.slice(0, 3);
    expect(admission([{ cidrs: rest }], [{ cidrs: EDGE_4 }])[0]?.edge).toEqual({ ...NONE, added });
    expect(admission([{ cidrs: EDGE_4 }], [{ cidrs: rest }])[0]?.edge).toEqual({
      ...NONE,
      removed: added,
    });
  });

  it("is about the path's own port alone", () => {
    const other = { cidrs: ["203.0.113.9/32"], port: 22 };
    expect(admission([{ cidrs: EDGE_4 }], [{ cidrs: EDGE_4 }, other])).toEqual([
      { edge: NONE, others: NONE },
    ]);
  });

  it("names others who are let in, and calls the internet by its name", () => {
    const one = ["203.0.113.9/32"];
    expect(
      admission([{ cidrs: EDGE_4 }], [{ cidrs: [...EDGE_4, ...one] }])[0]?.others.added,
    ).toEqual(one);
    expect(admission([{ cidrs: EDGE_4 }], [{ cidrs: ["0.0.0.0/0"] }])).toEqual([
      { edge: NONE, others: { ...NONE, added: ["0.0.0.0/0"] } },
    ]);
    expect(admission([{ cidrs: ["0.0.0.0/0"] }], [{ cidrs: EDGE_4 }])[0]?.others.removed).toEqual([
      "0.0.0.0/0",
    ]);
  });

  it("is not complete where a source is not known", () => {
    const resources = site([{ cidrs: EDGE_4 }], [{ cidrs: EDGE_4 }]).filter(
      ({ address }) => address !== "aws_security_group.web",
    );
    const open = existing("aws_security_group.web", { id: "sg-1", vpc_id: "vpc-1" });
    const before = { id: "sg-1", ...ingress([{ cidrs: EDGE_4 }]) };
    const unknown = { ...open, before, actions: ["update"], refs: { ingress: ["var.rules"] } };
    const [path] = reviewPlan([...resources, unknown]).paths;
    expect(path?.admission?.edge).toEqual({ ...NONE, complete: false });
    expect(path?.admission?.others).toEqual({ ...NONE, complete: false });
  });

  it("is not known of a partial plan, nor on a forbidden assumption", () => {
    const resources = site([{ cidrs: EDGE_4 }], [{ cidrs: rest }]);
    const open = { added: [], removed: [], complete: false };
    const partial = reviewPlan(resources, { more: { errored: true } });
    expect(partial.paths[0]?.admission).toEqual({ edge: open, others: open });
    const read = parseInput(JSON.stringify(planOf({ resources })), "plan.json");
    const forbiddenAssumptions = ["aws/default-network-acl"];
    const forbidden: Review = reviewInputs([read], { forbiddenAssumptions });
    expect(forbidden.paths[0]?.admission).toEqual({ edge: open, others: open });
  });

  it("does not tell sources that are marked sensitive", () => {
    const resources = site([{ cidrs: EDGE_4 }], [{ cidrs: [...EDGE_4, "203.0.113.9/32"] }]);
    const hidden = resources.map((resource) =>
      resource.address === "aws_security_group.web"
        ? { ...resource, sensitive: { ingress: true } }
        : resource,
    );
    const [path] = reviewPlan(hidden).paths;
    expect(path?.admission?.others).toEqual({ added: [], removed: [], complete: false });
  });

  it("is null of what has no past", () => {
    const made = site([], [{ cidrs: EDGE_4 }]).map(({ before: _, ...resource }) => ({
      ...resource,
      actions: ["create"],
    }));
    expect(reviewPlan(made).paths.map((path) => path.admission)).toEqual([null]);
  });
});

test("a path that the apply ends is told, with what was true of it", () => {
  const resources = site([{ cidrs: EDGE_4 }], [{ cidrs: EDGE_4 }]).map((resource) =>
    resource.address === "cloudflare_dns_record.www"
      ? { ...resource, actions: ["delete"] }
      : resource,
  );
  const review = reviewPlan(resources);
  expect(review.paths).toEqual([]);
  expect(review.gone).toEqual([
    {
      input: "1.json",
      hostname: "www.example.com",
      record: "cloudflare_dns_record.www",
      family: 4,
      origin: expect.objectContaining({ resource: "aws_eip.web", port: 443 }),
      before: { availability: "proved", exclusivity: "proved" },
    },
  ]);
});
