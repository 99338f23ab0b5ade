import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Config,
  parseConfig,
  parseInput,
  type Review,
  reviewInputs,
} from "originproof/review";
import { NO_CONFIG } from "../../lib/rules/config";
import { RULES } from "../../lib/rules/registry";

const DOCS = join(__dirname, "../../docs/rules");

const HEADINGS = [
  "What it finds",
  "Why it breaks",
  "Refuted example",
  "Proved example",
  "How to fix",
  "What it can't see",
];

/** Rules about what is beside the paths, or that refute none. */
const BESIDE_PATHS: ReadonlySet<string> = new Set([
  "exposure/flexible-mode",
  "exposure/side-door",
  "firewall/rule-quota",
  "resilience/alert-never-fires",
  "resilience/alert-without-mechanism",
  "resilience/health-check-distrusts-certificate",
  "resilience/health-check-port",
  "resilience/health-check-proxied-address",
  "resilience/health-check-without-host",
  "resilience/no-alert",
  "resilience/no-egress",
  "resilience/rate-limit-counts-edge",
  "resilience/single-endpoint",
  "tls/redirect-loop",
  "tls/scheme-against-port",
  "dns/originless-unserved",
  "exposure/dns-only-record",
  "listener/tunnel-without-ingress",
  "rollout/leaves-proxy",
  "rollout/never-ends",
  "rollout/old-origin-destroyed-at-once",
  "rollout/deletes-what-stays",
]);

/** What makes a path unsure is a finding of its own, and refutes nothing. */
const UNSURE: ReadonlySet<string> = new Set([
  "dns/zone-not-active",
  "firewall/contested-attachment",
  "firewall/mixed-rule-styles",
  "ranges/live-list-unguarded",
  "resilience/health-check-closed",
]);

/** The parts of a page by their headings, in order. */
function sectionsOf(page: string): Map<string, string> {
  const parts = page.split(/^## /m).slice(1);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf("\n");
      return [part.slice(0, end), part.slice(end).trim()];
    }),
  );
}

function exampleIn(section: string | undefined): string {
  const found = [...(section ?? "").matchAll(/^```json\n(.*?)^```$/gms)].map((match) => match[1]);
  expect(found).toHaveLength(1);
  return found[0] ?? "";
}

function verdictsOf({ availability, exclusivity, rollout }: Review["paths"][number]): string[] {
  const decided = [availability.verdict, exclusivity.verdict];
  return rollout === null ? decided : [...decided, rollout.verdict];
}

/** The configuration file of an example, which only what is about such declarations has. */
function configIn(section: string | undefined): Config | undefined {
  return fileIn(section, /^```json originproof\.config\.json\n(.*?)^```$/ms);
}

function fileIn(section: string | undefined, block: RegExp): Config | undefined {
  const [, text] = block.exec(section ?? "") ?? [];
  return text === undefined ? undefined : parseConfig(text, "originproof.config.json");
}

/** The review of an example; where it has a configuration file of the base, compared with that. */
function reviewOf(section: string | undefined): Review {
  const reads = [parseInput(exampleIn(section), "cdk.tf.json")];
  const config = configIn(section) ?? NO_CONFIG;
  const earlier = fileIn(section, /^```json base\/originproof\.config\.json\n(.*?)^```$/ms);
  const base = earlier && { name: "base", review: reviewInputs(reads, { config: earlier }) };
  return reviewInputs(reads, base === undefined ? { config } : { config, base });
}

describe.each(RULES)("docs/rules/$id.md", ({ id, title }) => {
  const file = join(DOCS, `${id}.md`);
  const page = existsSync(file) ? readFileSync(file, "utf8") : "";
  const sections = sectionsOf(page);

  it("has the title of the rule and the six headings in order, none empty", () => {
    expect(page.startsWith(`# ${id}\n\n${title}. Severity: `)).toBe(true);
    expect([...sections.keys()]).toEqual(HEADINGS);
    expect([...sections.values()].filter((text) => text === "")).toEqual([]);
  });

  it("has a refuted example with this finding and no other", () => {
    const section = sections.get("Refuted example");
    const { paths, findings } = reviewOf(section);
    const others = findings.filter((finding) => finding.rule !== id);
    expect(findings.length - others.length).toBe(1);
    // What an expired declaration covered is found again.
    expect(others).toHaveLength(id.startsWith("declared/") ? 1 : 0);
    const verdicts = paths.flatMap(verdictsOf);
    if (BESIDE_PATHS.has(id)) {
      expect(new Set(verdicts)).toEqual(new Set(["proved"]));
      return;
    }
    const unsure = UNSURE.has(id);
    expect(verdicts).toContain(unsure ? "undetermined" : "refuted");
    expect(verdicts).not.toContain(unsure ? "refuted" : "undetermined");
  });

  it("has a proved example", () => {
    const section = sections.get("Proved example");
    const { paths, findings } = reviewOf(section);
    expect(findings).toEqual([]);
    const verdicts = paths.flatMap(verdictsOf);
    expect(new Set(verdicts)).toEqual(new Set(["proved"]));
  });
});

describe("docs/rules", () => {
  it("lists every rule in its README; UPDATE_GOLDENS=1 writes the table", () => {
    const rows = RULES.map(
      ({ id, title, severity }) => `| [${id}](${id}.md) | ${title} | ${severity} |`,
    );
    const file = join(DOCS, "README.md");
    if (process.env.UPDATE_GOLDENS === "1") {
      const page = readFileSync(file, "utf8");
      writeFileSync(file, page.replace(/(?:^\| \[.*\n)+/m, `${rows.join("\n")}\n`));
    }
    const index = readFileSync(file, "utf8");
    const listed = index.split("\n").filter((line) => line.startsWith("| ["));
    expect(listed).toEqual(rows);
  });

  it("has no page of a rule that does not exist", () => {
    const pages = readdirSync(DOCS, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md") && file !== "README.md")
      .map((file) => file.replace(/\.md$/, "").replaceAll("\\", "/"));
    expect(pages.sort()).toEqual(RULES.map(({ id }) => id).sort());
  });
});
