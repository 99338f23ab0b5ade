import type { Instance } from "../../../lib/model/instance";
import type { Step } from "../../../lib/model/rollout";
import {
  beforeIn,
  downClosed,
  inLegalOrder,
  MOST_STATES,
  States,
} from "../../../lib/prove/rollout/states";
import type { Act, Both } from "../../../lib/prove/rollout/things";
import type { World } from "../../../lib/prove/rollout/world";
import { actOf, INPUT, instanceOf, stepOf } from "./instances";
import { sceneOf } from "./scenes";

const acts = (count: number): readonly Act[] =>
  Array.from({ length: count }, (_, at) => actOf("create", `aws_x.${at}`));
const nameOf = ({ step }: Act): string => step.address.split(".")[1] ?? "";
const textOf = (set: Iterable<Act>): string => [...set].map(nameOf).join(" ");
const never = () => false;

/** Whether one name comes before another, by pairs such as `"0 1"`. */
const by =
  (...pairs: readonly string[]) =>
  (first: Act, second: Act) =>
    pairs.includes(`${nameOf(first)} ${nameOf(second)}`);

describe("sets of acts that hold what comes before each", () => {
  const sets = (...given: Parameters<typeof downClosed>) => downClosed(...given)?.map(textOf);

  it("are all where nothing comes before anything, the smaller ones first", () => {
    expect(sets([], never)).toEqual([""]);
    expect(sets(acts(3), never)).toEqual(["", "0", "1", "2", "1 0", "2 0", "2 1", "2 1 0"]);
  });

  it("hold an act only with all that come before it", () => {
    expect(sets(acts(3), by("2 0"))).toEqual(["", "1", "2", "2 1", "2 0", "2 0 1"]);
    expect(sets(acts(3), by("0 2", "1 2"))).toEqual(["", "0", "1", "1 0", "1 0 2"]);
    expect(sets(acts(2), (first, second) => first === second)).toEqual(["", "0", "1", "1 0"]);
  });

  it("hold none that comes before itself by way of another", () => {
    expect(sets(acts(3), by("0 1", "1 0"))).toEqual(["", "2"]);
  });

  it("hold what is accepted after the others alone", () => {
    const accepted = (act: Act, done: ReadonlySet<Act>) =>
      nameOf(act) !== "0" || textOf(done) === "1";
    expect(sets(acts(2), never, accepted)).toEqual(["", "1", "1 0"]);
    expect(sets(acts(2), never, never)).toEqual([""]);
  });

  it("are told apart though their numbers look the same in a row", () => {
    const many = acts(13);
    const chain = many.map((_, at) => `${at} ${at + 1}`);
    expect(sets(many, by(...chain))).toHaveLength(14);
    const only = new Set(["1", "2", "12"]);
    const some = many.filter((act) => only.has(nameOf(act)));
    const rest = many.filter((act) => !only.has(nameOf(act)));
    const accepted = (act: Act) => !rest.includes(act);
    expect(sets(many, never, accepted)).toHaveLength(2 ** some.length);
  });

  it("are not looked for where there are too many", () => {
    expect(downClosed(acts(12), never)).toHaveLength(MOST_STATES);
    expect(MOST_STATES).toBe(4096);
    expect(downClosed(acts(13), never)).toBeUndefined();
  });
});

describe("an act before another", () => {
  it("is one of another step, by the order, or of the same update, by its calls", () => {
    const [first, second] = [actOf("create", "aws_x.a"), actOf("create", "aws_x.b")];
    const order = (a: Step, b: Step) => a === first.step && b === second.step;
    expect(beforeIn(order)(first, second)).toBe(true);
    expect(beforeIn(order)(second, first)).toBe(false);
    const next: Act = { ...first, after: [first] };
    expect(beforeIn(never)(first, next)).toBe(true);
    expect(beforeIn(() => true)(next, first)).toBe(false);
  });

  it("is not that of a network ACL before the update of another, whatever the order is", () => {
    const isBefore = beforeIn(() => true);
    const [acl, other] = [
      actOf("update", "aws_network_acl.a"),
      actOf("update", "aws_network_acl.b"),
    ];
    expect(isBefore(acl, other)).toBe(false);
    expect(isBefore(actOf("create", "aws_network_acl.c"), other)).toBe(false);
    expect(isBefore(acl, actOf("delete", "aws_network_acl.c"))).toBe(true);
    expect(isBefore(acl, actOf("update", "aws_subnet.c"))).toBe(true);
    expect(isBefore(actOf("update", "aws_subnet.c"), acl)).toBe(true);
  });
});

describe("acts in a legal order", () => {
  it("are in the given one but where one comes before another", () => {
    const all = acts(3);
    const ordered = (...pairs: readonly string[]) => textOf(inLegalOrder(all, by(...pairs)));
    expect(ordered()).toBe("0 1 2");
    expect(ordered("2 0")).toBe("1 2 0");
    expect(ordered("2 1", "1 0")).toBe("2 1 0");
    expect(textOf(inLegalOrder(all, (first, second) => first === second))).toBe("0 1 2");
    expect(textOf(inLegalOrder(new Set(), never))).toBe("");
  });

  it("are all there though some wait for each other", () => {
    expect(textOf(inLegalOrder(acts(3), by("0 1", "1 0")))).toBe("2 0 1");
  });
});

describe("the states of an apply", () => {
  const was = (name: string, more: Partial<Instance> = {}) =>
    instanceOf(`aws_subnet.${name}`, { id: name, was: true }, more);
  const will = (name: string) => instanceOf(`aws_vpc.${name}`, { id: name, was: false });

  /** States of objects of these names, with what each is read as. */
  function statesOf(
    things: Readonly<Record<string, Partial<Both>>>,
    steps: readonly Step[],
    slice = Object.keys(things),
  ) {
    const read = reader();
    const all = Object.entries(things).map(([key, both]): [string, Both] => [
      key,
      { input: INPUT, before: undefined, after: undefined, ...both },
    ]);
    const world = { things: new Map(all), read: read.read } as unknown as World;
    const states = new States(world, new Set(slice), (key) =>
      steps.filter(({ address }) => address.endsWith(`.${key}`)),
    );
    return { states, asked: read.asked };
  }

  /** A reader that keeps what it was asked. */
  function reader() {
    const asked: (readonly [now: string, past: string])[] = [];
    const names = (list: readonly Instance[]) => list.map(({ address }) => address).join(" ");
    const read = (now: readonly Instance[], past: readonly Instance[]) => {
      asked.push([names(now), names(past)]);
      return sceneOf([]);
    };
    return { asked, read };
  }

  const things = {
    a: { before: was("a") },
    b: { after: will("b") },
    c: { before: was("c"), after: was("c") },
    d: { before: was("d"), after: was("d") },
  };
  const steps = [
    stepOf("delete", "aws_subnet.a", { before: {} }),
    stepOf("create", "aws_vpc.b", { after: {} }),
  ];

  it("show what is there when some acts are done, beside what there was", () => {
    const { states, asked } = statesOf(things, steps, ["a", "b", "c", "e"]);
    const [remove, create] = states.acts;
    expect(states.acts.map(({ step }) => step)).toEqual(steps);
    const past = "aws_subnet.a aws_subnet.c";
    states.after(new Set());
    states.after(new Set(create && [create]));
    states.planned();
    expect(asked).toEqual([
      [past, past],
      ["aws_subnet.a aws_vpc.b aws_subnet.c", past],
      ["aws_vpc.b aws_subnet.c", past],
    ]);
    states.after(new Set(remove && [remove]));
    const [, , , last] = asked;
    expect(last?.[0].startsWith("aws_subnet.c aws_subnet.a (old)")).toBe(true);
  });

  it("are read once each, whatever the order of their acts is", () => {
    const { states, asked } = statesOf(things, steps);
    const [first, planned] = [states.after(new Set()), states.planned()];
    const last = states.after(new Set(states.acts));
    expect(states.after(new Set([...states.acts].reverse()))).toBe(last);
    expect([states.after(new Set()), states.planned()]).toEqual([first, planned]);
    expect(new Set([first, planned, last]).size).toBe(3);
    expect(asked).toHaveLength(3);
  });

  it("are told apart though their numbers look the same in a row", () => {
    const names = Array.from({ length: 23 }, (_, at) => `n${at}`);
    const many = Object.fromEntries(names.map((name) => [name, { after: will(name) }]));
    const { states } = statesOf(
      many,
      names.map((name) => stepOf("create", `aws_vpc.${name}`)),
    );
    const at = (...numbers: readonly number[]) =>
      states.after(new Set(states.acts.filter((_, index) => numbers.includes(index))));
    expect(at(1, 12, 2)).not.toBe(at(11, 22));
  });

  it("name the types that there are or will be, and what stays as it is", () => {
    const { states } = statesOf(things, steps);
    expect([...states.types].sort()).toEqual(["aws_subnet", "aws_vpc"]);
    expect(states.kept.map(({ address }) => address)).toEqual(["aws_subnet.c", "aws_subnet.d"]);
    const others = statesOf({ a: { before: was("a") } }, []).states;
    expect(others.kept).toEqual([]);
    expect([...others.types]).toEqual(["aws_subnet"]);
  });
});
