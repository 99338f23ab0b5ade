import type { Topology } from "../../lib/model/topology";
import { CidrSet } from "../../lib/net/cidr-set";
import { type Exception, type ProveOptions, prove } from "../../lib/prove/prove";
import { about, admits, hop, path, route, setOf } from "./routes";

const EDGE = "104.16.0.0/13 131.0.72.0/22";
const OTHERS = "8.8.8.0/24";

function proved(paths: Topology["paths"], options: Partial<ProveOptions> = {}) {
  const topology = { inputs: [], instances: [], paths, originless: [], dnsOnly: [] };
  const edge = (family: 4 | 6) => (family === 4 ? setOf(EDGE) : CidrSet.empty(6));
  return prove(topology, { edge, exceptions: [], assumptions: [], ...options });
}

const good = route([hop(admits(EDGE))]);
const bad = route([hop(admits("104.16.0.0/13"))]);
const wide = route([hop(admits(`${EDGE} ${OTHERS}`), { locked: true, sensitive: true })]);
const open = route([hop(admits("", `${EDGE} ${OTHERS}`), { reasons: [about("hop")] })]);

const verdicts = (found: ReturnType<typeof proved>) =>
  found.map(({ availability, exclusivity }) => `${availability.verdict}, ${exclusivity.verdict}`);
const ids = (list: readonly { readonly id: string }[] = []) => list.map(({ id }) => id);
/** Three times undefined: nothing is told of who is cut off. */
const NOWHERE = { missing: undefined, stoppedBy: undefined, stoppedAt: undefined };
const NOBODY = { others: undefined, locked: false, sensitive: false };

describe("an exception", () => {
  const over = route([
    hop(admits(`${EDGE} ${OTHERS}`), { resources: ["a", "b"] }),
    hop(admits(`${EDGE} ${OTHERS}`)),
  ]);
  const exception: Exception = { family: 4, sources: setOf(OTHERS), ports: [] };
  const six: Exception = { ...exception, family: 6, sources: CidrSet.all(6) };
  const exclusive = (...exceptions: readonly Exception[]) =>
    proved([path(over)], { exceptions })[0]?.exclusivity.verdict;

  it("lets somebody in on every port, of its family", () => {
    expect(exclusive()).toBe("refuted");
    expect(exclusive(exception)).toBe("proved");
    expect(exclusive(six)).toBe("refuted");
    expect(exclusive(six, exception)).toBe("proved");
  });

  it("counts on its ports alone", () => {
    expect(exclusive({ ...exception, ports: [80, 443] })).toBe("proved");
    expect(exclusive({ ...exception, ports: [80] })).toBe("refuted");
  });

  it("counts on paths alone that one of its resources filters", () => {
    expect(exclusive({ ...exception, resources: new Set(["b", "c"]) })).toBe("proved");
    expect(exclusive({ ...exception, resources: new Set(["c"]) })).toBe("refuted");
  });

  it("of another path is not taken for this one's", () => {
    const other = route([hop(admits(`${EDGE} ${OTHERS}`), { resources: ["c"] })]);
    const exceptions = [
      { ...exception, resources: new Set(["x"]) },
      { ...exception, resources: new Set(["c"]) },
      { ...exception, sources: setOf("9.9.9.0/24"), resources: new Set(["a"]) },
    ];
    const found = proved([path(other), path(over)], { exceptions });
    expect(verdicts(found)).toEqual(["proved, proved", "proved, refuted"]);
  });
});

describe("equal questions", () => {
  it("are asked once, of one route and of several", () => {
    let asked = 0;
    const edge = () => {
      asked += 1;
      return setOf(EDGE);
    };
    const same = { ...good };
    const origin = { address: null, resource: null, port: 80, scheme: "http" } as const;
    proved([path(good), path(good), path(same)], { edge });
    expect(asked).toBe(1);
    proved([path(good), path(same, {}, { origin })], { edge });
    expect(asked).toBe(3);
  });
});

describe("what a verdict rests on", () => {
  it("is the route's, the path's and the general, each once", () => {
    const over = route(good.hops, [about("route"), about("twice")]);
    const own = { assumptions: [about("path"), about("twice"), about("twice", "other")] };
    const found = proved([path(over, own)], { assumptions: [about("general")] });
    const [{ assumptions } = { assumptions: [] }] = found;
    expect(ids(assumptions)).toEqual(["route", "twice", "path", "twice", "general"]);
  });

  it("leaves nothing decided where it is forbidden, and says so", () => {
    const over = route(wide.hops, [about("a"), about("b")]);
    const [found] = proved([path(over)], { forbidden: ["b", "c"] });
    const reasons = [{ ...about("b"), text: "it is not known whether the text of b" }];
    expect(found?.availability).toMatchObject({ verdict: "undetermined", ...NOWHERE, reasons });
    expect(found?.exclusivity).toMatchObject({ verdict: "undetermined", ...NOBODY, reasons });
    expect(found?.assumptions).toEqual([about("a")]);
  });

  it("stays where nothing that is forbidden is among it", () => {
    const over = route(good.hops, [about("a")]);
    const [found] = proved([path(over)], { forbidden: ["b"] });
    expect(found?.availability.verdict).toBe("proved");
    expect(found?.assumptions).toEqual([about("a")]);
    expect(proved([path(good)])[0]?.path.route).toBe(good);
  });
});

describe("a path that may not be there", () => {
  const reasons = [about("zone/unknown")];

  it("has no availability, and no refuted exclusivity", () => {
    const found = proved([good, bad, wide].map((each) => path(each, { reasons })));
    expect(verdicts(found)).toEqual([
      "undetermined, proved",
      "undetermined, proved",
      "undetermined, undetermined",
    ]);
    expect(found[1]?.availability).toMatchObject({ ...NOWHERE, reasons });
    expect(found[1]?.availability.undecided.equals(setOf(EDGE))).toBe(true);
    expect(found[2]?.exclusivity).toMatchObject({ ...NOBODY, reasons });
    expect(found[0]?.exclusivity.reasons).toEqual([]);
  });

  it("keeps the reasons of its hops behind its own", () => {
    const [found] = proved([path(open, { reasons })]);
    expect(ids(found?.availability.reasons)).toEqual(["zone/unknown", "hop"]);
    expect(ids(found?.exclusivity.reasons)).toEqual(["hop"]);
  });

  it("decides nothing at all in a partial plan", () => {
    const partial = [about("zone/unknown"), about("input/partial")];
    const found = proved([good, wide].map((each) => path(each, { reasons: partial })));
    expect(verdicts(found)).toEqual(["undetermined, undetermined", "undetermined, undetermined"]);
    expect(ids(found[0]?.exclusivity.reasons)).toEqual(["input/partial"]);
  });
});

describe("a flow that is merely possible", () => {
  const possible = { certain: false, because: "only if ssl = full" };

  it("refutes nothing, and stays proved", () => {
    const found = proved([good, bad, wide].map((each) => path(each, {}, possible)));
    expect(verdicts(found)).toEqual([
      "proved, proved",
      "undetermined, proved",
      "proved, undetermined",
    ]);
    const reason = { id: "flow/only-possible", subject: "cloudflare_dns_record.www" };
    const end = "but the edge uses it only if ssl = full";
    expect(found[1]?.availability.reasons).toEqual([
      { ...reason, text: `on port 443 addresses of Cloudflare would be cut off, ${end}` },
    ]);
    expect(found[2]?.exclusivity.reasons).toEqual([
      { ...reason, text: `on port 443 others would get in, ${end}` },
    ]);
  });

  it("is refuted where a sibling is in each case, and only its siblings are", () => {
    const connection = { scheme: "https", port: 443, sure: true } as const;
    const siblings = { cases: [[connection]] };
    const own = path(bad, { siblings }, possible);
    const other = path(bad, { siblings: { cases: [[{ ...connection, port: 80 }]] } }, possible);
    const found = proved([own, other, path(bad, {}, possible)]);
    expect(verdicts(found)).toEqual([
      "refuted, proved",
      "undetermined, proved",
      "undetermined, proved",
    ]);
    expect(verdicts(proved([path(good, { siblings }, possible)]))).toEqual(["proved, proved"]);
  });
});
