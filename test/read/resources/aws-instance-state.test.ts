import { idsOf, reviewOf, type Written } from "../../support/plan";
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
