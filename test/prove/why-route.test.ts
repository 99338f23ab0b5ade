import type { Decider, Hop } from "../../lib/model/hop";
import { whyPath, whyRoute } from "../../lib/prove/why";
import { ALL, about, admits, hop, path, route } from "./routes";

const EDGE = { address: 0x08080808n, isEdge: true };
const OTHER = { address: 0x08080808n, isEdge: false };
const IT = "8.8.8.8/32";

/** What becomes of 8.8.8.8 at a hop of each kind. */
const HOPS = {
  admits: hop(admits(IT)),
  may: hop(admits("", IT)),
  shuts: hop(admits("")),
  some: hop(admits(""), { entry: admits(IT) }),
  maySome: hop(admits(""), { entry: admits("", IT) }),
  mayAll: hop(admits("", IT), { entry: admits(IT) }),
};
type Name = keyof typeof HOPS;

const fates = (source: typeof EDGE, ...names: readonly Name[]) => {
  const { fate, hops, stoppedBy } = whyRoute(route(names.map((name) => HOPS[name])), source);
  return { fate, hops: hops.map((each) => each.fate), by: stoppedBy && hops.indexOf(stoppedBy) };
};

describe("one source at one hop", () => {
  it.each<[Name, string, string]>([
    ["admits", "admitted", "admitted"],
    ["may", "perhaps", "perhaps"],
    ["shuts", "stopped", "stopped"],
    ["some", "partly", "partly"],
    ["maySome", "stopped", "perhaps"],
    ["mayAll", "perhaps", "partly"],
  ])("that %s it is, of the edge, %s, and of others %s", (name, edge, other) => {
    expect(fates(EDGE, name).hops).toEqual([edge]);
    expect(fates(OTHER, name).hops).toEqual([other]);
  });

  it("of the edge is admitted only by all ways: its entry does not help", () => {
    const stranger = hop(admits(IT), { entry: admits("") });
    expect(whyRoute(route([stranger]), EDGE).fate).toBe("admitted");
    expect(whyRoute(route([stranger]), OTHER).fate).toBe("stopped");
  });
});

describe("one source on its way", () => {
  it("has the worst fate of the hops: of the edge, a part lost is lost", () => {
    expect(fates(EDGE)).toEqual({ fate: "admitted", hops: [], by: undefined });
    expect(fates(EDGE, "admits", "may").fate).toBe("perhaps");
    expect(fates(EDGE, "may", "some").fate).toBe("partly");
    expect(fates(EDGE, "some", "shuts", "may").fate).toBe("stopped");
  });

  it("has the worst fate of the hops: of others, what may stop it comes before a part", () => {
    expect(fates(OTHER, "admits").fate).toBe("admitted");
    expect(fates(OTHER, "admits", "some").fate).toBe("partly");
    expect(fates(OTHER, "some", "may").fate).toBe("perhaps");
    expect(fates(OTHER, "some", "may", "shuts").fate).toBe("stopped");
  });

  it("is stopped by the first hop that stops all of it, else by one that stops a part", () => {
    expect(fates(EDGE, "some", "shuts", "shuts").by).toBe(1);
    expect(fates(EDGE, "admits", "some", "may").by).toBe(1);
    expect(fates(EDGE, "admits", "may").by).toBeUndefined();
  });

  it("is told the rules that decide about it", () => {
    const decider: Decider = { resource: "a", effect: "allow", sure: true, text: "tcp/443" };
    const asked: bigint[] = [];
    const deciders: Hop["deciders"] = (source) => {
      asked.push(source);
      return [decider];
    };
    const { hops } = whyRoute(route([hop(ALL, { deciders }), hop(ALL)]), EDGE);
    expect(hops.map((each) => each.deciders)).toEqual([[decider], []]);
    expect(asked).toEqual([EDGE.address]);
  });
});

describe("an assumption about a hop", () => {
  const assumption = about("tighter");
  const tighter = (bounds = admits("")) =>
    hop(admits("", IT), { alternative: { bounds, assumption } });

  it("is made where the source's fate is open without it", () => {
    const why = whyRoute(route([tighter(), hop(ALL)], [about("route")]), EDGE);
    expect(why.fate).toBe("stopped");
    expect(why.assumptions).toEqual([assumption, about("route")]);
    expect(why.stoppedBy).toBe(why.hops[0]);
    expect(whyRoute(route([tighter(admits(IT))]), OTHER).fate).toBe("admitted");
  });

  it("is not made where it is settled, nor by hops that have none", () => {
    const settled = whyRoute(route([tighter(), HOPS.shuts], [about("route")]), EDGE);
    expect(settled.assumptions).toEqual([about("route")]);
    expect(settled.hops[0]?.fate).toBe("perhaps");
    expect(whyRoute(route([HOPS.may]), EDGE).assumptions).toEqual([]);
  });
});

describe("one source on a path", () => {
  const over = route([HOPS.shuts]);

  it("has the route's fate and the path's reasons", () => {
    const own = path(over, { reasons: [about("zone/unknown")] });
    const why = whyPath(own, EDGE);
    expect(why).toMatchObject({ fate: "stopped", reasons: [about("zone/unknown")] });
    expect(why.path).toBe(own);
    expect(whyPath(own, EDGE, whyRoute(route([]), EDGE)).fate).toBe("admitted");
  });

  it("has an open fate in a partial plan", () => {
    const reasons = [about("zone/unknown"), about("input/partial")];
    expect(whyPath(path(over, { reasons }), EDGE).fate).toBe("perhaps");
  });
});
