import { parseInput, reviewInputs } from "originproof/review";
import { type PlannedResource, planOf, type Written } from "../../support/plan";

const ZONE = "0123456789abcdef0123456789abcdef";
const PORTS = { from_port: 443, to_port: 443, ip_protocol: "tcp" };
const RULE = "aws_vpc_security_group_ingress_rule";

function kept(address: string, values: Written): PlannedResource {
  return { address, values, before: values, actions: ["no-op"] };
}

function updated(address: string, before: Written, values: Written): PlannedResource {
  return { address, values: { ...before, ...values }, before, actions: ["update"] };
}

const rule = (number: number, more: Written = {}): Written => ({
  id: `sgr-${number}`,
  security_group_id: "sg-0123",
  cidr_ipv4: "0.0.0.0/0",
  ...PORTS,
  ...more,
});

const WEB = {
  id: "i-0123",
  public_ip: "203.0.113.1",
  subnet_id: "subnet-0123",
  vpc_security_group_ids: ["sg-0123"],
};
const GROUP = kept("aws_security_group.web", { id: "sg-0123", name: "web" });
const INSTANCE = kept("aws_instance.web", WEB);
const STRICT = kept("cloudflare_zone_setting.ssl", {
  zone_id: ZONE,
  setting_id: "ssl",
  value: "strict",
});
const RECORD = kept("cloudflare_dns_record.www", {
  zone_id: ZONE,
  name: "www.example.com",
  type: "A",
  content: "203.0.113.1",
  proxied: true,
});

/** The rollout of the path to port 443. */
function rolloutOf(...resources: readonly PlannedResource[]) {
  const plan = JSON.stringify(planOf({ resources: [RECORD, GROUP, ...resources] }));
  const review = reviewInputs([parseInput(plan, "plan.json")]);
  const path = review.paths.find(({ origin }) => origin?.port === 443);
  if (path?.rollout == null) throw new Error("no rollout");
  const { verdict, reasons, witness } = path.rollout;
  return { verdict, reasons, witness };
}

/** So many rules, each with a range of ports of its own, so that none is a duplicate. */
function rules(kind: "create" | "delete", count: number, first: number): PlannedResource[] {
  return Array.from({ length: count }, (_, at) => {
    const values = rule(first + at, { from_port: 443 - first - at });
    const address = `${RULE}.${kind}${at}`;
    return kind === "create"
      ? { address, values, actions: ["create"] }
      : { address, before: values, actions: ["delete"] };
  });
}

describe("a rollout with more states than are tried", () => {
  const many = [...rules("create", 7, 1), ...rules("delete", 7, 20)];

  it("says how many steps there are, and which deletes follow flags", () => {
    const { verdict, reasons } = rolloutOf(INSTANCE, STRICT, ...many);
    expect(verdict).toBe("undetermined");
    expect(reasons.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 7 }, () => "order/stored-flag"),
      "rollout/too-many-states",
    ]);
    expect(reasons.at(-1)).toEqual({
      id: "rollout/too-many-states",
      subject: "www.example.com",
      text: "14 steps in too many possible orders matter to www.example.com",
    });
  });

  it("is proved where a rule that stays admits all", () => {
    const stays = kept(`${RULE}.stays`, rule(99));
    expect(rolloutOf(INSTANCE, STRICT, stays, ...many)).toMatchObject({
      verdict: "proved",
      reasons: [],
    });
  });

  it("is not proved by that where an update is of unknown calls", () => {
    const stays = kept(`${RULE}.stays`, rule(99));
    const moved = updated("aws_instance.web", WEB, { subnet_id: "subnet-4567" });
    const { verdict, reasons } = rolloutOf(moved, STRICT, stays, ...many);
    expect(verdict).toBe("undetermined");
    expect(reasons.slice(-2)).toMatchObject([
      { id: "rollout/too-many-states" },
      { id: "rollout/update-not-known" },
    ]);
  });
});

describe("an update whose calls are not known", () => {
  it("is a reason that names the attribute", () => {
    const moved = updated("aws_instance.web", WEB, { subnet_id: "subnet-4567" });
    const { verdict, reasons } = rolloutOf(moved, STRICT, kept(`${RULE}.stays`, rule(99)));
    expect({ verdict, reasons }).toEqual({
      verdict: "undetermined",
      reasons: [
        {
          id: "rollout/update-not-known",
          subject: "aws_instance.web subnet_id",
          text: "in how many calls aws_instance changes subnet_id is not known to originproof",
        },
      ],
    });
  });

  it("is one where a state depends on which of two entries goes first", () => {
    const entry = (rule_no: number, action: string, cidr_block = "104.16.0.0/13") => {
      const all = { protocol: "-1", from_port: 0, to_port: 0, icmp_code: 0, icmp_type: 0 };
      return { rule_no, action, cidr_block, ipv6_cidr_block: "", ...all };
    };
    const all = entry(200, "allow", "0.0.0.0/0");
    const acl = { id: "acl-0123", vpc_id: "vpc-0123", subnet_ids: ["subnet-0123"], egress: [all] };
    const before = { ...acl, ingress: [entry(90, "allow"), entry(100, "deny"), all] };
    const { verdict, reasons } = rolloutOf(
      INSTANCE,
      STRICT,
      kept(`${RULE}.stays`, rule(99)),
      updated("aws_network_acl.web", before, { ingress: [all] }),
    );
    expect({ verdict, reasons }).toEqual({
      verdict: "undetermined",
      reasons: [
        {
          id: "rollout/update-not-known",
          subject: "aws_network_acl.web",
          text: "in which order aws_network_acl makes the calls of an update is not known to originproof",
        },
      ],
    });
  });
});
