import { parseInput, type Review, reviewInputs } from "originproof/review";
import { exitCodeOf, type Gate } from "../../lib/cli/exit-code";
import { EDGE_4, type PlannedResource, planOf } from "../support/plan";
import { edgeRule, record, siteWith } from "../support/site";

const missing = edgeRule({ cidr_blocks: EDGE_4.slice(1) });
const literal = record({ values: { content: "198.51.100.7" } });
const api = record({ address: "cloudflare_dns_record.api", values: { name: "api.example.com" } });
const SITE = siteWith();
const BROKEN = siteWith(missing);
const OUTSIDE = siteWith(literal);

const AVAILABILITY = ["availability"] as const;

function reviewOf(resources: readonly PlannedResource[], base?: Review): Review {
  const read = parseInput(JSON.stringify(planOf({ resources })), "plan.json");
  return reviewInputs([read], base === undefined ? {} : { base: { name: "base", review: base } });
}

type Case = readonly [
  what: string,
  base: readonly PlannedResource[],
  head: readonly PlannedResource[],
  gate: Gate,
  code: number,
];

const fresh: Gate = { failOn: "new", required: [] };
const any: Gate = { failOn: "error", required: [] };
const proof: Gate = { failOn: "new", required: AVAILABILITY };

test.each<Case>([
  ["a new error", SITE, BROKEN, fresh, 1],
  ["an old error", BROKEN, BROKEN, fresh, 0],
  ["an old error, all of them gated", BROKEN, BROKEN, any, 1],
  ["an error that is mended", BROKEN, SITE, fresh, 0],
  [
    "one more missing range",
    BROKEN,
    siteWith(edgeRule({ cidr_blocks: EDGE_4.slice(2) })),
    fresh,
    1,
  ],
  ["one more hostname behind the defect", BROKEN, [...BROKEN, api], fresh, 1],
  ["a hostname that is proved", SITE, [...SITE, api], proof, 0],
  ["a path that is no longer proved", SITE, OUTSIDE, fresh, 0],
  ["a path that is no longer proved, where that is asked for", SITE, OUTSIDE, proof, 1],
  ["a path that was not proved either", OUTSIDE, OUTSIDE, proof, 0],
  [
    "a path that was not proved either, all of them gated",
    OUTSIDE,
    OUTSIDE,
    { ...proof, failOn: "error" },
    1,
  ],
])("%s", (_, base, head, gate, code) => {
  expect(exitCodeOf(reviewOf(head, reviewOf(base)), gate)).toBe(code);
});
