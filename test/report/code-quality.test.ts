import { parseInput, type Review, reviewInputs } from "originproof/review";
import { renderCodeQuality } from "../../lib/report/code-quality";
import { parseConfig } from "../../lib/rules/config";
import { HOSTILE, HOSTILE_CASES, withHostile } from "../support/hostile";
import { EDGE_4, planOf } from "../support/plan";
import { edgeRule, site, siteWith, vpcRule } from "../support/site";

const missing = edgeRule({ cidr_blocks: EDGE_4.slice(1) });
const others = vpcRule("others", { cidr_ipv4: "8.8.8.0/24" });

function reviewOf(config = {}, resources = siteWith(missing, others)): Review {
  const read = parseInput(JSON.stringify(planOf({ resources })), "plan.json");
  return reviewInputs([read], { config: parseConfig(JSON.stringify(config), "c") });
}

interface Issue {
  readonly description: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function issuesOf(text: string): readonly Issue[] {
  return JSON.parse(text);
}

test("an issue has what GitLab asks for, and no more", () => {
  const review = reviewOf();
  const files = new Map([["plan.json", "infra/plan.json"]]);
  expect(issuesOf(renderCodeQuality(review, { files }))[1]).toEqual({
    description:
      "aws_security_group.web drops part of Cloudflare's edge: 1 of 15 IPv4 ranges. Visitors whose requests pass through those addresses see Error 522; others don't.",
    check_name: "firewall/misses-edge-range",
    fingerprint: review.findings[1]?.fingerprint,
    severity: "critical",
    location: { path: "infra/plan.json", lines: { begin: 1 } },
  });
});

test("nothing found is an empty list, which GitLab needs to tell what is fixed", () => {
  expect(renderCodeQuality(reviewOf({}, site()))).toBe("[]\n");
});

test("an acknowledged finding is info, since GitLab would call one that is left out fixed", () => {
  const subject = "aws_security_group.web";
  const rule = "firewall/misses-edge-range";
  const review = reviewOf({ acknowledged: [{ rule, subject, reason: "it comes back" }] });
  const issues = issuesOf(renderCodeQuality(review));
  expect(issues.map(({ severity }) => severity)).toEqual(["critical", "info"]);
  expect(issues[1]?.description).toMatch(/^Acknowledged \(it comes back\): aws_security_group/);
});

test("a warning is minor", () => {
  const world = edgeRule({ cidr_blocks: ["0.0.0.0/0"] });
  const issues = issuesOf(renderCodeQuality(reviewOf({}, siteWith(world))));
  expect(issues.map(({ severity }) => severity)).toEqual(["minor"]);
});

test("a plan outside the folder is named without it: GitLab takes paths of the repository alone", () => {
  const files = new Map([["plan.json", "/tmp/secret/plan.json"]]);
  expect(issuesOf(renderCodeQuality(reviewOf(), { files }))[0]?.location.path).toBe("plan.json");
});

test.each(HOSTILE_CASES)(
  "hostile texts stay one-line texts of bounded length: %s",
  (_, hostile) => {
    const issues = issuesOf(renderCodeQuality(withHostile(reviewOf(), hostile)));
    expect(issues).toHaveLength(2);
    for (const { description, location } of issues) {
      expect(description.length).toBeLessThan(7_000);
      expect(description).not.toMatch(/[\n\r\u202a-\u202e\u2066-\u2069\u200b]/);
      expect(location.path).not.toMatch(/^\/|^\.\.?\/|\n/);
      expect(location.path).not.toBe("");
    }
  },
);

test("a path that leads out of the repository is not one of the user's", () => {
  const review = withHostile(reviewOf(), HOSTILE.path);
  for (const { location } of issuesOf(renderCodeQuality(review))) {
    expect(location.path).not.toContain("..");
  }
});
