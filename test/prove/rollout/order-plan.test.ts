import type { OrderedPlan } from "../../../lib/model/apply";
import type { Flags } from "../../../lib/model/rollout";
import { applyGraph } from "../../../lib/prove/rollout/order";
import { objectOf, plannedOf } from "./order-objects";

/** `<` where the first comes first, `<?` where it may, and `|` where nothing orders them. */
function between(
  given: OrderedPlan | OrderedPlan["plan"],
  first: string,
  second: string,
  flags = "",
) {
  const plan = "plan" in given ? given : { plan: given };
  const { steps, unsure, order } = applyGraph([plan]);
  const stepOf = (text: string) => {
    const found = steps.find(({ action, address }) => `${action} ${address}` === text);
    if (found === undefined) throw new Error(`no ${text}`);
    return found;
  };
  const set = unsure.map(({ step }) => [step, flags === "flag"] as const);
  const reading: Flags = new Map(flags === "" ? [] : set);
  const [a, b] = [stepOf(first), stepOf(second)];
  const { precedes, mayPrecede } = order(reading);
  const sign = (x: typeof a, y: typeof a) => (precedes(x, y) ? "<" : mayPrecede(x, y) ? "<?" : "");
  return `${sign(a, b)}${sign(b, a).replace("<", ">")}` || "|";
}

/** The same under no reading, with the flag and without. */
const readings = (plan: OrderedPlan["plan"], first: string, second: string) =>
  ["", "flag", "none"].map((flags) => between(plan, first, second, flags));

const A = "aws_x.a";
const B = "aws_x.b";

describe("the order of deletes", () => {
  it("has what depended on an object go before it", () => {
    const plan = plannedOf([objectOf(A, ["delete"]), objectOf(B, ["delete"])], {
      dependencies: { [A]: [B] },
    });
    expect(readings(plan, `delete ${A}`, `delete ${B}`)).toEqual(["<", "<", "<"]);
    expect(between(plan, `delete ${B}`, `delete ${A}`)).toBe(">");
    const others = plannedOf([objectOf(A, ["delete"]), objectOf(B, ["delete"])], {
      dependencies: { [A]: ["aws_x.c"] },
    });
    expect(between(others, `delete ${A}`, `delete ${B}`)).toBe("|");
  });

  it("is none between instances of a module", () => {
    const [x, y] = ['module.m["x"].', 'module.m["y"].'];
    const all = [x, y].flatMap((each) => [
      objectOf(`${each}${A}`, ["delete"]),
      objectOf(`${each}${B}`, ["delete"]),
    ]);
    const plan = plannedOf(all, {
      dependencies: { [`${x}${A}`]: [`module.m.${B}`], [`${y}${A}`]: [`module.m.${B}`] },
    });
    expect(between(plan, `delete ${x}${A}`, `delete ${x}${B}`)).toBe("<");
    expect(between(plan, `delete ${y}${A}`, `delete ${y}${B}`)).toBe("<");
    expect(between(plan, `delete ${x}${A}`, `delete ${y}${B}`)).toBe("|");
    expect(between(plan, `delete ${y}${A}`, `delete ${x}${B}`)).toBe("|");
  });

  it("holds between providers", () => {
    const other = objectOf(B, ["delete"], { provider: "other" });
    const plan = plannedOf([objectOf(A, ["delete"]), other], { dependencies: { [A]: [B] } });
    expect(between(plan, `delete ${A}`, `delete ${B}`)).toBe("<");
  });

  it("is not sure between providers where one of them waits for what is on a cycle", () => {
    const provider = (name: string) => ({ provider: name, servedBy: [`provider:${name}`] });
    const objects = [
      objectOf(A, ["delete"], provider("one")),
      objectOf(B, ["delete", "create"], provider("two")),
      objectOf("aws_x.c", ["delete"], provider("two")),
    ];
    const dependencies = { [A]: [B, "aws_x.c"] };
    const edges = { "provider:one": [`all:${B}`], [`block:${B}`]: [] };
    const plan = plannedOf(objects, { dependencies, edges });
    // Terraform leaves out the edge that would close the cycle.
    expect(between(plan, `delete ${A}`, `delete ${B}`)).toBe(">");
    expect(between(plan, `delete ${A}`, "delete aws_x.c")).toBe("<");
    const alone = plannedOf(objects, { dependencies, edges: { [`block:${B}`]: [] } });
    expect(between(alone, `delete ${A}`, `delete ${B}`)).toBe("<");
  });
});

describe("the order of a create or an update, and of a delete", () => {
  it("has what depended on an object go before it is made again or changed", () => {
    const all = (action: "create" | "update") =>
      plannedOf([objectOf(A, ["delete"]), objectOf(B, [action])], { dependencies: { [A]: [B] } });
    expect(readings(all("create"), `delete ${A}`, `create ${B}`)).toEqual(["<?>?", ">", "<"]);
    expect(readings(all("update"), `delete ${A}`, `update ${B}`)).toEqual(["<?>?", ">", "<"]);
  });

  it("has an update wait for the delete of what the object depended on", () => {
    const plan = plannedOf([objectOf(A, ["update"]), objectOf(B, ["delete"])], {
      dependencies: { [A]: [B] },
    });
    expect(readings(plan, `update ${A}`, `delete ${B}`)).toEqual(["<?>?", "<", ">"]);
    const others = plannedOf([objectOf(A, ["update"]), objectOf(B, ["delete"])], {
      dependencies: { [A]: ["aws_x.c"] },
      edges: { [`block:${A}`]: [`all:${B}`] },
    });
    expect(readings(others, `update ${A}`, `delete ${B}`)).toEqual(["|", "|", "|"]);
  });

  it("has a new object wait for deletes of all that it leads to", () => {
    const objects = [objectOf(A, ["create"]), objectOf(B, ["delete"])];
    const by = (edges: Readonly<Record<string, readonly string[]>>) =>
      readings(plannedOf(objects, { edges }), `create ${A}`, `delete ${B}`);
    const after = ["<?>?", "<", ">"];
    expect(by({ [`block:${A}`]: [`all:${B}`] })).toEqual(after);
    expect(by({ [`block:${A}`]: [`key:${B}["x"]`] })).toEqual(after);
    const through = { [`block:${A}`]: ["output:m.o"], "output:m.o": ["variable:v", `all:${B}`] };
    expect(by(through)).toEqual(after);
    const round = { [`block:${A}`]: ["output:m.o"], "output:m.o": [`all:${A}`, `all:${B}`] };
    expect(by(round)).toEqual(after);
    expect(by({ [`block:${A}`]: ["output:m.o"] })).toEqual(["|", "|", "|"]);
    expect(by({ [`block:${B}`]: [`all:${A}`] })).toEqual(["|", "|", "|"]);
  });

  it("has a new object wait in its own instance of a module alone", () => {
    const [x, y] = ['module.m["x"].', 'module.m["y"].'];
    const objects = [
      objectOf(`${x}${A}`, ["create"]),
      objectOf(`${y}${A}`, ["create"]),
      objectOf(`${x}${B}`, ["delete"]),
      objectOf(`${y}${B}`, ["delete"]),
    ];
    const plan = plannedOf(objects, { edges: { [`block:module.m.${A}`]: [`all:module.m.${B}`] } });
    expect(readings(plan, `create ${x}${A}`, `delete ${x}${B}`)).toEqual(["<?>?", "<", ">"]);
    expect(readings(plan, `create ${y}${A}`, `delete ${y}${B}`)).toEqual(["<?>?", "<", ">"]);
    expect(readings(plan, `create ${x}${A}`, `delete ${y}${B}`)).toEqual(["|", "|", "|"]);
    const stored = plannedOf(
      objects.map((each) => ({ ...each, steps: each.steps })),
      { dependencies: { [`${x}${A}`]: [`module.m.${B}`], [`${y}${A}`]: [`module.m.${B}`] } },
    );
    expect(readings(stored, `create ${x}${A}`, `delete ${x}${B}`)).toEqual(["<?>?", "<", ">"]);
    expect(readings(stored, `create ${x}${A}`, `delete ${y}${B}`)).toEqual(["|", "|", "|"]);
  });

  it("has nothing wait for what is only checked again", () => {
    const [C, checked] = ["aws_x.c", objectOf(B, [], { checked: true })];
    const plan = plannedOf([objectOf(A, ["create"]), checked, objectOf(C, ["delete"])], {
      dependencies: { [B]: [C] },
      edges: { [`block:${A}`]: [`all:${B}`] },
    });
    expect(readings(plan, `create ${A}`, `delete ${C}`)).toEqual(["<?>?", "<?", ">?"]);
    const read = plannedOf(
      [objectOf(A, ["create"]), objectOf(B, [], { read: true }), objectOf(C, ["delete"])],
      { dependencies: { [B]: [C] }, edges: { [`block:${A}`]: [`all:${B}`] } },
    );
    expect(readings(read, `create ${A}`, `delete ${C}`)).toEqual(["<?>?", "<?", ">"]);
  });

  it("is that of the plan for a replace, and of the state where it tells", () => {
    const replaced = (first: "create" | "delete") =>
      plannedOf([objectOf(A, first === "create" ? ["create", "delete"] : ["delete", "create"])]);
    expect(readings(replaced("create"), `create ${A}`, `delete ${A}`)).toEqual(["<", "<", "<"]);
    expect(readings(replaced("delete"), `create ${A}`, `delete ${A}`)).toEqual([">", ">", ">"]);
    const plan = plannedOf([objectOf(A, ["update"]), objectOf(B, ["delete"])], {
      dependencies: { [A]: [B] },
    });
    const state = (flag: boolean) => ({ label: "s", createBeforeDestroy: new Map([[B, flag]]) });
    expect(between({ plan, state: state(true) }, `update ${A}`, `delete ${B}`)).toBe("<");
    expect(between({ plan, state: state(false) }, `update ${A}`, `delete ${B}`)).toBe(">");
  });

  it("never has a forgotten object go last, and always a deposed one", () => {
    const all = (object: ReturnType<typeof objectOf>) =>
      plannedOf([objectOf(A, ["update"]), object], { dependencies: { [A]: [B] } });
    const forgotten = all(objectOf(B, ["forget"]));
    expect(readings(forgotten, `update ${A}`, `forget ${B}`)).toEqual([">", ">", ">"]);
    const half = all(objectOf(B, ["forget"], { step: { replace: "create-first" } }));
    expect(readings(half, `update ${A}`, `forget ${B}`)).toEqual(["<?>?", "<?>?", "<?>?"]);
    const deposed = all(objectOf(B, ["delete"], { deposed: "0", step: { deposed: "0" } }));
    expect(readings(deposed, `update ${A}`, `delete ${B}`)).toEqual(["<", "<", "<"]);
  });
});

describe("the order of creates and updates", () => {
  it("is by the references of the configuration, through what is not changed", () => {
    const objects = [objectOf(A, ["create"]), objectOf(B, ["update"])];
    const by = (edges: Readonly<Record<string, readonly string[]>>) =>
      between(plannedOf(objects, { edges }), `create ${A}`, `update ${B}`);
    expect(by({ [`block:${B}`]: [`all:${A}`] })).toBe("<");
    expect(by({ [`block:${A}`]: ["local:l"], "local:l": [`all:${B}`] })).toBe(">");
    expect(by({})).toBe("|");
  });

  it("is by one instance where that alone is named, and by all where it is not there", () => {
    const [x, y] = [objectOf('aws_x.a["x"]', ["create"]), objectOf('aws_x.a["y"]', ["create"])];
    const by = (key: string) => {
      const plan = plannedOf([x, y, objectOf(B, ["update"])], {
        edges: { [`block:${B}`]: [`key:aws_x.a["${key}"]`], [`block:${A}`]: [] },
      });
      return [x, y].map(({ address }) => between(plan, `create ${address}`, `update ${B}`));
    };
    expect(by("x")).toEqual(["<", "|"]);
    expect(by("z")).toEqual(["<", "<"]);
  });

  it("may be by what is hidden, to anything in the module", () => {
    const M = "module.m.aws_x.a";
    const plan = plannedOf([objectOf(M, ["create"]), objectOf("module.m.aws_x.b", ["create"])], {
      hidden: { "block:module.m.aws_x.b": "module.m" },
      edges: { "block:module.m.aws_x.b": [], "close:module.m": [`all:${M}`] },
    });
    expect(between(plan, `create ${M}`, "create module.m.aws_x.b")).toBe("<?");
    const stored = plannedOf(plan.objects, {
      hidden: { "block:module.m.aws_x.b": "module.m" },
      edges: { "block:module.m.aws_x.b": [], "close:module.m": [`all:${M}`] },
      dependencies: { "module.m.aws_x.b": ["aws_x.other"] },
    });
    expect(between(stored, `create ${M}`, "create module.m.aws_x.b")).toBe("|");
  });
});
