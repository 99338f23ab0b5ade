import type { CidrSet } from "../../../lib/net/cidr-set";
import { cidrFootprint, type Footprint } from "../../../lib/prove/rollout/footprint";
import { type Ground, piecesOf } from "../../../lib/prove/rollout/pieces";
import type { Act } from "../../../lib/prove/rollout/things";
import { actOf } from "./instances";
import { setOf } from "./scenes";

const RULE = "aws_vpc_security_group_ingress_rule";
const [HALF, REST, WHOLE] = ["104.16.0.0/14", "104.20.0.0/14", "104.16.0.0/13"];
const EDGE = setOf(WHOLE);
const GROUND: Ground = { family: 4, ports: new Set([80, 443]), legs: false, edge: EDGE };

function about(name: string, cidrs: readonly string[] | "any", ports?: Footprint["ports"]): Act {
  const footprint = cidrs === "any" ? undefined : cidrFootprint(cidrs);
  const own = footprint && ports ? { ...footprint, ports } : footprint;
  return { ...actOf("create", name.includes(".") ? name : `${RULE}.${name}`), footprint: own };
}

/** Which acts matter to which addresses. */
function pieces(acts: readonly Act[], ground: Partial<Ground> = {}, set: CidrSet = EDGE) {
  return piecesOf(set, acts, { ...GROUND, ...ground }).map(({ set: own, acts: matter }) => [
    own.toCidrs().map(String).join(" "),
    matter.map(({ step }) => step.address.split(".")[1]).join(" "),
  ]);
}

describe("pieces of the edge that the same acts matter to", () => {
  it("are split by the addresses that acts are about", () => {
    expect(pieces([about("a", [HALF])])).toEqual([
      [HALF, "a"],
      [REST, ""],
    ]);
    expect(pieces([about("a", [WHOLE]), about("b", "any")])).toEqual([[WHOLE, "a b"]]);
    expect(pieces([about("a", ["192.0.2.0/24"])])).toEqual([[WHOLE, ""]]);
    expect(pieces([])).toEqual([[WHOLE, ""]]);
  });

  it("are none of nothing", () => {
    expect(pieces([about("a", "any")], {}, setOf())).toEqual([]);
  });

  it("are one where the same acts matter", () => {
    const quarter = ["104.16.0.0/15", "104.20.0.0/15"];
    expect(pieces([about("a", quarter)])).toEqual([
      [quarter.join(" "), "a"],
      ["104.18.0.0/15 104.22.0.0/15", ""],
    ]);
    const acts = [about("a", [HALF]), about("b", [REST]), about("c", ["104.16.0.0/15"])];
    expect(pieces(acts)).toEqual([
      ["104.16.0.0/15", "a c"],
      ["104.18.0.0/15", "a"],
      [REST, "b"],
    ]);
    const eleven = Array.from({ length: 12 }, (_, at) => about(`x${at}`, [HALF]));
    expect(pieces(eleven)).toHaveLength(2);
  });

  it.each([
    [443, 443, true],
    [1, 80, true],
    [80, 81, true],
    [444, 500, false],
    [1, 79, false],
    [81, 442, false],
  ])("leave out rules of other ports: %i to %i", (from, to, matters) => {
    const rule = about("a", [WHOLE], { from, to });
    expect(pieces([rule])).toEqual([[WHOLE, matters ? "a" : ""]]);
    expect(pieces([rule], { ports: undefined })).toEqual([[WHOLE, "a"]]);
  });

  it("leave out what a group lets out, unless there is a second leg", () => {
    const egress = about("aws_vpc_security_group_egress_rule.a", "any");
    expect(pieces([egress])).toEqual([[WHOLE, ""]]);
    expect(pieces([egress], { legs: true })).toEqual([[WHOLE, "a"]]);
    expect(pieces([about("aws_security_group_rule.a", "any")])).toEqual([[WHOLE, "a"]]);
  });

  it("are about all where a rule may be one of a second leg", () => {
    const ground = { legs: true };
    expect(pieces([about("a", [HALF])], ground)[0]).toEqual([HALF, "a"]);
    expect(pieces([about("a", [HALF, "10.0.0.0/8"])], ground)).toEqual([[WHOLE, "a"]]);
    expect(pieces([about("a", ["2001:db8::/32"])], ground)).toEqual([[WHOLE, "a"]]);
    const other = about("a", [HALF], { from: 1, to: 2 });
    expect(pieces([other], ground)[0]).toEqual([HALF, "a"]);
  });
});
