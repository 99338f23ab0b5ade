import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import ts from "typescript";
import { compileProblems } from "../support/compile";

const DOCS = join(__dirname, "../../docs/constructs");

/** AWS's side: a page shows how many resources its example emits, since ranges make many alike. */
const PAGES = [
  "origin-security-group",
  "edge-prefix-list",
  "instance-origin",
  "network-interface-origin",
  "load-balancer-origin",
  "target-security-group",
  "auto-scaling-group-origin",
  "origin-network-acl",
  "edge-routes",
];

const EXAMPLE = /^## Example\n\n```ts\n(.*?)^```$/ms;
const EMITS = /^## What it emits\n\n.*?\n\n## /ms;

const pages = new Map(PAGES.map((page) => [page, readFileSync(join(DOCS, `${page}.md`), "utf8")]));
const fileOf = (page: string) => join(DOCS, `${page}.example.ts`);
const codeOf = (page: string) => EXAMPLE.exec(pages.get(page) ?? "")?.[1] ?? "";
const problems = compileProblems(new Map(PAGES.map((page) => [fileOf(page), codeOf(page)])));

/** The resources of the example's stack. */
function emitted(code: string): Readonly<Record<string, object>> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: { Shop?: new (scope: Construct, id: string) => TerraformStack } = {};
  new Function("exports", "require", outputText)(exports, require);
  const { Shop } = exports;
  if (Shop === undefined) {
    throw new Error("the example exports no class Shop");
  }
  return JSON.parse(Testing.synth(new Shop(Testing.app(), "shop"))).resource;
}

/** A row for each type: how many, and an address. */
function tableOf(code: string): string {
  const rows = Object.entries(emitted(code)).map(([type, named]) => {
    const [first] = Object.keys(named);
    return `| \`${type}\` | ${Object.keys(named).length} | \`${type}.${first}\` |`;
  });
  return ["| resource | | such as |", "|---|---|---|", ...rows].join("\n");
}

describe.each(PAGES)("docs/constructs/%s.md", (page) => {
  const text = pages.get(page) ?? "";

  it("has an example that compiles", () => {
    expect(codeOf(page)).not.toBe("");
    expect(problems.get(fileOf(page))).toEqual([]);
  });

  it("shows what the example emits", () => {
    const part = `## What it emits\n\n${tableOf(codeOf(page))}\n\n## `;
    if (process.env.UPDATE_GOLDENS === "1") {
      writeFileSync(
        join(DOCS, `${page}.md`),
        text.replace(EMITS, () => part),
      );
    } else {
      expect(EMITS.exec(text)?.[0]).toBe(part);
    }
  });

  it("is in the index", () => {
    expect(readFileSync(join(DOCS, "README.md"), "utf8")).toContain(`](${page}.md)`);
  });
});
