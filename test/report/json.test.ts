import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { parseInput, type Review, reviewInputs } from "originproof/review";
import { z } from "zod";
import { InputError } from "../../lib/read/input-error";
import { renderJson } from "../../lib/report/json";
import { parseReview } from "../../lib/rules/parse-review";
import { ReviewSchema } from "../../lib/rules/review-schema";
import { entryNames, readEntry } from "../corpus/files";
import { compileProblems } from "../support/compile";
import { HOSTILE_CASES, withHostile } from "../support/hostile";
import { planOf } from "../support/plan";
import { edgeRule, site, siteWith, vpcRule } from "../support/site";

const ROOT = join(__dirname, "../..");
const SCHEMA = join(ROOT, "originproof.review.schema.json");
const NAME = "originproof.review.schema.json";

function schemaNow(): string {
  const { $schema, ...rest } = z.toJSONSchema(ReviewSchema);
  return `${JSON.stringify({ $schema, title: "a review of originproof", ...rest }, null, 2)}\n`;
}

if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
  writeFileSync(SCHEMA, schemaNow());
}
const check = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")));

/** What the schema has against a document. */
function problemsOf(json: string): readonly string[] {
  check(JSON.parse(json));
  return (check.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${JSON.stringify(params)}`;
  });
}

function reviewOf(file: string): string {
  return renderJson(reviewInputs([parseInput(readFileSync(file, "utf8"), file)]));
}

function filesBelow(folder: string, name: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(file))
    .map((file) => join(ROOT, folder, file));
}

describe("originproof.review.schema.json", () => {
  it("is what the reader's own schema says; UPDATE_GOLDENS=1 writes it", () => {
    expect(readFileSync(SCHEMA, "utf8")).toBe(schemaNow());
  });

  it("says what the types say", () => {
    const text = `
      import type { z } from "zod";
      import type { ReviewSchema } from "../lib/rules/review-schema";
      import type { Review } from "../lib/rules/review-types";
      type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
      type Equal<A, B> =
        (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
      export const same: Equal<Frozen<z.infer<typeof ReviewSchema>>, Frozen<Review>> = true;
      export const other: Equal<Frozen<z.infer<typeof ReviewSchema>>, Frozen<Review & { a: 1 }>> = false;
    `;
    const file = join(ROOT, "test", "schema-of-types.ts");
    expect(compileProblems(new Map([[file, text]])).get(file)).toEqual([]);
  });

  it("is in the package", () => {
    expect(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).files).toContain(NAME);
  });

  it("lets no object have other members", () => {
    const open: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node === "object" && node !== null) {
        const { type, additionalProperties } = node as Record<string, unknown>;
        open.push(...(type === "object" && additionalProperties !== false ? [path] : []));
        for (const [name, each] of Object.entries(node)) {
          walk(each, `${path}/${name}`);
        }
      }
    };
    walk(JSON.parse(readFileSync(SCHEMA, "utf8")), "");
    expect(open).toEqual([]);
  });
});

describe("the JSON of a review validates", () => {
  const pages = filesBelow("test/golden", /-json\.md$/);

  it("of every plan of the corpus", () => {
    const wrong = entryNames().flatMap((name) => {
      const review = reviewInputs([parseInput(readEntry(name).plan, "plan.json")]);
      return problemsOf(renderJson(review)).map((each) => [name, each]);
    });
    expect(wrong).toEqual([]);
  });

  it("of every fixture of a rule", () => {
    const files = filesBelow("test/rules", /\.tf\.json$/);
    const wrong = files.flatMap((file) => problemsOf(reviewOf(file)).map((each) => [file, each]));
    expect(wrong).toEqual([]);
  });

  it("on every golden page that shows one", () => {
    const shown = pages.flatMap((file) => {
      const [, json] =
        /^\$ [^\n]*--format json\n\n(\{\n.*?^\})\n/ms.exec(readFileSync(file, "utf8")) ?? [];
      return json?.includes('"findings": [') ? [json] : [];
    });
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.flatMap(problemsOf)).toEqual([]);
  });

  it.each(HOSTILE_CASES)("with hostile texts in it: %s", (_, hostile) => {
    expect(problemsOf(renderJson(withHostile(CHANGED, hostile)))).toEqual([]);
  });
});

function planned(resources: Parameters<typeof planOf>[0]["resources"], label: string) {
  return parseInput(JSON.stringify(planOf({ resources })), label);
}

const BASE = reviewInputs([planned(siteWith(vpcRule("x", { cidr_ipv4: "8.8.8.0/24" })), "b.json")]);
const CHANGED = reviewInputs(
  [planned(siteWith(edgeRule({ cidr_blocks: ["104.16.0.0/13"] })), "h.json")],
  {
    base: { name: "b.json", review: BASE },
  },
);

describe("a review that is read again", () => {
  it("is the same", () => {
    expect(CHANGED.change?.added.length).toBe(1);
    expect(parseReview(JSON.parse(renderJson(CHANGED)), "base.json")).toEqual(CHANGED);
  });

  const refusal = (change: (review: Record<string, unknown>) => void) => {
    const json = JSON.parse(renderJson(CHANGED));
    change(json);
    try {
      parseReview(json, "base.json");
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return (error as Error).message;
    }
    return "";
  };
  const AGAIN =
    "make it again with this version: originproof review <file…> --format json=base.json";

  it.each<[string, (review: Record<string, unknown>) => void, string]>([
    [
      "a later schemaVersion",
      (review) => Object.assign(review, { schemaVersion: 2 }),
      "base.json: is a review of schemaVersion 2; this version reads 1; use the version of originproof that wrote it, or a later one",
    ],
    [
      "a schemaVersion that is none",
      (review) => Object.assign(review, { schemaVersion: "1" }),
      `base.json: is a review of schemaVersion "1"; this version reads 1; ${AGAIN}`,
    ],
    [
      "a member too many",
      (review) => Object.assign(review, { more: 1 }),
      `base.json: is a review whose 'more' can't be read; ${AGAIN}`,
    ],
    [
      "a verdict that is none",
      (review) =>
        Object.assign((review.paths as Review["paths"])[0]?.availability ?? {}, {
          verdict: "fine",
        }),
      `base.json: is a review whose 'paths.0.availability.verdict' can't be read; ${AGAIN}`,
    ],
    [
      "a prototype",
      (review) => Object.defineProperty(review, "__proto__", { value: { a: 1 }, enumerable: true }),
      `base.json: is a review whose '__proto__' can't be read; ${AGAIN}`,
    ],
    [
      "findings that are no list",
      (review) => Object.assign(review, { findings: { length: 3 } }),
      `base.json: is a review whose 'findings' can't be read; ${AGAIN}`,
    ],
    [
      "a path that is not there",
      (review) => Object.assign((review.findings as Review["findings"])[0] ?? {}, { paths: [99] }),
      `base.json: is a review whose 'findings.0.paths' names no path of it; ${AGAIN}`,
    ],
    [
      "a range that is none",
      (review) =>
        Object.assign((review.paths as Review["paths"])[0]?.availability ?? {}, {
          missing: ["104.16.0.0/33"],
        }),
      `base.json: is a review whose 'paths.0.availability.missing.0' can't be read; ${AGAIN}`,
    ],
  ])("is refused with %s", (_, change, message) => {
    expect(refusal(change)).toBe(message);
  });
});

test("the schema file is there, and sites without findings validate too", () => {
  expect(existsSync(SCHEMA)).toBe(true);
  expect(problemsOf(renderJson(reviewInputs([planned(site(), "plan.json")])))).toEqual([]);
});
