import { InputError, parseInput } from "originproof/review";

const CHANGE = {
  address: "aws_eip.web",
  mode: "managed",
  type: "aws_eip",
  name: "web",
  change: { actions: ["create"], before: null, after: {}, after_unknown: {} },
};

function read(plan: object): () => unknown {
  return () => parseInput(JSON.stringify({ format_version: "1.2", ...plan }), "plan.json");
}

describe("a plan whose members have other types than Terraform writes", () => {
  it.each([
    ["no list of changes", { resource_changes: null }],
    ["a change that is null", { resource_changes: [null] }],
    ...[
      ["no actions", { actions: [] }],
      ["an unknown action", { actions: ["explode"] }],
      ["actions that make no pair", { actions: ["create", "create"] }],
      ["an after that is a text", { after: "x" }],
      ["an after that is a list", { after: [1] }],
      ["a before that is a number", { before: 7 }],
      ["an unknown mask that is a text", { after_unknown: "x" }],
    ].map(([what, change]) => [
      what as string,
      { resource_changes: [{ ...CHANGE, change: { ...CHANGE.change, ...(change as object) } }] },
    ]),
    ["a mode that is a number", { resource_changes: [{ ...CHANGE, mode: 7 }] }],
    [
      "planned resources without changes",
      {
        planned_values: {
          root_module: { child_modules: [{ resources: [{ ...CHANGE, values: {} }] }] },
        },
      },
    ],
    ["a configuration that is a list", { resource_changes: [CHANGE], configuration: [] }],
    ["a root module that is a number", { planned_values: {}, configuration: { root_module: 3 } }],
  ] as [string, object][])("is refused: %s", (_, plan) => {
    expect(read(plan)).toThrow(InputError);
  });

  it("is read where all are as Terraform writes them", () => {
    expect(read({ resource_changes: [CHANGE] })).not.toThrow();
    // Terraform leaves the list out where it is empty.
    expect(read({ planned_values: { root_module: {} } })).not.toThrow();
  });

  it("counts what is deleted as gone, whatever 'after' says", () => {
    const gone = {
      ...CHANGE,
      change: { ...CHANGE.change, actions: ["delete"], after: { id: "x" } },
    };
    expect(read({ resource_changes: [gone] })()).toMatchObject({ instances: [] });
  });
});
