import type { Instance } from "../../../lib/model/instance";
import type { Path } from "../../../lib/model/path";
import type { Step } from "../../../lib/model/rollout";

import { CidrSet } from "../../../lib/net/cidr-set";

import { decideRollouts } from "../../../lib/prove/rollout/rollout";
import type { Both } from "../../../lib/prove/rollout/things";
import type { World } from "../../../lib/prove/rollout/world";
import type { ProvedPath } from "../../../lib/prove/verdict";
import { INPUT, instanceOf, stepOf } from "./instances";
import { HOSTNAME, hopOf, pathOf, sceneOf, setOf } from "./scenes";

const WHOLE = "104.16.0.0/13";
const proved = (path: Path) => ({ path }) as Partial<ProvedPath> as ProvedPath;
const [OPEN, OTHER] = [pathOf({}), pathOf({ flow: { hostname: "api.example.com" } })];

interface Given {
  readonly before?: readonly Path[];
  readonly after?: readonly Path[];
  readonly steps?: readonly Step[];
  readonly things?: Readonly<Record<string, Partial<Both>>>;
  /** The paths where these addresses are there. */
  readonly read?: (now: readonly string[], past: readonly string[]) => readonly Path[];
  readonly alike?: (hostname: string) => string | undefined;
  readonly slice?: readonly string[];
}

/** The rollouts of the paths afterwards, with the hostnames of which the dependencies were asked. */
function decided({ before = [OPEN], after = [OPEN], steps = [], things = {}, ...given }: Given) {
  const asked: string[] = [];
  const none = { precedes: () => false, mayPrecede: () => false };
  const all = Object.entries(things).map(([key, both]): [string, Both] => [
    key,
    { input: INPUT, before: undefined, after: undefined, ...both },
  ]);
  const texts = (list: readonly Instance[]) => list.map(({ address }) => address);
  const world: World = {
    graph: { steps, unsure: [], order: () => none },
    things: new Map(all),
    keyOf: ({ address }) => address,
    slice: (hostname, records) => {
      asked.push(`${hostname} ${records.join()}`);
      return new Set(given.slice ?? Object.keys(things));
    },
    recordKey: (input, address) => `${input}:${address}`,
    likeness: (hostname) => given.alike?.(hostname),
    read: (now, past) => sceneOf(given.read?.(texts(now), texts(past)) ?? after),
    edge: (family) => (family === 4 ? setOf(WHOLE) : CidrSet.all(6)),
    mayBeOthers: () => false,
  };
  const ends = { before: before.map(proved), after: after.map(proved) };
  return { rollouts: decideRollouts(world, ends), asked };
}

const shown = (given: Given) =>
  decided(given).rollouts.map(({ verdict, reasons, witness }) => ({
    verdict,
    ...(reasons.length > 0 ? { reasons: reasons.map(({ id }) => id) } : {}),
    ...(witness && { done: witness.done.map(({ step }) => step.address) }),
  }));

const rule = instanceOf("aws_x.rule", {});
const closed = [pathOf({ hops: [hopOf([])] })];
/** The rule goes and comes, and nobody gets in meanwhile. */
const replaced: Given = {
  steps: [stepOf("delete", "aws_x.rule", { before: {} }), stepOf("create", "aws_x.rule")],
  things: { "aws_x.rule": { before: rule, after: rule } },
  read: (now) => (now.length === 0 ? closed : [OPEN]),
};

describe("the rollouts of paths", () => {
  it("are those of each path afterwards, by what is done to the objects it depends on", () => {
    expect(shown({})).toEqual([{ verdict: "proved" }]);
    expect(shown(replaced)).toEqual([{ verdict: "refuted", done: ["aws_x.rule"] }]);
    expect(shown({ ...replaced, slice: [] }).map(({ verdict }) => verdict)).toEqual(["notOwed"]);
    expect(shown({ ...replaced, after: [] })).toEqual([]);
  });

  it("are each asked once for a hostname, with its records before and after", () => {
    const renamed = pathOf({ flow: { record: "cloudflare_dns_record.new" } });
    const paths = { before: [OPEN, OPEN, OTHER], after: [renamed, OPEN, OTHER] };
    const { asked, rollouts } = decided(paths);
    const key = (name: string) => `plan.json:cloudflare_dns_record.${name}`;
    expect(asked).toEqual([
      `${HOSTNAME} ${key("www")},${key("new")}`,
      `api.example.com ${key("www")}`,
    ]);
    expect(rollouts).toHaveLength(3);
  });

  it("are shared by hostnames that are alike in what they have", () => {
    const reads: string[] = [];
    const of = (alike: Given["alike"], api = OTHER) => {
      reads.length = 0;
      decided({
        ...{ before: [OPEN, api], after: [OPEN, api], ...(alike && { alike }) },
        read: (now) => {
          reads.push(now.join());
          return [OPEN, api];
        },
      });
      return reads.length;
    };
    expect(of(() => undefined)).toBe(4);
    expect(of((hostname) => hostname)).toBe(4);
    const narrow = pathOf({ hops: [hopOf([WHOLE])], flow: { hostname: "api.example.com" } });
    expect(of(() => "same", narrow)).toBe(4);
  });

  it("are of the hostname that comes first where both are alike", () => {
    const reads: string[] = [];
    const alike = pathOf({ flow: { hostname: HOSTNAME, record: "cloudflare_dns_record.b" } });
    const { asked, rollouts } = decided({
      ...{ before: [OPEN, alike], after: [OPEN, alike], alike: () => "same" },
      read: (now) => {
        reads.push(now.join());
        return [OPEN];
      },
    });
    expect([asked.length, rollouts.length, reads.length]).toEqual([1, 2, 2]);
  });
});

describe("the rollout of a path", () => {
  const visitors = (...list: Path["flow"]["visitors"]) => pathOf({ flow: { visitors: list } });
  const [https, http, alt] = [
    { scheme: "https", port: 443 },
    { scheme: "http", port: 80 },
    { scheme: "https", port: 8443 },
  ] as const;
  const shut = (path: Path) => ({ ...path, route: { hops: [hopOf([])], assumptions: [] } });

  it("is that of all visitors to whom it is owed", () => {
    const [both, one] = [visitors(https, alt), visitors(https)];
    const read: Given["read"] = (now) => (now.length === 0 ? [shut(one), visitors(alt)] : [both]);
    const given = { ...replaced, before: [both], after: [both] };
    expect(shown({ ...given, read })).toEqual([{ verdict: "refuted", done: ["aws_x.rule"] }]);
    const last: Given["read"] = (now) =>
      now.length === 0 ? [visitors(https), shut(visitors(alt))] : [both];
    expect(shown({ ...given, read: last })).toEqual([{ verdict: "refuted", done: ["aws_x.rule"] }]);
  });

  it("is not owed only where no part of it is", () => {
    const both = visitors(https, alt);
    const before = [visitors(https)];
    const old = instanceOf("aws_x.old", {});
    const given: Given = {
      ...{ before, after: [both], things: { "aws_x.old": { before: old } } },
      steps: [stepOf("delete", "aws_x.old", { before: {} })],
      read: (now) => (now.length > 0 ? before : [both]),
    };
    expect(shown({ ...given, before: [], read: (now) => (now.length > 0 ? [] : [both]) })).toEqual([
      { verdict: "notOwed", reasons: ["rollout/new"] },
    ]);
  });

  const [old, next] = [instanceOf("aws_x.old", {}), instanceOf("aws_x.new", {})];
  /** What goes before what comes, with other paths before, in between and afterwards. */
  const moved = (
    before: readonly Path[],
    between: readonly Path[],
    after: readonly Path[],
  ): Given => ({
    ...{ before, after, things: { "aws_x.old": { before: old }, "aws_x.new": { after: next } } },
    steps: [stepOf("delete", "aws_x.old", { before: {} }), stepOf("create", "aws_x.new")],
    read: (now) => {
      if (now.includes("aws_x.new")) return after;
      return now.includes("aws_x.old") ? before : between;
    },
  });
  const verdicts = (given: Given) => shown(given).map(({ verdict }) => verdict);

  it("is of those too whom the edge sends to it only afterwards, where it serves https", () => {
    const both = [visitors(https, http)];
    const between = [visitors(https), shut(visitors(http))];
    expect(verdicts(moved(both, between, [visitors(https)]))).toEqual(["refuted"]);
    expect(verdicts(moved(both, between, [visitors(alt, https)]))).toEqual(["refuted"]);
    expect(verdicts(moved(both, [visitors(https)], [visitors(https)]))).toEqual(["proved"]);
    const others = [
      visitors(https),
      visitors({ scheme: "http", port: 443 }),
      visitors({ scheme: "https", port: 80 }),
    ];
    const before = [...others, visitors(http)];
    expect(verdicts(moved(before, [...others, shut(visitors(http))], others))).toEqual([
      "refuted",
      "proved",
      "proved",
    ]);
  });

  it("has the state of what is refuted, whatever else is not owed or not sure", () => {
    const before = [visitors(https)];
    const after = [visitors(alt, https)];
    const [found] = shown(moved(before, [shut(visitors(https)), visitors(alt)], after));
    expect(found).toMatchObject({ verdict: "refuted", done: ["aws_x.old"] });
  });
});
