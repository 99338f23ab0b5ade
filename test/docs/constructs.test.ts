import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import ts from "typescript";
import { schemaProblems } from "../support/cloudflare-schema";
import { compileProblems } from "../support/compile";

const DOCS = join(__dirname, "../../docs/constructs");

/** Cloudflare's side; each page has an example and what it emits. */
const PAGES = [
  "zone",
  "proxied-record",
  "originless-record",
  "proxied-site",
  "filtered-elsewhere",
  "health-check",
  "origin-alerts",
  "notification-webhook",
  "acknowledgements",
];

const EXAMPLE = /^## Example\n\n```ts\n(.*?)^```$/ms;
const EMITS = /^## What it emits\n\n```json\n(.*?)\n```$/ms;

const pages = new Map(PAGES.map((page) => [page, readFileSync(join(DOCS, `${page}.md`), "utf8")]));
const examples = new Map(
  [...pages].map(([page, text]) => [join(DOCS, `${page}.example.ts`), partOf(text, EXAMPLE)]),
);
const problems = compileProblems(examples);

function partOf(page: string, part: RegExp): string {
  return part.exec(page)?.[1] ?? "";
}

/** What the example's stack is synthesized to, without Terraform's own settings. */
function emitted(code: string): object {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: { Shop?: new (scope: Construct, id: string) => TerraformStack } = {};
  new Function("exports", "require", outputText)(exports, require);
  const { Shop } = exports;
  if (Shop === undefined) {
    throw new Error("the example exports no class Shop");
  }
  const { terraform: _, ...rest } = JSON.parse(Testing.synth(new Shop(Testing.app(), "shop")));
  return rest;
}

describe.each(PAGES)("docs/constructs/%s.md", (page) => {
  const text = pages.get(page) ?? "";
  const code = partOf(text, EXAMPLE);

  it("has an example that compiles", () => {
    expect(code).not.toBe("");
    expect(problems.get(join(DOCS, `${page}.example.ts`))).toEqual([]);
  });

  it("shows what the example emits", () => {
    const json = emitted(code);
    if (process.env.UPDATE_GOLDENS === "1") {
      const part = `## What it emits\n\n\`\`\`json\n${JSON.stringify(json, null, 2)}\n\`\`\``;
      writeFileSync(
        join(DOCS, `${page}.md`),
        text.replace(EMITS, () => part),
      );
    } else {
      expect(JSON.parse(partOf(text, EMITS))).toEqual(json);
    }
    expect(schemaProblems(json)).toEqual([]);
  });

  it("is in the index", () => {
    expect(readFileSync(join(DOCS, "README.md"), "utf8")).toContain(`](${page}.md)`);
  });
});
