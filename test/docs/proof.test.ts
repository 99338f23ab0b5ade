import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { STOP_EVENTS, stopError } from "../../lib/edge/errors";
import { edgeFlows, SSL_VALUES } from "../../lib/edge/flows";
import { ASSUMPTION_IDS } from "../../lib/rules/assumption-ids";
import { RULES } from "../../lib/rules/registry";

const ROOT = join(__dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/proof.md"), "utf8");

function section(heading: string): string {
  const [, ...parts] = PAGE.split(/^## /m);
  return parts.find((part) => part.startsWith(`${heading}\n`)) ?? "";
}

/** The cells of the table rows of a section, without head and rule. */
function rowsIn(heading: string): string[][] {
  const lines = section(heading).match(/^\|.*\|$/gm) ?? [];
  return lines.slice(2).map((line) => line.slice(2, -2).split(" | "));
}

function idsIn(heading: string): string[] {
  return rowsIn(heading).map(([id = ""]) => id.replaceAll("`", ""));
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(ROOT, folder, file));
}

/** String literals that look like an id, with the places that have them. Imports are left out. */
function idsOfCode(): Set<string> {
  const rules = new Set<string>(RULES.map(({ id }) => id));
  const found = new Set<string>();
  for (const file of ["model", "read", "prove", "rules"].flatMap((name) =>
    filesIn(`lib/${name}`),
  )) {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, "utf8"),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      const literal = ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent);
      if (literal && /^[a-z]{2,}\/[a-z][a-z-]+$/.test(node.text) && !rules.has(node.text)) {
        found.add(node.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

describe("docs/proof.md", () => {
  it("lists every assumption and reason that lib emits, and no other, once", () => {
    const listed = [...idsIn("Assumptions"), ...idsIn("Reasons")];
    expect(listed.length).toBeGreaterThan(20);
    expect([...listed].sort()).toEqual([...idsOfCode()].sort());
  });

  it("has the error codes of every way in which a flow ends", () => {
    const rows = rowsIn("The error a visitor would see").map(([event = "", codes]) => {
      return [/^`(.*?)`/.exec(event)?.[1], codes];
    });
    const expected = STOP_EVENTS.map((event) => [event, stopError(event).codes.join(", ")]);
    expect(new Map(rows as [string, string][])).toEqual(new Map(expected as [string, string][]));
  });

  it.each(SSL_VALUES)("has the ports of mode %s", (ssl) => {
    const [, ...cells] = rowsIn("Flows").find(([mode]) => mode === ssl) ?? [];
    const ports = [80, 443].map((port) => {
      const flows = edgeFlows({
        ssl: [ssl],
        alwaysUseHttps: "off",
        automaticMode: "custom",
        visitorPorts: [port],
      });
      return flows.map((flow) => `${flow.certain ? "" : "possibly "}${flow.port}`).join(", ");
    });
    expect(cells).toEqual(ports);
  });

  it("has the headings that comments in lib refer to", () => {
    const named = filesIn("lib").flatMap((file) => {
      const text = readFileSync(file, "utf8").replace(/\s*\n\s*\*\s*/g, " ");
      return [...text.matchAll(/docs\/proof\.md, "([^"]+)"/g)].map((match) => match[1] ?? "");
    });
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((heading) => section(heading) === "")).toEqual([]);
  });
});

describe("the assumptions that --forbid-assumption knows", () => {
  it("are those of docs/proof.md", () => {
    const section = readFileSync(join(__dirname, "../../docs/proof.md"), "utf8")
      .split("## Assumptions")[1]
      ?.split("\n## ")[0];
    const ids = [...(section ?? "").matchAll(/^\| `([a-z-]+\/[a-z-]+)`/gm)].map((row) => row[1]);
    expect([...ASSUMPTION_IDS]).toEqual([...ids].sort());
  });
});
