import { decideRoute, type Question } from "../../lib/prove/decide";
import { ALL, about, admits, hop, route, setOf } from "./routes";

const EDGE = "104.16.0.0/13 131.0.72.0/22";
const OTHERS = "8.8.8.0/24";
const QUESTION: Question = { family: 4, edge: setOf(EDGE), allowed: setOf(EDGE) };

const decided = (...hops: Parameters<typeof route>) => decideRoute(route(...hops), QUESTION);
const exact = hop(admits(EDGE));
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe("availability of hops", () => {
  it("is proved without reasons where each surely admits the edge", () => {
    const { availability } = decided([hop(ALL, { reasons: [about("r")] }), exact]);
    const nowhere = { missing: undefined, stoppedBy: undefined, stoppedAt: undefined };
    expect(availability).toMatchObject({ verdict: "proved", ...nowhere, reasons: [] });
    expect(availability.undecided.isEmpty).toBe(true);
  });

  it("is refuted by the first hop that stops the lowest address that is missing", () => {
    const low = hop(admits("131.0.72.0/22"));
    const high = hop(admits("104.16.0.0/13"), { reasons: [about("r")] });
    const { availability } = decided(
      [ALL, admits(EDGE)].map((each) => hop(each)).concat(high, low),
    );
    expect(availability.missing?.toCidrs()).toEqual(["104.16.0.0/13", "131.0.72.0/22"]);
    expect(availability).toMatchObject({ verdict: "refuted", reasons: [], stoppedAt: 3 });
    expect(availability.stoppedBy).toBe(low);
  });

  it("tells which part of the edge is cut off, and which undecided", () => {
    const { availability } = decided([hop(admits("104.16.0.0/14", "104.20.0.0/14"))]);
    expect(availability.missing?.toCidrs()).toEqual(["131.0.72.0/22"]);
    expect(availability.undecided.toCidrs()).toEqual(["104.20.0.0/14"]);
    expect(availability.edge.toCidrs()).toEqual(["104.16.0.0/13", "131.0.72.0/22"]);
  });

  it("is undetermined by the reasons of the hops that are not sure, each once", () => {
    const open = hop(admits("", EDGE), { reasons: [about("r1"), about("r1"), about("r1", "t")] });
    const known = hop(ALL, { reasons: [about("r2")] });
    const { availability } = decided([known, open, open]);
    const nowhere = { missing: undefined, stoppedBy: undefined, stoppedAt: undefined };
    expect(availability).toMatchObject({ verdict: "undetermined", ...nowhere });
    expect(availability.reasons).toEqual([about("r1"), about("r1", "t")]);
    expect(availability.undecided.equals(setOf(EDGE))).toBe(true);
  });
});

describe("exclusivity of hops", () => {
  const none = { others: undefined, locked: false, sensitive: false };

  it("is proved where nobody else may get in, and private sources are nobody", () => {
    const { exclusivity } = decided([hop(admits(`${EDGE} 10.0.0.0/8`, "192.168.0.0/16"))]);
    expect(exclusivity).toEqual({ verdict: "proved", ...none, reasons: [] });
  });

  it("is refuted with those who surely get in, locked and sensitive if any hop is", () => {
    const open = hop(admits(`${EDGE} ${OTHERS}`), { reasons: [about("r")] });
    const { exclusivity } = decided([open, hop(ALL)]);
    expect(exclusivity).toMatchObject({ verdict: "refuted", ...none, others: expect.anything() });
    expect(exclusivity.reasons).toEqual([]);
    expect(exclusivity.others?.toCidrs()).toEqual([OTHERS]);
    const marked = decided([open, hop(ALL, { locked: true }), hop(ALL, { sensitive: true })]);
    expect(marked.exclusivity).toMatchObject({ locked: true, sensitive: true });
  });

  it("is undetermined by the reasons of the hops that may let others in", () => {
    const shut = hop(admits("", EDGE), { reasons: [about("shut")] });
    const wide = hop(admits(EDGE, OTHERS), { reasons: [about("wide")] });
    const { exclusivity } = decided([wide, hop(ALL, { reasons: [about("all")] })]);
    expect(exclusivity).toMatchObject({ verdict: "undetermined", ...none });
    expect(ids(exclusivity.reasons)).toEqual(["wide", "all"]);
    const both = decideRoute(route([wide, shut, hop(ALL)]), { ...QUESTION, allowed: setOf("") });
    expect(both.exclusivity.verdict).toBe("undetermined");
    const narrow = hop(admits(EDGE), { reasons: [about("narrow")] });
    const more = hop(admits(EDGE, OTHERS), {
      reasons: [about("more")],
      entry: admits(EDGE, OTHERS),
    });
    const either = { ...narrow, entry: admits(EDGE, `${OTHERS} 9.9.9.0/24`) };
    expect(ids(decided([more, either]).exclusivity.reasons)).toEqual(["more", "narrow"]);
  });

  it("leaves out the reasons of hops that shut others out, though the edge is open", () => {
    const wide = hop(admits("", `${EDGE} ${OTHERS}`), { reasons: [about("wide")] });
    const allowed = setOf(EDGE).union(setOf("9.9.9.0/24"));
    const other = hop(admits("9.9.9.0/24", OTHERS), { reasons: [about("other")] });
    const known = hop(admits(`${EDGE} ${OTHERS}`));
    const { exclusivity } = decideRoute(route([wide, other, known]), { ...QUESTION, allowed });
    expect(ids(exclusivity.reasons)).toEqual(["wide", "other"]);
  });

  it("is decided on what lets somebody in, availability on what lets all in", () => {
    const some = hop(admits(EDGE), { entry: admits(`${EDGE} ${OTHERS}`) });
    expect(decided([some]).availability.verdict).toBe("proved");
    expect(decided([some]).exclusivity.others?.toCidrs()).toEqual([OTHERS]);
  });
});

describe("tighter bounds under an assumption", () => {
  const assumption = about("tighter");
  const tight = (more: object = {}) =>
    hop(admits("", `${EDGE} ${OTHERS}`), {
      assumptions: [about("own")],
      reasons: [about("loose")],
      alternative: { bounds: admits(EDGE), assumption, ...more },
    });

  it("settle what is open, and are listed then", () => {
    const found = decided([tight()], [about("route")]);
    expect(found.availability.verdict).toBe("proved");
    expect(found.exclusivity.verdict).toBe("proved");
    expect(ids(found.assumptions)).toEqual(["route", "own", "tighter"]);
  });

  it("are not looked at where nothing is open", () => {
    const shut = hop(admits("", OTHERS), { assumptions: [about("own")] });
    const found = decided([tight(), shut, hop(admits(EDGE))], [about("route")]);
    expect(found.availability.verdict).toBe("refuted");
    expect(found.exclusivity.verdict).toBe("proved");
    expect(ids(found.assumptions)).toEqual(["route", "own", "own"]);
  });

  it("leave alone what is decided without them", () => {
    const shut = hop(admits("104.16.0.0/13", OTHERS));
    const wider = tight({ bounds: admits(`${EDGE} ${OTHERS}`) });
    const found = decided([wider, shut]);
    expect(found.availability.verdict).toBe("refuted");
    expect(found.availability.stoppedBy?.reasons).toEqual([]);
    const settled = decideRoute(route([tight({ bounds: admits(OTHERS) }), exact]), QUESTION);
    expect(settled.exclusivity.verdict).toBe("proved");
    expect(settled.availability.verdict).toBe("refuted");
  });

  it("do not replace a verdict by their own", () => {
    const open = hop(admits(EDGE, OTHERS), {
      alternative: { bounds: admits("", `${EDGE} ${OTHERS}`), assumption },
    });
    const found = decided([open]);
    expect(found.availability.verdict).toBe("proved");
    expect(found.exclusivity.verdict).toBe("undetermined");
  });

  it("are not assumed by hops that have none", () => {
    const open = hop(admits("", EDGE), { assumptions: [about("own")], reasons: [about("r")] });
    expect(decided([open], [about("route")]).assumptions).toEqual([about("route"), about("own")]);
    expect(ids(decided([open, tight()]).assumptions)).toEqual(["own", "own", "tighter"]);
  });

  it("show other resources and reasons, and an entry of their own", () => {
    const shown = { reasons: [about("shown")] };
    const more = { shown, bounds: admits("", EDGE), entry: admits("", OTHERS) };
    const { availability, exclusivity } = decided([tight(more)]);
    expect(ids(availability.reasons)).toEqual(["shown"]);
    expect(ids(exclusivity.reasons)).toEqual(["shown"]);
  });
});
