import type { ApplyGraph, Step } from "../../../lib/model/rollout";
import { Orders } from "../../../lib/prove/rollout/orders";
import { actOf, stepOf } from "./instances";

const steps = ["a", "b", "c", "d"].map((name) => stepOf("delete", `aws_x.${name}`));
const unsure = steps.map((step) => ({ step, configured: undefined }));

function ordersOf(more: Partial<ApplyGraph> = {}) {
  const order = () => ({ precedes: () => false, mayPrecede: () => false });
  return new Orders({ steps, unsure, order, ...more });
}

describe("the orders of an apply by their readings", () => {
  it("are made once each, whatever the order of the flags is", () => {
    const orders = ordersOf();
    const [a, b] = steps as [Step, Step];
    const one = orders.of(
      new Map([
        [a, true],
        [b, false],
      ]),
    );
    expect(
      orders.of(
        new Map([
          [b, false],
          [a, true],
        ]),
      ),
    ).toBe(one);
    expect(
      orders.of(
        new Map([
          [a, false],
          [b, true],
        ]),
      ),
    ).not.toBe(one);
    expect(orders.of(new Map([[a, true]]))).not.toBe(orders.of(new Map([[b, true]])));
    expect(orders.of(new Map())).not.toBe(one);
  });

  it("have all readings of three deletes, that with each flag first", () => {
    const readings = ordersOf().readingsOf(unsure.slice(0, 3));
    expect(readings?.map((flags) => steps.slice(0, 3).map((step) => flags.get(step)))).toHaveLength(
      8,
    );
    expect([...(readings?.[0]?.values() ?? [])]).toEqual([true, true, true]);
    expect(ordersOf().readingsOf(unsure)).toBeUndefined();
    expect(ordersOf().readingsOf([])).toBeUndefined();
  });

  it("rest on what they do where acts are of several plans", () => {
    const assumptions = ["a.json", "b.json", "c.json"].map((subject) => ({
      id: "order/stacks",
      subject,
      text: "",
    }));
    const at = (label: string) => {
      const act = actOf("delete", "aws_x.x");
      return { ...act, step: { ...act.step, input: { ...act.step.input, label } } };
    };
    const of = (...labels: readonly string[]) =>
      ordersOf({ assumptions })
        .assumptionsOf(labels.map(at))
        .map(({ subject }) => subject);
    expect(of("a.json", "b.json")).toEqual(["a.json", "b.json"]);
    expect(of("a.json", "a.json")).toEqual([]);
    expect(ordersOf().assumptionsOf([at("a.json"), at("b.json")])).toEqual([]);
  });
});
