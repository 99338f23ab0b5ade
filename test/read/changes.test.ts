import type { PlannedApply } from "../../lib/model/apply";
import type { Json, JsonObject } from "../../lib/model/value";
import { applyGraph } from "../../lib/prove/rollout/order";
import { readApply } from "../../lib/read/changes";
import { InputError } from "../../lib/read/input-error";

const INPUT = { kind: "plan", label: "plan.json", partial: undefined } as const;

function read(plan: JsonObject): PlannedApply {
  return readApply(plan, INPUT);
}

function change(name: string, actions: readonly string[], more: JsonObject = {}): JsonObject {
  const there = (values: JsonObject, is: boolean): Json => (is ? values : null);
  const before = there({ id: "old" }, !actions.includes("create") || actions.length > 1);
  const after = there(
    { id: "new" },
    actions.some((each) => each === "create" || each === "update"),
  );
  return {
    ...{ address: `aws_eip.${name}`, mode: "managed", type: "aws_eip", name },
    ...{ change: { actions, before, after, after_unknown: {} }, ...more },
  };
}

describe("the steps of a plan", () => {
  it("are what the apply does: two for a replace, none for a no-op or a read", () => {
    const data = { ...change("d", ["read"]), mode: "data", address: "data.aws_eip.d" };
    const resource_changes = [
      ...[change("n", ["no-op"]), change("c", ["create"]), change("u", ["update"]), data],
      ...[change("x", ["delete"]), change("p", ["delete"], { deposed: "0123abcd" })],
      ...[
        change("r", ["delete", "create"]),
        change("s", ["create", "delete"]),
        change("f", ["forget"]),
      ],
    ];
    const { steps } = applyGraph([{ plan: read({ resource_changes }) }]);
    const told = steps.map(({ address, action, deposed, replace, before, after }) =>
      [address, action, deposed, replace, before === null, after === null].join(" "),
    );
    expect(told).toEqual([
      "aws_eip.c create   true false",
      "aws_eip.u update   false false",
      "aws_eip.x delete   false true",
      "aws_eip.p delete 0123abcd  false true",
      "aws_eip.r delete  delete-first false true",
      "aws_eip.r create  delete-first true false",
      "aws_eip.s create  create-first true false",
      "aws_eip.s delete  create-first false true",
      "aws_eip.f forget   false true",
    ]);
  });

  it("run commands where a block has provisioners, or is an association of Systems Manager", () => {
    const kind = (type: string, ...actions: readonly string[]) => {
      const one = change(actions.join("-"), actions);
      return { ...one, type, address: `${type}.${actions.join("-")}` };
    };
    const all = (type: string) =>
      [["create"], ["update"], ["delete"], ["forget"]].map((each) => kind(type, ...each));
    const resources = ["create", "update", "delete", "forget"].map((name) => ({
      ...{ address: `null_resource.${name}`, mode: "managed", type: "null_resource", name },
      provisioners: [{ type: "local-exec" }],
    }));
    const types = ["aws_ssm_association", "null_resource", "aws_eip"];
    const { steps } = applyGraph([
      {
        plan: read({
          resource_changes: types.flatMap(all),
          configuration: { root_module: { resources } },
        }),
      },
    ]);
    expect(steps.filter((step) => step.provisioned).map(({ address }) => address)).toEqual([
      "aws_ssm_association.create",
      "aws_ssm_association.update",
      "null_resource.create",
      "null_resource.delete",
    ]);
  });

  it("leave only a delete that is no half of a replace unsure", () => {
    const resource_changes = [
      ...[change("x", ["delete"]), change("p", ["delete"], { deposed: "0123abcd" })],
      ...[
        change("r", ["delete", "create"]),
        change("s", ["create", "delete"]),
        change("f", ["forget"]),
      ],
    ];
    const { unsure } = applyGraph([{ plan: read({ resource_changes }) }]);
    expect(unsure.map(({ step }) => step.address)).toEqual(["aws_eip.x"]);
  });

  it("are refused where a change lacks its name, or is none of Terraform's", () => {
    const nameless = { ...change("x", ["delete"]), name: null };
    const strange = change("x", ["explode"]);
    for (const each of [nameless, strange, null, 1]) {
      expect(() => read({ resource_changes: [each] })).toThrow(InputError);
    }
  });
});

describe("the references of a plan", () => {
  const deep = (depth: number): Json => {
    let json: Json = { references: ["aws_eip.c"] };
    for (let level = 0; level < depth; level += 1) json = [json];
    return json;
  };

  it("are read however strange the configuration is", () => {
    const resources = [
      { mode: "managed", type: "aws_eip", name: "c", expressions: deep(10_000) },
      {
        mode: "managed",
        type: "__proto__",
        name: "constructor",
        depends_on: ["aws_eip.c", 1, "]"],
      },
      ...[null, { mode: "managed", type: deep(10_000), name: deep(10_000) }],
      { mode: "managed", type: "aws_eip", name: "u", expressions: { a: { references: [1] } } },
    ];
    const module_calls = { m: null, n: { module: { module_calls: { o: {} } }, depends_on: {} } };
    const configuration = { root_module: { resources, module_calls }, provider_config: [] };
    const named = { to_display: deep(10_000), name: deep(10_000), module: deep(10_000) };
    const kinds = ["resource", "output_value"].map((kind) => ({ address: { kind, ...named } }));
    const deepChecks = [null, { address: 1 }, ...kinds];
    const { references } = read({ configuration, checks: deepChecks });
    expect(references.edges.get("block:__proto__.constructor")).toEqual(["all:aws_eip.c"]);
    expect([...(references.edges.get("close:module.n") ?? [])]).toContain(
      "close:module.n.module.o",
    );
  });

  it("may go round in circles", () => {
    const refer = (name: string, to: string) => ({
      ...{ mode: "managed", type: "aws_eip", name, expressions: { a: { references: [to] } } },
    });
    const resources = [refer("a", "aws_eip.b"), refer("b", "aws_eip.a")];
    const configuration = { root_module: { resources } };
    const resource_changes = [change("a", ["create"]), change("b", ["create"])];
    const graph = applyGraph([{ plan: read({ configuration, resource_changes }) }]);
    const [a, b] = graph.steps;
    const order = graph.order(new Map());
    expect(a && b && [order.precedes(a, b), order.precedes(b, a)]).toEqual([false, false]);
  });

  it("to a whole module are seen beside those to an output of one instance", () => {
    const listed = ['module.m["a"].o', 'module.m["a"]', "module.m", "each.key"];
    const resources = [
      { mode: "managed", type: "aws_eip", name: "c", expressions: { a: { references: listed } } },
      {
        mode: "managed",
        type: "aws_eip",
        name: "d",
        expressions: { a: { references: listed.slice(0, 2) } },
      },
    ];
    const module_calls = { m: { module: { outputs: { o: {} } } } };
    const { edges } = read({
      configuration: { root_module: { resources, module_calls } },
    }).references;
    expect(edges.get("block:aws_eip.c")).toEqual(["output:module.m.o", "close:module.m"]);
    expect(edges.get("block:aws_eip.d")).toEqual(["output:module.m.o"]);
  });

  it("through a local are hidden, and so are those of conditions", () => {
    const local = {
      mode: "managed",
      type: "aws_eip",
      name: "c",
      expressions: { a: { references: ["local.x"] } },
    };
    const address = { kind: "resource", to_display: "aws_eip.d" };
    const configuration = { root_module: { resources: [local] } };
    const { hidden } = read({ configuration, checks: [{ address }] }).references;
    expect([...hidden]).toEqual([
      ["block:aws_eip.d", ""],
      ["block:aws_eip.c", ""],
    ]);
  });
});
