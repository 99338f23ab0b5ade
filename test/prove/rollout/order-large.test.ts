import type { Step } from "../../../lib/model/rollout";
import { applyGraph } from "../../../lib/prove/rollout/order";
import { readApply } from "../../../lib/read/changes";
import { largePlan } from "./order-large";

/** Processor time, which other work on the machine leaves alone. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage().user;
  work();
  return (process.cpuUsage().user - before) / 1_000_000;
}

describe("the order of a large apply", () => {
  it("is found for 10,000 records behind 22,000 rules, one reading for each old rule", () => {
    const json = largePlan(500, 44, 10_000);
    let known = 0;
    const seconds = secondsOf(() => {
      const plan = readApply(json, { kind: "plan", label: "large", partial: undefined });
      const graph = applyGraph([{ plan }]);
      const of = (type: string, action: string) =>
        graph.steps.filter((step) => step.type === type && step.action === action);
      const rules = of("aws_vpc_security_group_ingress_rule", "create");
      const rule = (at: number) => rules[at % rules.length] as Step;
      const order = graph.order(new Map());
      of("cloudflare_dns_record", "update").forEach((record, at) => {
        known += order.precedes(rule(at), record) ? 1 : 0;
      });
      graph.unsure.forEach(({ step }, at) => {
        const reading = graph.order(new Map([[step, true]]));
        known += reading.precedes(rule(at), step) && !reading.mayPrecede(step, rule(at)) ? 1 : 0;
      });
    });
    expect(known).toBe(10_000 + 11_000);
    expect(seconds).toBeLessThan(20);
  });
});
