import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Config,
  parseConfig,
  parseInput,
  type Review,
  reviewInputs,
} from "originproof/review";
import { RULES } from "../../lib/rules/registry";

const DOCS = join(__dirname, "../../docs/rules");

/** What a fixture must show: `name family tcp/port: availability, exclusivity` and its findings. */
interface Expected {
  readonly paths: readonly string[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly subject: string;
    readonly witness: string | null;
    /** The code that visitors of its first path see. */
    readonly error: number | null;
  }[];
}

function shown(review: Review): Expected {
  return {
    paths: review.paths.map((path) => {
      const { hostname, family, origin, availability, exclusivity } = path;
      const verdicts = `${availability.verdict}, ${exclusivity.verdict}`;
      return `${hostname} IPv${family} tcp/${origin.port}: ${verdicts}`;
    }),
    findings: review.findings.map(({ rule, severity, subject, witness, paths }) => {
      const error = review.paths[paths[0] ?? -1]?.availability.error ?? null;
      return { rule, severity, subject, witness, error };
    }),
  };
}

function fixturesOf(rule: string): string[] {
  const folder = join(__dirname, rule);
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".tf.json")) : [];
}

/** What lies beside a fixture, for rules about what is declared. */
function configOf(file: string): Config {
  return parseConfig(existsSync(file) ? readFileSync(file, "utf8") : "{}", file);
}

const TODAY = new Date("2026-09-15T12:00:00Z");

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

describe.each(RULES)("$id", ({ id, severity }) => {
  const fixtures = fixturesOf(id);

  it("has a page, a passing fixture that nearly fails, and two that fail", () => {
    const count = (kind: string) => fixtures.filter((file) => file.startsWith(kind)).length;
    expect(existsSync(join(DOCS, `${id}.md`))).toBe(true);
    expect(count("pass-")).toBeGreaterThanOrEqual(1);
    expect(count("fail-")).toBeGreaterThanOrEqual(2);
    expect(count("pass-") + count("fail-")).toBe(fixtures.length);
  });

  const expected = readJson<Record<string, Expected>>(join(__dirname, id, "expected.json"));

  it("expects something of each fixture and of nothing else", () => {
    expect(Object.keys(expected).sort()).toEqual([...fixtures].sort());
  });

  it.each(fixtures)("%s", (fixture) => {
    const text = readFileSync(join(__dirname, id, fixture), "utf8");
    const config = configOf(join(__dirname, id, fixture.replace(".tf.json", ".config.json")));
    const reads = [parseInput(text, fixture)];
    const earlier = join(__dirname, id, fixture.replace(".tf.json", ".base.config.json"));
    const options = { config, today: TODAY };
    const before = () => reviewInputs(reads, { ...options, config: configOf(earlier) });
    const base = existsSync(earlier) ? { base: { name: "base", review: before() } } : {};
    const review = reviewInputs(reads, { ...options, ...base });
    expect(shown(review)).toEqual(expected[fixture]);
    const own = review.findings.filter((finding) => finding.rule === id);
    expect(own.length > 0).toBe(fixture.startsWith("fail-"));
    for (const { what, why, fix } of own) {
      // A headline, whole sentences, and an order.
      expect(what).toMatch(/^\w.*[^.]$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
      expect(fix).toMatch(/^[a-z].*[^.]$/);
      expect(`${what} ${why} ${fix}`).not.toMatch(/undefined|null|\[object| {2}/);
    }
  });

  it("is an error unless its group is one of warnings", () => {
    // What serves a placeholder may well be deployed by another tool.
    const warns = /^(ranges|resilience|exposure|declared)\/|^dns\/originless-|^rollout\/old-/.test(
      id,
    );
    expect(severity).toBe(warns ? "warning" : "error");
  });
});

it("has fixtures of no rule that does not exist", () => {
  const folders = readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(__dirname, name)).map((rule) => `${name}/${rule}`));
  expect(folders.sort()).toEqual(RULES.map((rule) => rule.id).sort());
});
