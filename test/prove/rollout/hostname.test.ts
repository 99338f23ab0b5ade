import type { Hop } from "../../../lib/model/hop";
import type { Path } from "../../../lib/model/path";
import type { Step } from "../../../lib/model/rollout";
import { CidrSet } from "../../../lib/net/cidr-set";
import { cidrFootprint } from "../../../lib/prove/rollout/footprint";
import { HostnameRollout, likeness } from "../../../lib/prove/rollout/hostname";
import type { Visitors } from "../../../lib/prove/rollout/offer";
import { Orders } from "../../../lib/prove/rollout/orders";
import type { States } from "../../../lib/prove/rollout/states";
import type { Act } from "../../../lib/prove/rollout/things";
import type { Rollout } from "../../../lib/prove/rollout/verdict";
import type { Scene, World } from "../../../lib/prove/rollout/world";
import { actOf, stepOf } from "./instances";
import { HOSTNAME, HTTPS, hopOf, pathOf, reason, sceneOf, setOf } from "./scenes";

const [HALF, REST, WHOLE] = ["104.16.0.0/14", "104.20.0.0/14", "104.16.0.0/13"];
const OPEN = pathOf({});
const closed = sceneOf([pathOf({ hops: [hopOf([])] })]);

interface Given {
  readonly acts?: readonly Act[];
  readonly before?: readonly Path[];
  readonly after?: readonly Path[];
  /** By the addresses of what is done, without `aws_x.`. */
  readonly scenes?: Readonly<Record<string, Scene>>;
  readonly types?: readonly string[];
  readonly steps?: readonly Step[];
  /** The paths as the whole input has them, where they are others. */
  readonly whole?: { readonly before?: readonly Path[]; readonly after?: readonly Path[] };
}

const nameOf = ({ step }: Act) => step.address.split(".")[1] ?? "";

function rolloutOf({ acts = [], scenes = {}, types = [], ...given }: Given): HostnameRollout {
  const { before = [OPEN], after = [OPEN] } = given;
  const steps = given.steps ?? acts.map(({ step }) => step);
  const none = { precedes: () => false, mayPrecede: () => false };
  const graph = { steps, unsure: [], order: () => none };
  const states = {
    ...{ acts, types: new Set(types), refusals: new Map(), kept: [] },
    planned: () => sceneOf(after),
    after: (done: ReadonlySet<Act>) => {
      const name = [...done].map(nameOf).sort().join(" ");
      return scenes[name] ?? sceneOf(done.size === 0 ? before : after);
    },
  } as Partial<States> as States;
  const edge = (family: 4 | 6) => (family === 4 ? setOf(WHOLE) : CidrSet.all(6));
  const world = { graph, edge } as Partial<World> as World;
  const own = { before: given.whole?.before ?? before, after: given.whole?.after ?? after };
  return new HostnameRollout({ world, orders: new Orders(graph), states }, HOSTNAME, own);
}

const shown = ({ verdict, reasons, witness, assumptions }: Rollout) => ({
  verdict,
  ...(reasons.length > 0 ? { reasons: reasons.map(({ id }) => id) } : {}),
  ...(assumptions.length > 0 ? { assumptions: assumptions.map(({ id }) => id) } : {}),
  ...(witness && {
    done: witness.done.map(nameOf).join(" "),
    pending: witness.pending.map(nameOf).join(" "),
    cutOff: witness.cutOff.toCidrs().map(String).join(" "),
  }),
});
const of = (given: Given, visitors: Visitors = HTTPS) => shown(rolloutOf(given).of(visitors));
const about = (name: string, cidrs: readonly string[], more: Partial<Act> = {}): Act => ({
  ...actOf("delete", `aws_x.${name}`),
  footprint: cidrFootprint(cidrs),
  ...more,
});
const [a, b, c] = [about("a", [WHOLE]), about("b", [REST]), about("c", [HALF])] as const;
const unknown = (id: string, more: Partial<Hop> = {}) =>
  hopOf([], ["0.0.0.0/0"], { reasons: [reason(id)], ...more });

describe("the rollout of a hostname that nothing is owed to", () => {
  it("says why", () => {
    expect(of({ before: [], acts: [a] })).toEqual({ verdict: "notOwed", reasons: ["rollout/new"] });
    const assumed = pathOf({ more: { assumptions: [{ id: "x/y", subject: "x", text: "x" }] } });
    expect(of({ before: [], after: [assumed] })).toEqual({
      verdict: "notOwed",
      reasons: ["rollout/new"],
    });
    const whole = { before: [OPEN] };
    expect(of({ before: [], acts: [a], whole }).verdict).toBe("notOwed");
  });
});

describe("the rollout of a hostname that no step is about", () => {
  const assumptions = [{ id: "x/y", subject: "x", text: "x" }];

  it("is proved, and rests on what its paths do", () => {
    expect(of({ after: [pathOf({ more: { assumptions } })] })).toEqual({
      verdict: "proved",
      assumptions: ["x/y"],
    });
    const half = pathOf({ hops: [hopOf([HALF])] });
    expect(of({ before: [half] })).toEqual({ verdict: "proved", reasons: ["rollout/repaired"] });
  });

  it("is not sure where its paths are not, and something changes", () => {
    const open = pathOf({ more: { reasons: [reason("x/y")] } });
    const steps = [stepOf("update", "aws_y.a")];
    expect(of({ before: [open], after: [OPEN], steps })).toEqual({
      verdict: "undetermined",
      reasons: ["x/y"],
    });
    expect(of({ after: [open], steps }).reasons).toEqual(["x/y"]);
    expect(of({ after: [open] })).toEqual({ verdict: "proved" });
    const partial = pathOf({ more: { reasons: [reason("input/partial"), reason("x/y")] } });
    expect(of({ after: [partial] })).toEqual({
      verdict: "undetermined",
      reasons: ["input/partial"],
    });
  });

  it("is not sure where something in a cloud changes that may be behind a hop", () => {
    const paths = [pathOf({ hops: [unknown("aws/subnet-unknown"), unknown("x/y")] })];
    const at = (address: string) =>
      of({ before: paths, after: paths, steps: [stepOf("update", address)] });
    expect(at("aws_y.a")).toEqual({ verdict: "undetermined", reasons: ["aws/subnet-unknown"] });
    expect(at("random_id.a")).toEqual({ verdict: "proved" });
  });
});

describe("the rollout of a hostname that steps are about", () => {
  it("is refuted by the first state, with all that it cuts off and whatever ends that", () => {
    expect(of({ acts: [a, c], scenes: { a: closed } })).toEqual({
      verdict: "refuted",
      ...{ done: "a", pending: "c", cutOff: WHOLE },
    });
    expect(of({ acts: [b, c], scenes: { b: closed, c: closed } })).toEqual({
      verdict: "refuted",
      ...{ done: "b", pending: "", cutOff: REST },
    });
    const both = about("d", [HALF]);
    const scenes = { "a c": closed, a: closed };
    expect(of({ acts: [c, a], scenes: { ...scenes, "a c": closed } })).toMatchObject({
      cutOff: WHOLE,
    });
    expect(of({ acts: [c, both, a], scenes: { "a c": closed, a: closed } }).verdict).toBe(
      "refuted",
    );
  });

  it("is refuted where one part is, whatever others are, and names what is not owed", () => {
    const half = sceneOf([pathOf({ hops: [unknown("x/y")] })]);
    const scenes = { b: closed, c: half };
    expect(of({ acts: [b, c], scenes })).toMatchObject({ verdict: "refuted", cutOff: REST });
    expect(of({ acts: [c, b], scenes })).not.toHaveProperty("reasons");
    expect(of({ acts: [b, c], scenes: { c: half } })).toEqual({
      verdict: "undetermined",
      reasons: ["x/y"],
    });
    const before = [pathOf({ hops: [hopOf([HALF])] })];
    expect(of({ acts: [b, c], before })).toEqual({
      verdict: "proved",
      reasons: ["rollout/repaired"],
    });
  });

  it("is about each family by itself", () => {
    const six = pathOf({ hops: [], flow: { family: 6 } });
    const rollout = rolloutOf({ acts: [b], before: [OPEN, six], after: [OPEN, six] });
    expect(rollout.of(HTTPS).verdict).toBe("proved");
    expect(rollout.of({ ...HTTPS, family: 6 }).verdict).toBe("proved");
    expect(rollout.of(HTTPS)).toBe(rollout.of({ ...HTTPS }));
    expect(rollout.of({ ...HTTPS, port: 8443 })).not.toBe(rollout.of(HTTPS));
  });

  it("says whether the connection is not sure or what is owed", () => {
    const perhaps = pathOf({ flow: { certain: false } });
    const half = pathOf({ hops: [hopOf([])], flow: { certain: false } });
    const given = { acts: [a], scenes: { a: sceneOf([half]) } };
    expect(of({ ...given, after: [OPEN, perhaps] }).reasons).toEqual(["flow/only-possible"]);
    const owed = [pathOf({ hops: [hopOf([], ["0.0.0.0/0"])] })];
    expect(of({ acts: [a], before: owed, scenes: { a: closed } }).reasons).toEqual([
      "rollout/perhaps-owed",
    ]);
  });
});

describe("steps that matter to a hostname", () => {
  const inner = about("i", ["10.0.0.0/8"]);

  it.each(["aws_lb", "aws_alb", "aws_elb"])("are of any addresses behind %s", (type) => {
    const scenes = { i: closed };
    expect(of({ acts: [inner], scenes }).verdict).toBe("proved");
    expect(of({ acts: [inner], scenes, types: [type] }).verdict).toBe("refuted");
  });

  it("are of the ports that the edge uses, or of any where settings change", () => {
    const footprint = cidrFootprint([WHOLE]);
    const ssh = about("s", [WHOLE], {
      footprint: footprint && { ...footprint, ports: { from: 22, to: 22 } },
    });
    const setting = about("t", ["192.0.2.0/24"], {
      step: stepOf("update", "cloudflare_zone_setting.t"),
    });
    const record = { ...setting, step: stepOf("update", "cloudflare_dns_record.t") };
    const scenes = { s: closed };
    expect(of({ acts: [ssh], scenes }).verdict).toBe("proved");
    expect(of({ acts: [ssh, record], scenes }).verdict).toBe("proved");
    expect(of({ acts: [ssh, setting], scenes }).verdict).toBe("refuted");
  });

  it("may change the connection that is asked about where they are settings", () => {
    const origin = { ...OPEN.flow.origin, port: 8443 };
    const other = pathOf({ flow: { origin } });
    const scenes = { s: sceneOf([OPEN, pathOf({ hops: [hopOf([])], flow: { origin } })]) };
    const paths = { before: [OPEN, other], after: [OPEN, other], scenes };
    const via = { scheme: "https", port: 443 } as const;
    const by = (address: string) =>
      of({ ...paths, acts: [{ ...a, step: stepOf("update", address) }] }, { ...HTTPS, via })
        .verdict;
    expect(by("aws_x.s")).toBe("proved");
    expect(by("cloudflare_dns_record.s")).toBe("proved");
    expect(by("cloudflare_zone_setting.s")).toBe("refuted");
    expect(by("cloudflare_record_x.s")).toBe("refuted");
  });
});

describe("hops that are unknown before and afterwards alike", () => {
  const paths = (hop: Hop) => ({
    before: [pathOf({ hops: [hop] })],
    after: [pathOf({ hops: [hop] })],
  });
  const at = (hop: Hop, more: Given = {}) => of({ acts: [a], ...paths(hop), ...more }).verdict;

  it("change nothing", () => {
    expect(at(unknown("x/y"))).toBe("proved");
    const other = pathOf({ hops: [unknown("x/z")] });
    expect(at(unknown("x/y"), { after: [other] })).toBe("undetermined");
  });

  it("are not left aside where a step is about one, or may be behind it", () => {
    expect(at(unknown("x/y", { resources: ["aws_x.b", "aws_x.a"] }))).toBe("undetermined");
    const subject = { ...reason("x/y"), subject: "aws_x.a" };
    expect(at(unknown("x/y", { reasons: [reason("x/z"), subject] }))).toBe("undetermined");
    const hidden = unknown("aws/subnet-unknown");
    expect(at(hidden)).toBe("undetermined");
    expect(at(hidden, { steps: [stepOf("update", "random_id.a")] })).toBe("proved");
  });
});

describe("a hop with an alternative under an assumption", () => {
  const assumption = { id: "a/b", subject: "x", text: "x" };
  const alternative = { bounds: hopOf(["0.0.0.0/0"]).bounds, assumption } as NonNullable<
    Hop["alternative"]
  >;
  const path = pathOf({ hops: [hopOf(["0.0.0.0/0"]), unknown("x/y", { alternative })] });
  const other = pathOf({ hops: [unknown("x/z")] });

  it("is taken for that where it can't be told otherwise", () => {
    expect(of({ acts: [a], before: [OPEN], after: [path] })).toEqual({
      verdict: "proved",
      assumptions: ["a/b"],
    });
    expect(of({ acts: [a], before: [path], after: [OPEN] }).verdict).toBe("proved");
    expect(of({ acts: [a], before: [OPEN], after: [other] }).verdict).toBe("undetermined");
  });

  it("is not, where that is not needed", () => {
    expect(of({ acts: [a], before: [path], after: [path] })).toEqual({ verdict: "proved" });
  });
});

describe("what the paths of a hostname have besides", () => {
  it("is a doubt where the whole input has other paths than what they depend on", () => {
    const narrow = pathOf({ hops: [hopOf([HALF])] });
    for (const whole of [{ before: [narrow] }, { after: [narrow] }]) {
      const rollout = rolloutOf({ acts: [a], whole }).of(HTTPS);
      expect(rollout).toMatchObject({
        verdict: "undetermined",
        reasons: [
          {
            id: "rollout/dependencies",
            subject: HOSTNAME,
            text: "what www.example.com depends on can't be told apart from the rest of the input",
          },
        ],
      });
    }
    expect(of({ acts: [a], whole: { before: [OPEN], after: [OPEN] } }).verdict).toBe("proved");
  });

  it("is visitors by http whom the edge sends to https only afterwards", () => {
    const http = pathOf({
      flow: {
        visitors: [
          { scheme: "https", port: 443 },
          { scheme: "http", port: 80 },
        ],
      },
    });
    const redirected = (before: readonly Path[], after: readonly Path[]) =>
      rolloutOf({ before, after }).redirected(4);
    expect(redirected([OPEN, http], [OPEN])).toEqual([{ scheme: "http", port: 80, family: 4 }]);
    expect(redirected([OPEN], [OPEN])).toEqual([]);
    expect(redirected([http], [http])).toEqual([]);
    const at = (scheme: "http" | "https", port: number, family: 4 | 6 = 4) =>
      pathOf({ flow: { family, visitors: [{ scheme, port }] } });
    expect(redirected([at("http", 8080)], [OPEN])).toEqual([]);
    expect(redirected([at("https", 80)], [OPEN])).toEqual([]);
    expect(redirected([at("http", 80, 6)], [OPEN])).toEqual([]);
  });
});

describe("the likeness of paths", () => {
  const text = (...paths: readonly Path[]) => likeness(paths, HOSTNAME);

  it("is the same whatever their order, and by those of the hostname alone", () => {
    const half = pathOf({ hops: [hopOf([HALF])] });
    expect(text(OPEN, half)).toBe(text(half, OPEN));
    expect(text(OPEN, half)).not.toBe(text(OPEN));
    expect(text(OPEN, pathOf({ flow: { hostname: "api.example.com" } }))).toBe(text(OPEN));
    expect(text(OPEN).split("\n")).toHaveLength(1);
    expect(text(OPEN, half).split("\n")).toHaveLength(2);
  });

  it.each([
    ["a family", { flow: { family: 6 as const } }],
    ["an origin", { flow: { origin: { ...OPEN.flow.origin, port: 80 } } }],
    ["a certainty", { flow: { certain: false } }],
    ["visitors", { flow: { visitors: [] } }],
    ["what is surely admitted", { hops: [hopOf([], ["0.0.0.0/0"])] }],
    ["what may be admitted", { hops: [hopOf([])] }],
    ["a reason", { more: { reasons: [reason("x/y")] } }],
  ])("is another one with another one of %s", (_, parts) => {
    expect(text(pathOf(parts))).not.toBe(text(OPEN));
  });
});
