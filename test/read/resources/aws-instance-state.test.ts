import {
  idsOf,
  type PlannedResource,
  reviewOf,
  reviewPlan,
  type Written,
} from "../../support/plan";
import { EIP, edgeRule, GROUP, instance, record, zone } from "../../support/site";
import { networkSite, ref } from "../../support/synth-site";

function decided(state: Written): readonly string[] {
  const review = reviewOf([networkSite({ aws_ec2_instance_state: { web: state } })]);
  const verdicts = review.paths.flatMap((path) => [
    path.availability.verdict,
    path.exclusivity.verdict,
  ]);
  return [...verdicts, ...idsOf(review).reasons];
}

describe("an instance that a block stops", () => {
  it("is undetermined", () => {
    const own = { instance_id: ref("aws_instance.web.id") };
    expect(decided({ ...own, state: "stopped" })).toEqual([
      "undetermined",
      "proved",
      "aws/instance-stopped",
    ]);
    expect(decided({ ...own, state: "running" })).toEqual(["proved", "proved"]);
    expect(decided({ instance_id: "i-0123", state: "stopped" })).toEqual(["proved", "proved"]);
  });
});

describe("an instance that the plan shows as stopped", () => {
  const shown = (instance_state: string, more: readonly PlannedResource[] = []): string => {
    const own = { ...instance().values, id: "i-1", instance_state };
    const changed = {
      ...instance({ values: own }),
      before: own,
      actions: ["no-op"],
      computed: ["id", "instance_state", "private_ip", "ipv6_addresses"],
    };
    const parts = [...zone(), record(), EIP, changed, GROUP, edgeRule(), ...more];
    return reviewPlan(parts).paths[0]?.availability.verdict ?? "none";
  };

  it("is undetermined, unless a block starts it", () => {
    expect(shown("running")).toBe("proved");
    expect(shown("stopped")).toBe("undetermined");
    const starts = {
      address: "aws_ec2_instance_state.web",
      values: { state: "running" },
      refs: { instance_id: ["aws_instance.web.id"] },
    };
    expect(shown("stopped", [starts])).toBe("proved");
  });
});
