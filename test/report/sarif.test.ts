import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Finding, parseInput, type Review, reviewInputs } from "originproof/review";
import type { Log, Result, Run } from "sarif";
import { renderSarif } from "../../lib/report/sarif";
import { parseConfig } from "../../lib/rules/config";
import { HOSTILE, HOSTILE_CASES, withHostile } from "../support/hostile";
import { EDGE_4, type PlannedResource, planOf } from "../support/plan";
import { sarifProblems } from "../support/sarif-schema";
import { edgeRule, record, site, siteWith, vpcRule } from "../support/site";

const TODAY = new Date("2026-09-15T12:00:00Z");
const [FIRST = ""] = EDGE_4;
const RULES = join(__dirname, "../rules");

function reviewOf(resources: readonly PlannedResource[], label = "plan.json", config = {}): Review {
  const read = parseInput(JSON.stringify(planOf({ resources })), label);
  return reviewInputs([read], { config: parseConfig(JSON.stringify(config), "c"), today: TODAY });
}

const missing = edgeRule({ cidr_blocks: EDGE_4.filter((range) => range !== FIRST) });
const others = vpcRule("others", { cidr_ipv4: "8.8.8.0/24" });
const BROKEN = reviewOf(siteWith(missing, others));
const ACKNOWLEDGED = {
  acknowledged: [
    {
      rule: "firewall/misses-edge-range",
      subject: "aws_security_group.web",
      reason: "comes back",
      expires: "2026-12-31",
    },
  ],
};

function runOf(text: string): Run {
  const log: Log = JSON.parse(text);
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  return run;
}

function resultsOf(review: Review, options = {}): readonly Result[] {
  return runOf(renderSarif(review, options)).results ?? [];
}

function placesOf(review: Review, options = {}): readonly string[] {
  return resultsOf(review, options).map(({ locations = [] }) => {
    const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
    return `${artifactLocation?.uriBaseId ?? ""} ${artifactLocation?.uri}:${region?.startLine}`;
  });
}

/** The review with its first finding changed. */
function withFinding(changed: Partial<Finding>, review = BROKEN): Review {
  const [first, ...rest] = review.findings;
  if (first === undefined) throw new Error("no finding");
  return { ...review, findings: [{ ...first, ...changed }, ...rest] };
}

describe("every report validates against the schema of SARIF 2.1.0", () => {
  it("of a site without findings", () => {
    expect(sarifProblems(renderSarif(reviewOf(site()), { version: "1.2.3" }))).toEqual([]);
  });

  it("of each fixture of a rule", () => {
    const page = (rule: string) =>
      readFileSync(join(__dirname, `../../docs/rules/${rule}.md`), "utf8");
    const files = readdirSync(RULES, { recursive: true, encoding: "utf8" });
    const wrong = files
      .filter((file) => file.endsWith(".tf.json"))
      .flatMap((file) => {
        const review = reviewInputs([parseInput(readFileSync(join(RULES, file), "utf8"), file)]);
        const options = { version: "1.2.3", page, files: new Map([[file, file]]) };
        return sarifProblems(renderSarif(review, options)).map((each) => `${file}: ${each}`);
      });
    expect(wrong).toEqual([]);
  });

  it.each(HOSTILE_CASES)("with hostile texts in it: %s", (_, hostile) => {
    const text = renderSarif(withHostile(BROKEN, hostile), {
      files: new Map([[hostile, hostile]]),
    });
    expect(sarifProblems(text)).toEqual([]);
    const messages = (runOf(text).results ?? []).map(({ message }) => message.text ?? "");
    expect(messages.length).toBe(2);
    for (const message of messages) {
      // Neither an embedded link nor a placeholder of SARIF's messages.
      expect(message).not.toMatch(/\]\(/);
      expect(message.replaceAll("{{", "").replaceAll("}}", "")).not.toMatch(/[{}]/);
      expect(message.length).toBeLessThan(7_000);
    }
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  });
});

test("a result says what, why and how to mend it, and names what it is about", () => {
  const [, result] = resultsOf(BROKEN, { files: new Map([["plan.json", "infra/plan.json"]]) });
  expect(result).toEqual({
    ruleId: "firewall/misses-edge-range",
    ruleIndex: 1,
    level: "error",
    message: {
      text: "aws_security_group.web drops part of Cloudflare's edge: 1 of 15 IPv4 ranges. Visitors whose requests pass through those addresses see Error 522; others don't. To fix it: admit every range of Cloudflare's list; in cdktf, build the rules from EdgeRanges.pinned().",
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "infra/plan.json", uriBaseId: "%SRCROOT%" },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: "aws_security_group.web", kind: "resource" }],
      },
    ],
    partialFingerprints: { "originproof/v1": BROKEN.findings[1]?.fingerprint },
    suppressions: [],
    properties: {
      subject: "aws_security_group.web",
      witness: "103.21.244.0",
      hostnames: ["www.example.com"],
    },
  });
});

test("rules come by id, each with its page and how to read it", () => {
  const page = () =>
    "# x\n\n## What it finds\n\nSee [it](../exposure/side-door.md).\n\n## Refuted example\n\nlong\n";
  const { driver } = runOf(renderSarif(BROKEN, { version: "1.2.3", page })).tool;
  expect(driver).toMatchObject({ name: "originproof", version: "1.2.3", semanticVersion: "1.2.3" });
  expect(driver.rules?.map(({ id }) => id)).toEqual([
    "exposure/open-to-others",
    "firewall/misses-edge-range",
  ]);
  expect(driver.rules?.[1]).toEqual({
    id: "firewall/misses-edge-range",
    shortDescription: { text: "A firewall drops a part of Cloudflare's edge" },
    fullDescription: { text: "A firewall drops a part of Cloudflare's edge" },
    helpUri: "https://unpkg.com/originproof/docs/rules/firewall/misses-edge-range.md",
    help: {
      text: "originproof explain firewall/misses-edge-range",
      markdown:
        "## What it finds\n\nSee [it](https://unpkg.com/originproof/docs/rules/exposure/side-door.md).",
    },
    defaultConfiguration: { level: "error" },
    properties: {
      tags: ["cloudflare", "firewall", "terraform"],
      precision: "very-high",
      "problem.severity": "error",
    },
  });
});

test("an acknowledged finding is suppressed, with its reason", () => {
  const results = resultsOf(reviewOf(siteWith(missing, others), "plan.json", ACKNOWLEDGED));
  expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
    ["exposure/open-to-others", []],
    [
      "firewall/misses-edge-range",
      [{ kind: "external", status: "accepted", justification: "comes back (until 2026-12-31)" }],
    ],
  ]);
});

test("with a base, each result says whether it is new, and new ones come first", () => {
  const base = { name: "base.json", review: reviewOf(siteWith(missing)) };
  const plan = JSON.stringify(planOf({ resources: siteWith(missing, others) }));
  const review = reviewInputs([parseInput(plan, "head.json")], { base, today: TODAY });
  const states = resultsOf(review).map(({ ruleId, baselineState }) => [ruleId, baselineState]);
  // What closed the group before was open to Cloudflare alone: a lock, so that this is an error.
  expect(states).toEqual([
    ["exposure/open-to-others", "new"],
    ["firewall/misses-edge-range", "unchanged"],
  ]);
  expect(resultsOf(BROKEN)[0]).not.toHaveProperty("baselineState");
  expect(sarifProblems(renderSarif(review))).toEqual([]);
});

describe("a result is", () => {
  const source = { file: "stacks/shop main.ts", line: 21 };

  it("at the user's own line, where that is known", () => {
    const review = withFinding({ source, constructPath: "shop/Firewall" });
    expect(placesOf(review)[0]).toBe("%SRCROOT% stacks/shop%20main.ts:21");
    const [{ locations = [] } = {}] = resultsOf(review);
    expect(locations[0]?.logicalLocations).toEqual([
      { fullyQualifiedName: "aws_security_group.web", kind: "resource" },
      { fullyQualifiedName: "shop/Firewall", kind: "construct" },
    ]);
  });

  it("in the plan otherwise, by the name that the user gave it", () => {
    expect(placesOf(BROKEN)).toEqual(["%SRCROOT% plan.json:1", "%SRCROOT% plan.json:1"]);
    const files = new Map([["plan.json", "/somewhere/else/plan.json"]]);
    expect(placesOf(BROKEN, { files })[0]).toBe(" file:///somewhere/else/plan.json:1");
  });

  it("in a name of its own, where the plan comes from standard input", () => {
    const review = reviewOf(siteWith(missing), "standard input");
    const files = new Map([["standard input", null]]);
    expect(placesOf(review, { files })).toEqual(["%SRCROOT% standard-input.json:1"]);
  });

  it("in the configuration file, where that declares what it is about", () => {
    const exception = { cidr: "0.0.0.0/0", ports: [443], reason: "all" };
    const review = reviewOf(site(), "plan.json", { exceptions: [exception] });
    expect(new Set(placesOf(review, { config: "infra/o.json" }))).toEqual(
      new Set(["%SRCROOT% infra/o.json:1"]),
    );
  });

  it.each([HOSTILE.path, "/etc/passwd", "C:\\Windows\\x", ".."])(
    "not at a line outside the folder, whatever a sidecar says: %s",
    (file) => {
      const review = withFinding({ source: { file, line: 1 } });
      expect(placesOf(review)[0]).toBe("%SRCROOT% plan.json:1");
    },
  );

  it("at no line before the first", () => {
    expect(placesOf(withFinding({ source: { file: "a.ts", line: -3 } }))[0]).toMatch(/ a\.ts:1$/);
  });
});

test("fingerprints stay through unrelated edits of the plan", () => {
  const api = record({ address: "cloudflare_dns_record.api", values: { name: "api.example.com" } });
  const edited = reviewOf([...siteWith(missing, others, api)].reverse(), "infra/tfplan.json");
  const prints = (review: Review) =>
    resultsOf(review).map(({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints]);
  expect(prints(edited)).toEqual(prints(BROKEN));
  expect(
    prints(withFinding({ source: { file: "other.ts", line: 99 }, what: "x", why: "y" })),
  ).toEqual(prints(BROKEN));
});

describe("GitHub's limits", () => {
  const many = (count: number, parts: (index: number) => Partial<Finding>): Review => {
    const [first] = BROKEN.findings;
    if (first === undefined) throw new Error("no finding");
    const findings = Array.from({ length: count }, (_, index) => ({ ...first, ...parts(index) }));
    return { ...BROKEN, findings };
  };

  it("of 10 MB of gzip hold for texts that can't be compressed, worst first, with a notice", () => {
    let seed = 1;
    const noise = () =>
      Array.from({ length: 1_000 }, () => {
        seed = (seed * 16_807) % 2_147_483_647;
        return String.fromCodePoint(0x4e00 + (seed % 20_000));
      }).join("");
    const review = many(3_000, (index) => ({
      severity: index % 2 === 0 ? "warning" : "error",
      what: noise(),
      why: noise(),
      subject: noise(),
    }));
    const text = renderSarif(review);
    const { results = [], invocations = [] } = runOf(text);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    expect(Buffer.byteLength(text)).toBeLessThan(10_000_000);
    expect(results.length).toBeGreaterThan(500);
    expect(results.length).toBeLessThan(1_500);
    expect(results.every(({ level }) => level === "error")).toBe(true);
    const left = 3_000 - results.length;
    expect(invocations[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
      `${left} results are left out, the least severe ones: GitHub takes no more. The JSON report has all.`,
    );
    expect(sarifProblems(text)).toEqual([]);
  });

  it("of 25,000 results hold for short ones", () => {
    const review = many(26_000, () => ({ what: "a", why: "b", fix: "c", subject: "d", paths: [] }));
    const { results = [] } = runOf(renderSarif(review));
    expect(results.length).toBeLessThanOrEqual(25_000);
    expect(results.length).toBeGreaterThan(5_000);
  });
});

test("the same review is the same bytes", () => {
  expect(renderSarif(BROKEN)).toBe(renderSarif(reviewOf(siteWith(missing, others))));
});
