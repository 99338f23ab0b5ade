import { parseInput, parseSidecar, reviewInputs, type Sidecar } from "originproof/review";
import { EDGE_4, planOf } from "../support/plan";
import { edgeRule, siteWith } from "../support/site";

/** What synth wrote of a stack with that group, at a line of its own. */
function sidecar(stack: string, line: number): Sidecar {
  const address = "aws_security_group.web";
  const createBeforeDestroy = false;
  const source = { file: `${stack}.ts`, line };
  const resources = {
    [address]: { constructPath: `${stack}/Firewall`, source, createBeforeDestroy },
  };
  return parseSidecar(
    JSON.stringify({ schemaVersion: 1, stack, resources, locks: [], records: {}, weakened: [] }),
    stack,
  );
}

function placeWith(...sidecars: readonly Sidecar[]): unknown {
  const rule = edgeRule({ cidr_blocks: EDGE_4.slice(1) });
  const plan = planOf({ resources: siteWith(rule) });
  const { findings } = reviewInputs([parseInput(JSON.stringify(plan), "plan.json")], { sidecars });
  return findings.map(({ constructPath, source }) => [constructPath, source?.file]);
}

describe("the place of a finding", () => {
  it("is that of the one stack that has a resource of that address", () => {
    expect(placeWith(sidecar("ireland", 7))).toEqual([["ireland/Firewall", "ireland.ts"]]);
  });

  it("is not told where two stacks have one and it can't be known which it is", () => {
    expect(placeWith(sidecar("ireland", 7), sidecar("oregon", 9))).toEqual([[null, undefined]]);
  });
});
