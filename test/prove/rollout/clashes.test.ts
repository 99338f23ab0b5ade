import type { Json } from "../../../lib/model/value";
import { blockedActs, clash, placeOf } from "../../../lib/prove/rollout/blocked";
import { actOf } from "./instances";

type Values = Readonly<Record<string, Json>>;

/** Whether an object that is there makes the create of another of its type fail. */
function clashes(type: string, old: Values, next: Values, unknown: Json = {}) {
  const create = actOf("create", `${type}.x`, { after: next, afterUnknown: unknown });
  return clash({ type, before: old }, create);
}

const BALANCERS = ["aws_lb", "aws_alb", "aws_elb"] as const;
const SETTINGS = [
  "internal",
  "ip_address_type",
  "listener",
  "load_balancer_type",
  "security_groups",
];

describe("a create of the same name with the same settings, which AWS answers with what is there", () => {
  const WEB = { name: "web", subnets: ["subnet-0123"] };

  it.each(BALANCERS.flatMap((type) => SETTINGS.map((name) => [type, name] as const)))(
    "is refused where %s differs in %s",
    (type, name) => {
      const one = { ...WEB, [name]: "a" };
      expect(clashes(type, one, { ...WEB, [name]: "b" })).toBe(true);
      expect(clashes(type, one, one)).toBe(false);
      expect(clashes(type, one, { ...WEB, [name]: "b" }, { [name]: true })).toBe(false);
    },
  );

  it.each(BALANCERS)("is another one where its name is, or is not known: %s", (type) => {
    const [old, next] = [
      { ...WEB, internal: true },
      { ...WEB, internal: false },
    ];
    expect(clashes(type, old, { ...next, name: "api" })).toBe(false);
    expect(clashes(type, old, next, { name: true })).toBe(false);
    expect(clashes(type, { ...old, name: "" }, { ...next, name: "" })).toBe(false);
    const [none, unknown] = [{ subnets: null }, { subnets: [null] }];
    expect(clashes(type, { ...old, ...none }, { ...next, ...none })).toBe(false);
    expect(clashes(type, { ...old, ...unknown }, { ...next, ...unknown })).toBe(false);
  });

  it.each(
    ["aws_lb_target_group", "aws_alb_target_group"].flatMap((type) =>
      ["health_check", "port", "protocol", "protocol_version", "target_type"].map(
        (name) => [type, name] as const,
      ),
    ),
  )("is refused where %s differs in %s", (type, name) => {
    const group = { vpc_id: "vpc-0123", name: "web", [name]: "a" };
    expect(clashes(type, group, { ...group, [name]: "b" })).toBe(true);
    expect(clashes(type, group, group)).toBe(false);
  });
});

describe("a record that is there already", () => {
  const RECORD = { zone_id: "z", name: "www.example.com", type: "A", content: "192.0.2.1" };

  it("has the same name, type and content, in one zone", () => {
    const type = "cloudflare_dns_record";
    expect(clashes(type, RECORD, { ...RECORD, ttl: 1 })).toBe(true);
    for (const more of [{ zone_id: "y" }, { name: "api.example.com" }, { type: "TXT" }]) {
      expect(clashes(type, RECORD, { ...RECORD, ...more })).toBe(false);
    }
    const place = placeOf(type, RECORD);
    expect(place).not.toBe(placeOf(type, { ...RECORD, zone_id: "y" }));
    expect(place).not.toBe(placeOf(type, { ...RECORD, name: "api.example.com" }));
  });
});

describe("the place of a create", () => {
  it("is none where a part of it is not set, or is no text", () => {
    expect(placeOf("aws_security_group", { name: "web" })).toBeUndefined();
    expect(placeOf("aws_security_group", { vpc_id: "vpc-0123", name: "" })).toBeUndefined();
    expect(placeOf("aws_security_group", { vpc_id: {}, name: "web" })).toBeUndefined();
    expect(placeOf("aws_lb", {})).toBeUndefined();
  });
});

describe("a rule without a source that can be told", () => {
  it("is no duplicate of another one", () => {
    const rule = { security_group_id: "sg-0123", protocol: "tcp", from_port: 443, to_port: 443 };
    const open = { ...rule, type: "ingress", cidr_blocks: [null] };
    expect(clashes("aws_security_group_rule", open, open)).toBe(false);
    const none = { ...rule, type: "ingress", cidr_blocks: "" };
    expect(clashes("aws_security_group_rule", none, none)).toBe(false);
  });
});

describe("what surely fails", () => {
  const RULE = "aws_vpc_security_group_ingress_rule";
  const world = {
    ...{ security_group_id: "sg-0123", ip_protocol: "tcp", from_port: 443, to_port: 443 },
    cidr_ipv4: "0.0.0.0/0",
  };
  const other = { ...world, cidr_ipv4: "192.0.2.0/24" };
  const old = actOf("delete", `${RULE}.a`, { before: world });

  it("is no update, and nothing that only an update is in the way of", () => {
    const becomes = actOf("update", `${RULE}.b`, { before: other, after: world });
    expect(blockedActs([old, becomes], (first) => first === becomes)).toEqual(new Set());
    const next = actOf("create", `${RULE}.b`, { after: world });
    const was = actOf("update", `${RULE}.a`, { before: world, after: other });
    expect(blockedActs([was, next], (first) => first === next)).toEqual(new Set());
  });
});
