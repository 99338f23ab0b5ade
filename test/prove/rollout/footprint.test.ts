import type { Json } from "../../../lib/model/value";
import type { Footprint } from "../../../lib/prove/rollout/footprint";
import { cidrFootprint, joinFootprints, ruleFootprint } from "../../../lib/prove/rollout/footprint";

/** Ranges and ports of a footprint, as texts. */
function shown(footprint: Footprint | undefined) {
  if (footprint === undefined) return "any";
  const { sources, ports } = footprint;
  const cidrs = [...sources[4].toCidrs(), ...sources[6].toCidrs()].map(String);
  return ports === undefined ? cidrs : [...cidrs, `${ports.from}-${ports.to}`];
}

const INGRESS = "aws_vpc_security_group_ingress_rule";
const HTTPS = { ip_protocol: "tcp", from_port: 443, to_port: 443 };
const WEB = { cidr_ipv4: "104.16.0.0/13", ...HTTPS };
const of = (type: string, values: Json, unknown: Json = false) =>
  shown(ruleFootprint(type, values, unknown));

describe("the packets that a rule may matter to", () => {
  it.each([
    [INGRESS, WEB, ["104.16.0.0/13", "443-443"]],
    [INGRESS, { cidr_ipv6: "2400:cb00::/32", ...HTTPS }, ["2400:cb00::/32", "443-443"]],
    [
      "aws_security_group_rule",
      {
        cidr_blocks: ["104.16.0.0/13", "198.51.100.0/24"],
        ipv6_cidr_blocks: ["2001:db8::/32"],
        protocol: "6",
        from_port: 80,
        to_port: 443,
      },
      ["104.16.0.0/13", "198.51.100.0/24", "2001:db8::/32", "80-443"],
    ],
    ["aws_ec2_managed_prefix_list_entry", { cidr: "192.0.2.0/24" }, ["192.0.2.0/24"]],
    ["aws_route", { destination_cidr_block: "172.64.0.0/13" }, ["172.64.0.0/13"]],
    ["aws_route", { destination_ipv6_cidr_block: "::/0" }, ["::/0"]],
    ["aws_network_acl_rule", { ipv6_cidr_block: "::/0" }, ["::/0"]],
  ])("are those of its ranges and ports: %s %j", (type, values, wanted) => {
    expect(of(type, values)).toEqual(wanted);
  });

  it.each(["aws_route", "aws_network_acl_rule"])(
    "are of any port where it is a stateless one: %s",
    (type) => {
      const range = type === "aws_route" ? "destination_cidr_block" : "cidr_block";
      const ports = { protocol: "tcp", from_port: 443, to_port: 443 };
      expect(of(type, { [range]: "0.0.0.0/0", ...ports })).toEqual(["0.0.0.0/0"]);
    },
  );

  it.each([
    ["another kind of object", "aws_security_group", WEB],
    ["no range", INGRESS, HTTPS],
    ["an empty range", INGRESS, { cidr_ipv4: "", ...HTTPS }],
    ["what is no range", INGRESS, { cidr_ipv4: "the edge", ...HTTPS }],
    ["a prefix list beside it", INGRESS, { ...WEB, prefix_list_id: "pl-0123" }],
    [
      "prefix lists",
      "aws_security_group_rule",
      { cidr_blocks: ["0.0.0.0/0"], prefix_list_ids: ["pl-0123"] },
    ],
    ["a group", INGRESS, { ...WEB, referenced_security_group_id: "sg-0123" }],
    [
      "a group of the older kind",
      "aws_security_group_rule",
      { cidr_blocks: ["0.0.0.0/0"], source_security_group_id: "sg-0123" },
    ],
    ["the group itself", "aws_security_group_rule", { cidr_blocks: ["0.0.0.0/0"], self: true }],
    [
      "a route's prefix list",
      "aws_route",
      { destination_cidr_block: "0.0.0.0/0", destination_prefix_list_id: "pl-0123" },
    ],
  ])("are any, with %s", (_, type, values) => {
    expect(of(type, values as Json)).toBe("any");
  });

  it("are not more for sources that are named and empty", () => {
    const none = { prefix_list_ids: [], self: false, source_security_group_id: "" };
    const values = { cidr_blocks: ["192.0.2.0/24"], prefix_list_id: null, ...none };
    expect(of("aws_security_group_rule", values)).toEqual(["192.0.2.0/24"]);
  });

  it.each([
    ["everything", true],
    ["a range", { cidr_ipv6: true }],
    ["elements of a range", { cidr_ipv4: [true] }],
  ])("are any where %s is known after apply", (_, unknown) => {
    expect(of(INGRESS, WEB, unknown)).toBe("any");
  });

  it.each([
    "prefix_list_id",
    "prefix_list_ids",
    "referenced_security_group_id",
    "destination_prefix_list_id",
    "self",
  ])("are any where another source is known after apply: %s", (name) => {
    expect(of(INGRESS, WEB, { [name]: true })).toBe("any");
    expect(of(INGRESS, WEB, { [name]: [true] })).toBe("any");
    expect(of(INGRESS, WEB, { [name]: false })).toEqual(["104.16.0.0/13", "443-443"]);
  });

  it("are those of its ranges where a group is computed that is not set beside them", () => {
    const type = "aws_security_group_rule";
    const unknown = { source_security_group_id: true };
    expect(of(type, { cidr_blocks: ["192.0.2.0/24"] }, unknown)).toEqual(["192.0.2.0/24"]);
    expect(of(type, {}, unknown)).toBe("any");
  });

  it.each([
    ["UDP", { protocol: "udp" }],
    ["every protocol", { protocol: "-1", from_port: 0, to_port: 0 }],
    ["a port that is no number", { from_port: "443" }],
    ["no last port", { to_port: null }],
    ["ports that begin below 0", { from_port: -1 }],
    ["ports in reverse", { to_port: 442 }],
  ])("are of any port with %s", (_, more) => {
    const base = { cidr_blocks: ["192.0.2.0/24"], protocol: "tcp", from_port: 443, to_port: 443 };
    expect(of("aws_security_group_rule", { ...base, ...more })).toEqual(["192.0.2.0/24"]);
  });

  it.each(["from_port", "to_port"])("are of any port where %s is known after apply", (name) => {
    expect(of(INGRESS, WEB, { [name]: true })).toEqual(["104.16.0.0/13"]);
  });

  it("are those of port 0, and of one port", () => {
    const ports = { ip_protocol: "tcp", from_port: 0, to_port: 0 };
    expect(of(INGRESS, { cidr_ipv4: "192.0.2.0/24", ...ports })).toEqual(["192.0.2.0/24", "0-0"]);
  });
});

describe("the packets that ranges are about", () => {
  it("are none that can be told where one can't be read, or none is there", () => {
    expect([shown(cidrFootprint([])), shown(cidrFootprint(["192.0.2.0/24", "x"]))]).toEqual([
      "any",
      "any",
    ]);
    expect(shown(cidrFootprint(["192.0.2.1", "2001:db8::/32"]))).toEqual([
      "192.0.2.1/32",
      "2001:db8::/32",
    ]);
  });
});

describe("the packets that two rules may matter to", () => {
  const at = (cidrs: readonly string[], from: number, to: number): Footprint => {
    const made = cidrFootprint(cidrs);
    if (made === undefined) throw new Error("no range");
    return { ...made, ports: { from, to } };
  };
  const [left, right] = [
    at(["192.0.2.0/24", "2001:db8::/33"], 80, 90),
    at(["198.51.100.0/24", "2001:db8:8000::/33"], 20, 85),
  ];

  it("are those of either, and ports between", () => {
    const all = ["192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32", "20-90"];
    expect(shown(joinFootprints(left, right))).toEqual(all);
    expect(shown(joinFootprints(right, left))).toEqual(all);
  });

  it("are any where one's are, in ranges or in ports", () => {
    const portless = cidrFootprint(["198.51.100.0/24"]);
    expect(shown(joinFootprints(left, undefined))).toBe("any");
    expect(shown(joinFootprints(undefined, left))).toBe("any");
    const cidrs = ["192.0.2.0/24", "198.51.100.0/24", "2001:db8::/33"];
    expect(shown(joinFootprints(left, portless))).toEqual(cidrs);
    expect(shown(joinFootprints(portless, left))).toEqual(cidrs);
  });
});
