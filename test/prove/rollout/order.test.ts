import type { ApplyOrder, Step } from "../../../lib/model/rollout";
import { applyGraph } from "../../../lib/prove/rollout/order";
import { stepsNotDrawn } from "../../../lib/prove/rollout/order-terraform";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { disagreements, name, type Planned, plannedBy } from "./order-oracle";

afterAll(removeSandboxes);

type Blocks = Readonly<Record<string, object>>;

/** Plans the second configuration where the first is applied. */
async function planned(before: object, after: object): Promise<Planned> {
  const box = newSandbox({ configuration: before });
  await box.apply();
  box.configure(after);
  return plannedBy(box, await box.plan());
}

function data(blocks: Blocks, more: object = {}): object {
  const none = Object.keys(blocks).length === 0;
  return none ? { locals: {}, ...more } : { resource: { terraform_data: blocks }, ...more };
}

const CBD = { lifecycle: [{ create_before_destroy: true }] };

/** The order that the plan with its state gives, which must be Terraform's own. */
function orderOf(plan: Planned): ApplyOrder {
  const order = applyGraph([plan]).order(new Map());
  expect(
    disagreements(plan, applyGraph([{ ...plan, graph: undefined }]).order(new Map()), true),
  ).toEqual([]);
  return order;
}

function step(plan: Planned, text: string): Step {
  const { steps } = applyGraph([plan]);
  const found = steps.find((each) => name(each) === text);
  if (found === undefined) throw new Error(`no ${text} in ${steps.map(name).join(", ")}`);
  return found;
}

/** `first < second`, `first > second` or `first | second`, as Terraform and this library have it. */
function between(plan: Planned, first: string, second: string): string {
  const order = orderOf(plan);
  const [a, b] = [step(plan, first), step(plan, second)];
  const sign = order.precedes(a, b) ? "<" : order.precedes(b, a) ? ">" : "|";
  return `${first} ${sign} ${second}`;
}

describeWithTerraform("the order of an apply", () => {
  it("creates after what the configuration refers to, through what does not change", async () => {
    const middle = { input: "${terraform_data.a.id}" };
    const plan = await planned(
      data({ a: { input: 1 }, b: middle }),
      data({ a: { input: 2 }, b: middle, c: { depends_on: ["terraform_data.b"] } }),
    );
    const line = "terraform_data.a update < terraform_data.c create";
    expect(between(plan, "terraform_data.a update", "terraform_data.c create")).toBe(line);
  });

  it("orders two updates no more once the reference is dropped", async () => {
    const plan = await planned(
      data({ a: { input: 1 }, b: { input: "${terraform_data.a.id}" } }),
      data({ a: { input: 2 }, b: { input: "x" } }),
    );
    const line = "terraform_data.a update | terraform_data.b update";
    expect(between(plan, "terraform_data.a update", "terraform_data.b update")).toBe(line);
  });

  it("updates after the destroy of what the object depended on", async () => {
    const plan = await planned(
      data({ a: {}, b: { input: "${terraform_data.a.id}" } }),
      data({ b: { input: "x" } }),
    );
    const line = "terraform_data.a delete < terraform_data.b update";
    expect(between(plan, "terraform_data.a delete", "terraform_data.b update")).toBe(line);
  });

  it("destroys after the update where the destroyed object had create_before_destroy", async () => {
    const plan = await planned(
      data({ a: CBD, b: { input: "${terraform_data.a.id}" } }),
      data({ b: { input: "x" } }),
    );
    const line = "terraform_data.a delete > terraform_data.b update";
    expect(between(plan, "terraform_data.a delete", "terraform_data.b update")).toBe(line);
  });

  it("is not sure of a delete whose flag nothing tells, and knows both readings", async () => {
    const first = data({ a: {}, b: { input: "${terraform_data.a.id}" } });
    const plan = await planned(first, data({ b: { input: "x" } }));
    const configured = new Map([["terraform_data.b", true]]);
    const bare = applyGraph([{ plan: plan.plan, configured }]);
    expect(bare.unsure.map((each) => [name(each.step), each.configured])).toEqual([
      ["terraform_data.a delete", undefined],
    ]);
    const [a, b] = [step(plan, "terraform_data.a delete"), step(plan, "terraform_data.b update")];
    const readings = [[], [[a, true]], [[a, false]]] as const;
    const asked = readings.map((flags) => {
      const order = bare.order(new Map(flags));
      return [
        order.precedes(a, b),
        order.precedes(b, a),
        order.mayPrecede(a, b),
        order.mayPrecede(b, a),
      ];
    });
    expect(asked).toEqual([
      [false, false, true, true],
      [false, true, false, true],
      [true, false, true, false],
    ]);
  });

  it("knows what create_before_destroy is forced on by the configuration", async () => {
    const blocks = { a: { count: 2 }, b: { input: "${terraform_data.a[*].id}" } };
    const plan = await planned(data(blocks), data({ ...blocks, a: { count: 1 } }));
    const told = (configured: ReadonlyMap<string, boolean>) =>
      applyGraph([{ plan: plan.plan, configured }]).unsure.map((each) => each.configured);
    expect(told(new Map([["terraform_data.b", true]]))).toEqual([true]);
    expect(
      told(
        new Map([
          ["terraform_data.b", false],
          ["terraform_data.a", false],
        ]),
      ),
    ).toEqual([false]);
    expect(told(new Map())).toEqual([undefined]);
  });

  it("orders whole plans where one is applied after another", async () => {
    const one = await planned(data({ a: { input: 1 } }), data({ a: { input: 2 } }));
    const two = await planned(data({ b: { input: 1 } }), data({ b: { input: 2 } }));
    const three = await planned(data({ c: { input: 1 } }), data({ c: { input: 2 } }));
    const steps = [one, two, three].map(({ plan }) => plan.objects[0]?.steps[0] as Step);
    const pairs = (order: ApplyOrder) =>
      steps.map((a) => steps.map((b) => order.precedes(a, b) && order.mayPrecede(a, b)));
    const apart = applyGraph([one, two, three]).order(new Map());
    expect(pairs(apart).flat()).not.toContain(true);
    const chained = applyGraph([
      one,
      { plan: two.plan, after: [one.plan] },
      { plan: three.plan, after: [two.plan] },
    ]).order(new Map());
    expect(pairs(chained)).toEqual([
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ]);
  });

  it("is sure of nothing about steps that a given graph lacks", async () => {
    const plan = await planned(data({ a: { input: 1 } }), data({ a: { input: 2 } }));
    const other = await planned(data({ c: {}, d: { input: "${terraform_data.c.id}" } }), data({}));
    const graph = { ...plan.graph, label: "other.dot" };
    expect(stepsNotDrawn(other.plan, graph).map(name)).toEqual([
      "terraform_data.c delete",
      "terraform_data.d delete",
    ]);
    const order = applyGraph([{ plan: other.plan, graph }]).order(new Map());
    const [c, d] = other.plan.objects.flatMap(({ steps }) => steps) as [Step, Step];
    expect([order.precedes(d, c), order.mayPrecede(d, c), order.mayPrecede(c, d)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("creates after the destroy of what the new object depends on by the configuration", async () => {
    const plan = await planned(
      data({ a: { count: 2 } }),
      data({ a: { count: 1 }, b: { input: "${terraform_data.a[*].id}" } }),
    );
    const line = "terraform_data.a[1] delete < terraform_data.b create";
    expect(between(plan, "terraform_data.a[1] delete", "terraform_data.b create")).toBe(line);
  });

  it("forgets like it destroys", async () => {
    const removed = [{ from: "terraform_data.b", lifecycle: [{ destroy: false }] }];
    const plan = await planned(data({ a: {}, b: { input: "${terraform_data.a.id}" } }), {
      terraform: {},
      removed,
    });
    const line = "terraform_data.a delete > terraform_data.b forget";
    expect(between(plan, "terraform_data.a delete", "terraform_data.b forget")).toBe(line);
  });

  it("takes renamed objects for what they were", async () => {
    const moved = [{ from: "terraform_data.b", to: "terraform_data.c" }];
    const plan = await planned(
      data({ a: CBD, b: { input: "${terraform_data.a.id}" } }),
      data({ c: { input: "x" } }, { moved }),
    );
    const line = "terraform_data.a delete > terraform_data.c update";
    expect(between(plan, "terraform_data.a delete", "terraform_data.c update")).toBe(line);
  });

  it("waits for all of a data source's and a provider's references", async () => {
    const provider = {
      aws: [{ region: "eu-west-1" }, { alias: "b", region: "${terraform_data.a.output}" }],
    };
    const vpc = (value: string) => ({
      aws_vpc: { v: { provider: "aws.b", cidr_block: "10.0.0.0/16", tags: { value } } },
    });
    const configuration = (text: string) => ({
      terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
      provider,
      resource: { terraform_data: { a: { input: text } }, ...vpc(text) },
    });
    const plan = await planned(configuration("eu-west-1"), configuration("eu-west-2"));
    const line = "terraform_data.a update < aws_vpc.v update";
    expect(between(plan, "terraform_data.a update", "aws_vpc.v update")).toBe(line);
  });
});
