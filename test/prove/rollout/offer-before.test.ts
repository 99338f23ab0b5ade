import type { Path } from "../../../lib/model/path";
import type { CidrSet } from "../../../lib/net/cidr-set";
import { isSentToHttps, offerBefore, offerOf } from "../../../lib/prove/rollout/offer";
import type { Scene } from "../../../lib/prove/rollout/world";
import { HTTPS, hopOf, pathOf, reason, sceneOf, VIEW } from "./scenes";

const [HALF, WHOLE] = ["104.16.0.0/14", "104.16.0.0/13"];
const ALL = ["0.0.0.0/0"];
const texts = (set: CidrSet) => set.toCidrs().map(String);
const six = (flow: Partial<Path["flow"]> = {}, more: Partial<Path> = {}) =>
  pathOf({ flow: { family: 6, ...flow }, more });
const other = pathOf({ flow: { hostname: "api.example.com" } });

describe("what was offered before an apply", () => {
  const may = (paths: readonly Path[], more: Partial<Scene> = {}) =>
    texts(offerBefore(sceneOf(paths, { answered: () => true, ...more }), VIEW, HTTPS).may);

  it("is nothing by a family of which the hostname surely has no address", () => {
    expect(may([six()])).toEqual([]);
    expect(may([six(), six({ certain: false })])).toEqual(ALL);
    expect(may([six(), six({}, { reasons: [reason("x/y")] })])).toEqual(ALL);
    expect(may([six({ certain: false })])).toEqual(ALL);
  });

  it("is its own alone", () => {
    expect(may([other], { dnsOnly: () => true })).toEqual([]);
    expect(may([other], { dnsOnly: () => false })).toEqual(ALL);
    expect(may([six(), other])).toEqual([]);
  });
});

describe("visitors by http whom the edge sends to https", () => {
  const at = (port: number, scheme: "http" | "https") =>
    pathOf({ flow: { visitors: [{ port, scheme }] } });
  const of = (paths: readonly Path[], scheme: "http" | "https" = "http", port = 80) =>
    isSentToHttps(paths, { scheme, port, family: 4 });

  it("are those of port 80 for whom there is no path, where there is one by https", () => {
    expect(of([at(443, "https")])).toBe(true);
    expect(of([at(443, "https"), at(8443, "https")])).toBe(true);
    expect(of([at(443, "https"), at(80, "http")])).toBe(false);
    expect(of([at(8443, "https")])).toBe(false);
    expect(of([])).toBe(false);
  });

  it("are none of other ports or schemes, nor by a family without a path", () => {
    expect(of([at(443, "https")], "http", 8080)).toBe(false);
    expect(of([at(443, "https")], "https", 80)).toBe(false);
    expect(of([six()])).toBe(false);
    expect(of([at(443, "https"), six({ visitors: [{ port: 80, scheme: "http" }] })])).toBe(true);
  });

  it("are offered what those by https are", () => {
    const path = pathOf({ hops: [hopOf([HALF])] });
    const offer = offerOf(sceneOf([path]), VIEW, { scheme: "http", port: 80, family: 4 });
    expect([texts(offer.must), offer.exists]).toEqual([[HALF], true]);
  });
});

describe("what a path offers of which little is known", () => {
  it("assumes nothing where it has reasons of its own", () => {
    const why = reason("x/y");
    const assumed = { id: "a/b", subject: "x", text: "x" };
    const path = pathOf({ more: { reasons: [why], assumptions: [assumed] } });
    const offer = offerOf(sceneOf([path]), VIEW, HTTPS);
    expect(offer).toMatchObject({ reasons: [why], assumptions: [], exists: true });
  });

  it("assumes nothing where the name that it leads to is gone, and says so", () => {
    const origin = { ...pathOf({}).flow.origin, address: "0.0.0.0" };
    expect(offerOf(sceneOf([pathOf({ flow: { origin } })]), VIEW, HTTPS)).toMatchObject({
      assumptions: [],
      reasons: [
        {
          id: "rollout/name-gone",
          subject: "www.example.com",
          text: "the name that www.example.com leads to has no record meanwhile",
        },
      ],
    });
  });
});

describe("what is offered if the connection is used that is asked about", () => {
  const via = { scheme: "https", port: 443 } as const;
  const used = (...paths: readonly Path[]) =>
    texts(offerOf(sceneOf(paths), VIEW, { ...HTTPS, via }).mayIfUsed);
  const perhaps = (more: Partial<Path>) =>
    pathOf({ hops: [hopOf([HALF])], flow: { certain: false }, more });

  it("is by settings alone: not where a path is uncertain for another reason", () => {
    const siblings = { cases: [] } as object as NonNullable<Path["siblings"]>;
    expect(used(perhaps({ siblings }))).toEqual([HALF]);
    expect(used(perhaps({}))).toEqual(ALL);
    expect(used(perhaps({ siblings }), perhaps({}))).toEqual(ALL);
  });
});

describe("what is cut off under each case of the settings", () => {
  const one = (port: number, scheme: "http" | "https") => ({ port, scheme, sure: true });
  const siblings = {
    cases: [[one(443, "https")]],
  } as object as NonNullable<Path["siblings"]>;
  const at = (port: number, scheme: "http" | "https", cidr: string, family: 4 | 6 = 4) =>
    pathOf({
      hops: family === 4 ? [hopOf([cidr])] : [],
      flow: { family, certain: false, origin: { ...pathOf({}).flow.origin, port, scheme } },
      more: { siblings },
    });
  const may = (...paths: readonly Path[]) => texts(offerOf(sceneOf(paths), VIEW, HTTPS).may);

  it("is that of the path with its scheme and port, in the same family", () => {
    const path = at(443, "https", HALF);
    expect(may(path)).toEqual([HALF]);
    expect(may(at(8443, "https", WHOLE), path)).toEqual([HALF]);
    expect(may(at(443, "http", WHOLE), path)).toEqual([HALF]);
    expect(may(at(443, "https", HALF, 6), path)).toEqual([HALF]);
  });
});
