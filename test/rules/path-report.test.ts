import type { PathReport } from "originproof/review";
import { EDGE_4, type PlannedResource, reviewPlan } from "../support/plan";
import { edgeRule, siteWith, siteWithout } from "../support/site";

const LAST = "131.0.72.0/22";
const rest = EDGE_4.filter((cidr) => cidr !== LAST);

function availabilityOf(...resources: readonly PlannedResource[]): PathReport["availability"] {
  const [path] = reviewPlan([...siteWithout("aws_security_group_rule.edge"), ...resources]).paths;
  if (path === undefined) {
    throw new Error("no path");
  }
  return path.availability;
}

/** A rule for that range whose protocol only apply can tell. */
function perhaps(cidr: string): PlannedResource {
  const { values, refs } = edgeRule({ cidr_blocks: [cidr] });
  const { protocol: _, ...known } = values ?? {};
  const address = "aws_security_group_rule.perhaps";
  return { address, values: known, refs: { ...refs, protocol: ["var.protocol"] } };
}

describe("which of the edge's ranges a path lets through", () => {
  it("is told of each: none missing, none undecided where availability is proved", () => {
    const { verdict, missing, undecided, stoppedBy } = availabilityOf(edgeRule());
    expect({ verdict, missing, undecided, stoppedBy }).toEqual({
      verdict: "proved",
      missing: [],
      undecided: [],
      stoppedBy: null,
    });
  });

  it("is told where a range is missing, with the hop that stops it", () => {
    const { verdict, missing, undecided, stoppedBy } = availabilityOf(
      edgeRule({ cidr_blocks: rest }),
    );
    expect({ verdict, missing, undecided, stoppedBy }).toEqual({
      verdict: "refuted",
      missing: [LAST],
      undecided: [],
      stoppedBy: 0,
    });
  });

  it("is told where one range is undecided and another is missing", () => {
    const [first = "", ...others] = rest;
    const { verdict, missing, undecided } = availabilityOf(
      edgeRule({ cidr_blocks: others }),
      perhaps(first),
    );
    expect({ verdict, missing, undecided }).toEqual({
      verdict: "refuted",
      missing: [LAST],
      undecided: [first],
    });
  });

  it("is told where a rule may hold one range", () => {
    const { verdict, missing, undecided } = availabilityOf(
      edgeRule({ cidr_blocks: rest }),
      perhaps(LAST),
    );
    expect({ verdict, missing, undecided }).toEqual({
      verdict: "undetermined",
      missing: [],
      undecided: [LAST],
    });
  });

  it("is all of them where nothing of the plan is proved", () => {
    const resources = siteWith(edgeRule({ cidr_blocks: rest }));
    const [path] = reviewPlan(resources, { more: { errored: true } }).paths;
    expect(path?.availability).toMatchObject({
      verdict: "undetermined",
      missing: [],
      undecided: EDGE_4,
      stoppedBy: null,
    });
  });
});
