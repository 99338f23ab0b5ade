import type { Path } from "../../../lib/model/path";
import type { CidrSet } from "../../../lib/net/cidr-set";
import { fingerprint, offerBefore, offerOf, placed } from "../../../lib/prove/rollout/offer";
import { HOSTNAME, HTTPS, hopOf, pathOf, reason, sceneOf, setOf, VIEW } from "./scenes";

const texts = (set: CidrSet) => set.toCidrs().map(String);

/** What is offered, as texts. */
function offered(paths: readonly Path[], visitors = {}, view = {}) {
  const offer = offerOf(sceneOf(paths), { ...VIEW, ...view }, { ...HTTPS, ...visitors });
  const { must, mustBesides, may, mayIfUsed, reasons, exists } = offer;
  return {
    must: texts(must),
    besides: texts(mustBesides),
    may: texts(may),
    ifUsed: texts(mayIfUsed),
    reasons: reasons.map(({ id }) => id),
    exists,
  };
}

const [HALF, REST, WHOLE] = ["104.16.0.0/14", "104.20.0.0/14", "104.16.0.0/13"];
const ALL = ["0.0.0.0/0"];

describe("what a hostname offers", () => {
  it("is what every hop of every path admits", () => {
    const paths = [
      pathOf({ hops: [hopOf([WHOLE]), hopOf([HALF], [WHOLE])] }),
      pathOf({ hops: [hopOf([WHOLE])] }),
    ];
    const wanted = { must: [HALF], besides: [HALF], may: [WHOLE], ifUsed: [WHOLE] };
    expect(offered(paths)).toEqual({ ...wanted, reasons: [], exists: true });
  });

  it("is that of its own paths to the visitors' port, by their family", () => {
    const narrow = [hopOf([HALF])];
    const http = { visitors: [{ scheme: "http", port: 80 }] as const };
    const paths = [
      pathOf({}),
      pathOf({ hops: narrow, flow: { hostname: "api.example.com" } }),
      pathOf({ hops: narrow, flow: http }),
      pathOf({ hops: narrow, flow: { visitors: [{ scheme: "https", port: 8443 }] } }),
      pathOf({ hops: narrow, flow: { visitors: [{ scheme: "http", port: 443 }] } }),
    ];
    expect(offered(paths).must).toEqual(ALL);
  });

  it("is that of the connection that is asked about", () => {
    const at = (port: number, scheme: "http" | "https", cidr: string) =>
      pathOf({
        hops: [hopOf([cidr])],
        flow: { origin: { ...pathOf({}).flow.origin, port, scheme } },
      });
    const paths = [at(443, "https", HALF), at(8443, "https", REST), at(443, "http", WHOLE)];
    expect(offered(paths, { via: { scheme: "https", port: 443 } }).must).toEqual([HALF]);
    expect(offered(paths, { via: { scheme: "https", port: 8443 } }).must).toEqual([REST]);
    expect(offered(paths, { via: { scheme: "http", port: 443 } }).must).toEqual([WHOLE]);
  });

  it("may be anything where the path has reasons of its own, and surely nothing", () => {
    const open = pathOf({ more: { reasons: [reason("cloudflare/zone-paused")] } });
    expect(offered([open])).toEqual({
      must: [],
      besides: [],
      may: ALL,
      ifUsed: ALL,
      reasons: ["cloudflare/zone-paused"],
      exists: true,
    });
  });

  it("names the reasons of hops that do not admit all for certain", () => {
    const unsure = hopOf([], [WHOLE], { reasons: [reason("aws/group-outside")] });
    const sure = hopOf(["0.0.0.0/0"], ["0.0.0.0/0"], { reasons: [reason("aws/other")] });
    expect(offered([pathOf({ hops: [unsure, sure] })])).toMatchObject({
      must: [],
      besides: [],
      may: [WHOLE],
      reasons: ["aws/group-outside"],
    });
  });

  it("leaves aside hops that are unknown before and afterwards alike", () => {
    const unsure = hopOf([], [WHOLE], { reasons: [reason("aws/group-outside")] });
    const stable = new Set([placed(unsure, pathOf({}).flow)]);
    expect(offered([pathOf({ hops: [unsure, hopOf([HALF])] })], {}, { stable })).toMatchObject({
      must: [],
      besides: [HALF],
      may: [HALF],
      reasons: [],
    });
  });

  it("is that of alternatives where their assumptions are made", () => {
    const assumption = { id: "binding/list-of-ids", subject: "aws_x.x", text: "a list" };
    const bounds = { must: setOf(WHOLE), may: setOf(WHOLE) };
    const hop = hopOf([], ["0.0.0.0/0"], { alternative: { bounds, assumption } } as object);
    const path = pathOf({ hops: [hop, hopOf([WHOLE])] });
    expect(offered([path]).must).toEqual([]);
    expect(offered([path], {}, { assumed: true })).toMatchObject({ must: [WHOLE], may: [WHOLE] });
    const { assumptions } = offerOf(sceneOf([path]), { ...VIEW, assumed: true }, HTTPS);
    expect(assumptions).toEqual([assumption]);
    expect(offerOf(sceneOf([path]), VIEW, HTTPS).assumptions).toEqual([]);
  });

  it("rests on what its paths, their hops and the state assume, each once", () => {
    const of = (id: string) => ({ id, subject: "aws_x.x", text: id });
    const path = pathOf({ hops: [hopOf(ALL, ALL, { assumptions: [of("b"), of("a")] })] });
    const more = { assumptions: [of("c")], route: { ...path.route, assumptions: [of("a")] } };
    const scene = sceneOf([{ ...path, ...more }], { assumptions: [of("d"), of("c")] });
    const ids = offerOf(scene, VIEW, HTTPS).assumptions.map(({ id }) => id);
    expect(ids).toEqual(["a", "b", "c", "d"]);
    expect(offerOf(sceneOf([path]), VIEW, HTTPS).assumptions).toHaveLength(2);
  });
});

describe("what a hostname offers without a path", () => {
  it("is nothing, and nobody answers for it", () => {
    const offer = offerOf(sceneOf([]), VIEW, HTTPS);
    expect([texts(offer.must), texts(offer.may), texts(offer.mayIfUsed)]).toEqual([[], [], []]);
    expect([offer.exists, offer.assumptions]).toEqual([false, []]);
    expect(offer.reasons).toEqual([
      {
        id: "rollout/name-gone",
        subject: HOSTNAME,
        text: "www.example.com has no record meanwhile",
      },
    ]);
  });

  it("can't be told where something else answers, or another family does", () => {
    const answered = { answered: (name: string) => name === HOSTNAME };
    const text = "what answers www.example.com meanwhile can't be told";
    for (const scene of [sceneOf([], answered), sceneOf([pathOf({ flow: { family: 6 } })])]) {
      const offer = offerOf(scene, VIEW, HTTPS);
      expect([texts(offer.must), texts(offer.may), texts(offer.mayIfUsed)]).toEqual([[], ALL, ALL]);
      expect([offer.exists, offer.reasons[0]?.text]).toEqual([false, text]);
    }
  });

  it("is nothing that is owed where Cloudflare only answers DNS for it", () => {
    const more = { answered: () => true, dnsOnly: (name: string) => name === HOSTNAME };
    const bare = sceneOf([], more);
    expect([
      texts(offerBefore(bare, VIEW, HTTPS).may),
      texts(offerOf(bare, VIEW, HTTPS).may),
    ]).toEqual([[], ALL]);
    const other = { ...VIEW, hostname: "api.example.com" };
    expect(texts(offerBefore(bare, other, HTTPS).may)).toEqual(ALL);
    const served = sceneOf([pathOf({ hops: [hopOf([HALF])] })], more);
    expect(texts(offerBefore(served, VIEW, HTTPS).may)).toEqual([HALF]);
    expect(texts(offerBefore(bare, VIEW, HTTPS).mayIfUsed)).toEqual([]);
  });

  it("is nothing where the name that a path leads to is gone", () => {
    const origin = { ...pathOf({}).flow.origin, address: "0.0.0.0" };
    expect(offered([pathOf({ flow: { origin } })])).toEqual({
      must: [],
      besides: [],
      may: [],
      ifUsed: [],
      reasons: ["rollout/name-gone"],
      exists: true,
    });
  });
});

describe("what is offered on paths that settings decide", () => {
  const one = (port: number, scheme: "http" | "https", sure: boolean) => ({ port, scheme, sure });
  const at = (port: number, scheme: "http" | "https", cidrs: readonly string[], siblings: object) =>
    pathOf({
      hops: [hopOf(cidrs)],
      flow: { certain: false, origin: { ...pathOf({}).flow.origin, port, scheme } },
      more: { siblings } as object,
    });

  it("is cut off only where it is so under each case", () => {
    const siblings = { cases: [[one(443, "https", true)], [one(80, "http", true)]] };
    const paths = [at(443, "https", [HALF], siblings), at(80, "http", [REST], siblings)];
    expect(offered(paths).may).toEqual([WHOLE]);
    const alike = [at(443, "https", [HALF], siblings), at(80, "http", [HALF], siblings)];
    expect(offered(alike).may).toEqual([HALF]);
  });

  it("is cut off where a connection is that is sure, or each that is not", () => {
    const sure = { cases: [[one(443, "https", true), one(80, "http", false)]] };
    const either = { cases: [[one(443, "https", false), one(80, "http", false)]] };
    const of = (siblings: object) => [
      at(443, "https", [HALF], siblings),
      at(80, "http", [WHOLE], siblings),
    ];
    expect(offered(of(sure)).may).toEqual([HALF]);
    expect(offered(of(either)).may).toEqual([WHOLE]);
  });

  it("is not cut off where there are no cases, or a case has a path that is not there", () => {
    expect(offered([at(443, "https", [HALF], { cases: [] })]).may).toEqual(ALL);
    const missing = { cases: [[one(443, "https", true)], [one(80, "http", true)]] };
    expect(offered([at(443, "https", [HALF], missing)]).may).toEqual(ALL);
  });

  it("is what is cut off for any record or origin", () => {
    const [first, second] = [
      { cases: [[one(443, "https", true)]] },
      { cases: [[one(443, "https", true)]] },
    ];
    const paths = [at(443, "https", [WHOLE], first), at(443, "https", [HALF], second)];
    expect(offered(paths).may).toEqual([HALF]);
  });

  it("is that of all paths where only the connection that is asked about counts", () => {
    const siblings = { cases: [[one(443, "https", true)], [one(80, "http", true)]] };
    const path = at(443, "https", [HALF], siblings);
    expect(offered([path], { via: { scheme: "https", port: 443 } }).ifUsed).toEqual([HALF]);
    expect(offered([path]).ifUsed).toEqual(ALL);
  });
});

describe("the fingerprint of a hop", () => {
  it("is empty where all is known, and the same for what is unknown in the same way", () => {
    const hop = (...ids: readonly string[]) => hopOf([HALF], [WHOLE], { reasons: ids.map(reason) });
    expect(fingerprint(hopOf([WHOLE]))).toBe("");
    expect(fingerprint(hop("a", "b"))).toBe(fingerprint(hop("b", "a")));
    expect(fingerprint(hop("a"))).not.toBe(fingerprint(hop("b")));
    expect(fingerprint(hop())).not.toBe(fingerprint(hopOf([], [WHOLE])));
    expect(fingerprint(hop())).not.toBe(fingerprint(hopOf([HALF], ALL)));
    expect(fingerprint(hop())).not.toBe(fingerprint({ ...hop(), resources: ["aws_x.y"] }));
  });
});
