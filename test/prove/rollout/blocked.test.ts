import type { Instance } from "../../../lib/model/instance";
import type { Step } from "../../../lib/model/rollout";
import type { Json } from "../../../lib/model/value";
import { blockedActs, clash, placeOf } from "../../../lib/prove/rollout/blocked";
import type { Act } from "../../../lib/prove/rollout/things";
import { actOf } from "./instances";

const act = (action: Step["action"], type: string, values: Json, afterUnknown: Json = {}): Act =>
  actOf(action, `${type}.${action}`, {
    ...(action === "delete" ? { before: values } : { after: values }),
    afterUnknown,
  });

type Values = Readonly<Record<string, Json>>;

/** Whether an object that is there makes the create of another one fail. */
function clashes(type: string, old: Values, next: Values, unknown: Json = {}, other = type) {
  return clash({ type, before: old }, act("create", other, next, unknown));
}

const RULE = "aws_vpc_security_group_ingress_rule";
const HTTPS = { security_group_id: "sg-0123", ip_protocol: "tcp", from_port: 443, to_port: 443 };
const WORLD = { ...HTTPS, cidr_ipv4: "0.0.0.0/0" };
const OLDER = {
  security_group_id: "sg-0123",
  type: "ingress",
  protocol: "tcp",
  from_port: 443,
  to_port: 443,
  cidr_blocks: ["192.0.2.0/24", "0.0.0.0/0"],
};

describe("a rule that a group has already", () => {
  it.each([
    ["the same", RULE, WORLD, RULE, WORLD, true],
    ["another range", RULE, WORLD, RULE, { ...WORLD, cidr_ipv4: "192.0.2.0/24" }, false],
    ["another group", RULE, WORLD, RULE, { ...WORLD, security_group_id: "sg-4567" }, false],
    ["another port", RULE, WORLD, RULE, { ...WORLD, from_port: 80 }, false],
    ["another last port", RULE, WORLD, RULE, { ...WORLD, to_port: 444 }, false],
    ["another protocol", RULE, WORLD, RULE, { ...WORLD, ip_protocol: "udp" }, false],
    ["one of an older block's", "aws_security_group_rule", OLDER, RULE, WORLD, true],
    ["an older block's", RULE, WORLD, "aws_security_group_rule", OLDER, true],
    [
      "an older block's of another range",
      "aws_security_group_rule",
      { ...OLDER, cidr_blocks: ["192.0.2.0/24"] },
      RULE,
      WORLD,
      false,
    ],
    [
      "an older block's of the other direction",
      "aws_security_group_rule",
      { ...OLDER, type: "egress" },
      RULE,
      WORLD,
      false,
    ],
    [
      "an older block's of the same direction",
      "aws_security_group_rule",
      { ...OLDER, type: "egress" },
      "aws_vpc_security_group_egress_rule",
      WORLD,
      true,
    ],
    ["what is let out", "aws_vpc_security_group_egress_rule", WORLD, RULE, WORLD, false],
    [
      "of IPv6",
      RULE,
      { ...HTTPS, cidr_ipv6: "::/0" },
      "aws_security_group_rule",
      { ...OLDER, cidr_blocks: [], ipv6_cidr_blocks: ["::/0"] },
      true,
    ],
    ["no range", RULE, { ...HTTPS, cidr_ipv4: "" }, RULE, { ...HTTPS, cidr_ipv4: "" }, false],
    ["another kind of object", "aws_route", WORLD, RULE, WORLD, false],
    ["for another kind of object", RULE, WORLD, "aws_route", WORLD, false],
  ] as const)("is refused where it is so: %s", (_, type, old, other, next, wanted) => {
    expect(clashes(type, old, next, {}, other)).toBe(wanted);
  });

  it("has any ports where it is of every protocol", () => {
    const all = { ...WORLD, ip_protocol: "-1" };
    expect(clashes(RULE, { ...all, from_port: 0 }, { ...all, from_port: null })).toBe(true);
  });

  it("is not sure to be where the group is known after apply", () => {
    expect(clashes(RULE, WORLD, WORLD, { security_group_id: true })).toBe(false);
    expect(clashes(RULE, WORLD, WORLD, true)).toBe(false);
    expect(clashes(RULE, WORLD, WORLD, { security_group_id: false })).toBe(true);
  });
});

describe("a name that only one object can have", () => {
  const ROUTE = { route_table_id: "rtb-0123", destination_cidr_block: "0.0.0.0/0" };
  const ENTRY = { network_acl_id: "acl-0123", egress: false, rule_number: 100 };
  const NAMED = { vpc_id: "vpc-0123", name: "web" };

  it.each([
    ["aws_security_group", NAMED, "vpc_id"],
    ["aws_security_group", NAMED, "name"],
    ["aws_lb_target_group", NAMED, "vpc_id"],
    ["aws_lb_target_group", NAMED, "name"],
    ["aws_alb_target_group", NAMED, "vpc_id"],
    ["aws_alb_target_group", NAMED, "name"],
    ["aws_network_acl_rule", ENTRY, "network_acl_id"],
    ["aws_network_acl_rule", ENTRY, "egress"],
    ["aws_network_acl_rule", ENTRY, "rule_number"],
    ["aws_route", ROUTE, "route_table_id"],
    ["aws_route", ROUTE, "destination_cidr_block"],
  ] as const)("is taken in %s where none of it differs, %j, by %s", (type, values, name) => {
    const other = { ...values, port: 8443 };
    expect(clashes(type, values, other)).toBe(true);
    expect(clashes(type, values, { ...other, [name]: "another" })).toBe(false);
    expect(clashes(type, values, other, { [name]: true })).toBe(false);
    expect(clashes(type, { ...values, [name]: "" }, { ...values, [name]: null })).toBe(false);
  });

  it.each(["destination_ipv6_cidr_block", "destination_prefix_list_id"])(
    "is a destination of a route: %s",
    (name) => {
      const own = { route_table_id: "rtb-0123", [name]: "x" };
      expect(clashes("aws_route", own, own)).toBe(true);
      expect(clashes("aws_route", own, { ...own, ...ROUTE })).toBe(false);
    },
  );

  it("is not one where nothing is named", () => {
    const none = { route_table_id: "rtb-0123" };
    expect(clashes("aws_route", none, none)).toBe(false);
  });

  it("is no matter of objects of other types", () => {
    expect(clashes("aws_security_group", NAMED, NAMED, {}, "aws_lb_target_group")).toBe(false);
    expect(clashes("aws_subnet", NAMED, NAMED)).toBe(false);
  });
});

describe("a balancer's port", () => {
  const HTTPS_PORT = { load_balancer_arn: "arn:aws:x:lb", port: 443, certificate_arn: "a" };
  const OTHER = { ...HTTPS_PORT, certificate_arn: "b" };

  it.each(["aws_lb_listener", "aws_alb_listener"])("has one listener: %s", (type) => {
    expect(clashes(type, HTTPS_PORT, OTHER)).toBe(true);
    expect(clashes(type, HTTPS_PORT, { ...OTHER, port: 8443 })).toBe(false);
    expect(clashes(type, HTTPS_PORT, { ...OTHER, load_balancer_arn: "arn:aws:x:b" })).toBe(false);
    expect(clashes(type, HTTPS_PORT, OTHER, { load_balancer_arn: true })).toBe(false);
    // AWS answers with the one that is there.
    expect(clashes(type, HTTPS_PORT, HTTPS_PORT)).toBe(false);
    expect(placeOf(type, HTTPS_PORT)).toBe(placeOf(type, OTHER));
  });
});

describe("a balancer's name", () => {
  const WEB = { name: "web", subnets: ["subnet-0123", "subnet-4567"] };

  it.each(["aws_lb", "aws_alb", "aws_elb"])("is taken where a subnet is shared: %s", (type) => {
    expect(clashes(type, WEB, { ...WEB, subnets: ["subnet-4567"] })).toBe(true);
    expect(clashes(type, WEB, { ...WEB, subnets: ["subnet-8901"] })).toBe(false);
    expect(clashes(type, WEB, { ...WEB, name: "api" })).toBe(false);
    expect(clashes(type, WEB, WEB, { name: true })).toBe(false);
    expect(clashes(type, { ...WEB, name: "" }, { ...WEB, name: "" })).toBe(false);
  });

  it("is not sure to be taken where subnets are unknown, or another kind has it", () => {
    expect(clashes("aws_lb", { name: "web" }, WEB)).toBe(false);
    expect(clashes("aws_lb", WEB, { name: "web" })).toBe(false);
    expect(clashes("aws_lb", { ...WEB, subnets: [null] }, { ...WEB, subnets: [null] })).toBe(false);
    expect(clashes("aws_lb", WEB, WEB, {}, "aws_elb")).toBe(false);
  });
});

describe("a record's name", () => {
  const RECORD = "cloudflare_dns_record";
  const of = (type: string, content: string) => ({
    zone_id: "0123456789abcdef0123456789abcdef",
    name: "www.example.com",
    type,
    content,
  });
  const [a, aaaa] = [of("A", "192.0.2.1"), of("AAAA", "2001:db8::1")];
  const cname = of("CNAME", "origin.example.net");

  it.each([
    ["an A beside a CNAME", cname, a, true],
    ["an AAAA beside a CNAME", cname, aaaa, true],
    ["a CNAME beside an A", a, cname, true],
    ["two CNAMEs", cname, of("CNAME", "other.example.net"), true],
    ["the same record", a, a, true],
    ["two A records", a, of("A", "192.0.2.2"), false],
    ["an A beside an AAAA", aaaa, a, false],
    ["a TXT beside a CNAME", cname, of("TXT", "x"), false],
    ["a CNAME of another name", a, { ...cname, name: "api.example.com" }, false],
    ["a CNAME of another zone", a, { ...cname, zone_id: "f".repeat(32) }, false],
  ])("%s", (_, old, next, wanted) => {
    expect(clashes(RECORD, old, next)).toBe(wanted);
  });

  it("is one that is known before the apply, and set", () => {
    expect(clashes(RECORD, a, cname, { name: true })).toBe(false);
    expect(clashes(RECORD, { ...a, name: "" }, { ...cname, name: "" })).toBe(false);
  });

  it("is taken by records alone", () => {
    expect(clashes("aws_eip", a, cname, {}, RECORD)).toBe(false);
    expect(clashes(RECORD, a, cname, {}, "aws_eip")).toBe(false);
  });
});

describe("what a create may clash with", () => {
  it("has the same place, and others have another one", () => {
    const place = (type: string, values: Values) => placeOf(type, values);
    expect(place(RULE, WORLD)).toBe(place("aws_security_group_rule", OLDER));
    expect(place(RULE, WORLD)).not.toBe(place(RULE, { ...WORLD, security_group_id: "sg-4567" }));
    expect(place("aws_lb", { name: "web" })).toBe(place("aws_elb", { name: "web" }));
    expect(place("aws_lb", { name: "web" })).not.toBe(place("aws_lb", { name: "api" }));
    expect(place("aws_route", { route_table_id: "a", destination_cidr_block: "x" })).toBe(
      place("aws_route", { route_table_id: "a", destination_prefix_list_id: "y" }),
    );
    expect(place("aws_security_group", { vpc_id: "a", name: "b" })).not.toBe(
      place("aws_security_group", { vpc_id: "a", name: "c" }),
    );
    const record = { zone_id: "z", name: "www", type: "A", content: "192.0.2.1" };
    expect(place("cloudflare_dns_record", record)).toBe(
      place("cloudflare_dns_record", { zone_id: "z", name: "www", type: "CNAME" }),
    );
    expect(place("aws_subnet", { id: "subnet-0123" })).toBeUndefined();
  });
});

describe("creates that must fail", () => {
  const [old, next] = [act("delete", RULE, WORLD), act("create", RULE, WORLD)];
  const free = act("create", RULE, { ...WORLD, from_port: 80 });
  const waiting = act("update", "aws_instance", {});
  const first =
    (...order: readonly Act[]) =>
    (a: Act, b: Act) =>
      order.includes(a) && order.includes(b) && order.indexOf(a) < order.indexOf(b);

  it("are those before the delete of what is in their way, with all that waits for them", () => {
    const acts = [old, next, free, waiting];
    expect(blockedActs(acts, first(next, old))).toEqual(new Set([next, old]));
    expect(blockedActs(acts, first(next, old, waiting))).toEqual(new Set([next, old, waiting]));
    expect(blockedActs(acts, first(old, next, waiting))).toEqual(new Set());
    expect(blockedActs(acts, first(free, old))).toEqual(new Set());
  });

  it("are those that something that stays is in the way of", () => {
    const stays = { type: RULE, values: WORLD } as Partial<Instance> as Instance;
    expect(blockedActs([next, free], first(), [stays])).toEqual(new Set([next]));
  });
});
