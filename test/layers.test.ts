import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..");

const MODEL = ["net", "edge", "model"];
const RULES = [...MODEL, "read", "prove", "rules"];
const CONSTRUCTS = ["zone", "origin", "firewall", "synth"];

/** Folder of lib → what it may import of lib: folders, or single files where not all is meant. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  net: ["net"],
  edge: ["net", "edge"],
  model: MODEL,
  read: [...MODEL, "read"],
  prove: [...MODEL, "prove"],
  rules: RULES,
  report: [...RULES, "report"],
  review: [...RULES, "report", "review"],
  comment: ["comment", "model/value", "report/escape"],
  cli: [...RULES, "report", "comment", "cli"],
  zone: [...RULES, ...CONSTRUCTS],
  origin: [...RULES, ...CONSTRUCTS],
  firewall: [...RULES, ...CONSTRUCTS],
  synth: [...RULES, ...CONSTRUCTS, "report/text"],
  jest: [...RULES, ...CONSTRUCTS, "report", "jest"],
  /** lib/index.ts */
  "": CONSTRUCTS,
};

const MAY_USE_CDKTF = [...CONSTRUCTS, "jest"];
const MAY_HAVE_EFFECTS = ["cli", "comment", "synth", "doctor"];

/** Modules of Node that compute and touch nothing outside. */
const PURE_MODULES = ["node:crypto", "node:path", "node:url", "node:util"];

/** Every other cloud's bindings belong in `firewall/<cloud>`. */
const CLOUDFLARE_FOLDERS = ["zone", "origin"];

interface Import {
  /** Path from the root of the repository, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** As written. */
  readonly module: string;
}

function sourceFiles(): readonly string[] {
  return readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => posix.join("lib", ...file.split(/[\\/]/)))
    .sort();
}

/** Imports of every kind: static, `import type`, re-exports, `import()`, `require`, `typeof import`. */
function importsOf(file: string, text = readFileSync(join(ROOT, file), "utf8")): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const module = moduleIn(node);
    if (module !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const [first = ""] = node.getText().split("\n");
      found.push({ file, line: line + 1, text: first, module });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function moduleIn(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return textOf(node.moduleSpecifier);
  }
  if (ts.isExternalModuleReference(node)) {
    return textOf(node.expression);
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  }
  if (!ts.isCallExpression(node)) {
    return undefined;
  }
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === "require");
  // A computed name can't be checked, so it is an offence of its own.
  return loads ? (textOf(node.arguments[0]) ?? "(computed)") : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function folderOf(file: string): string {
  const [, folder = "", ...rest] = file.split("/");
  return rest.length === 0 ? "" : folder;
}

/** `lib/net/cidr` for `../net/cidr`; undefined where it is no file of the repository. */
function targetOf({ file, module }: Import): string | undefined {
  return module.startsWith(".") ? posix.join(dirname(file), module) : undefined;
}

/** What is wrong with an import, or undefined. */
function offence(each: Import): string | undefined {
  const folder = folderOf(each.file);
  const target = targetOf(each);
  return target === undefined ? ofPackage(each, folder) : ofLayer(target, folder);
}

function ofLayer(target: string, folder: string): string | undefined {
  if (target === "package.json" && folder === "cli") {
    return undefined;
  }
  const allowed = LAYERS[folder];
  if (allowed === undefined) {
    return `lib/${folder} has no row in the table of layers`;
  }
  const path = target.replace(/^lib\//, "");
  const within = (name: string) => path === name || path.startsWith(`${name}/`);
  return target.startsWith("lib/") && allowed.some(within)
    ? undefined
    : `'${folder === "" ? "index.ts" : folder}' may use ${allowed.join(", ")}`;
}

function ofPackage({ file, module, text }: Import, folder: string): string | undefined {
  if (module.startsWith("node:")) {
    return PURE_MODULES.includes(module) || MAY_HAVE_EFFECTS.includes(folder)
      ? undefined
      : `only ${MAY_HAVE_EFFECTS.join(", ")} may touch process, disk or network`;
  }
  if (module === "cdktf" || module === "constructs") {
    return MAY_USE_CDKTF.includes(folder) ? undefined : `only ${MAY_USE_CDKTF.join(", ")}`;
  }
  if (module.startsWith("@cdktf/")) {
    return ofProvider(file, module, folder);
  }
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  // Types of a format that has no code: they are gone from what runs.
  const typesAlone = text.startsWith("import type") && !Object.hasOwn(devDependencies, module);
  const known = typesAlone && Object.hasOwn(devDependencies, `@types/${module}`);
  return known || Object.hasOwn(dependencies, module)
    ? undefined
    : "is no dependency of package.json";
}

function ofProvider(file: string, module: string, folder: string): string | undefined {
  const provider = /^@cdktf\/provider-([a-z]+)\/lib\/[a-z0-9-]+$/.exec(module)?.[1];
  if (provider === undefined) {
    return "bindings are imported one by one: @cdktf/provider-x/lib/<resource>";
  }
  if (provider === "cloudflare") {
    return CLOUDFLARE_FOLDERS.includes(folder)
      ? undefined
      : `only ${CLOUDFLARE_FOLDERS.join(", ")}`;
  }
  const own = `lib/firewall/${provider}/`;
  return file.startsWith(own) ? undefined : `only ${own}`;
}

function offences(imports: readonly Import[]): string[] {
  return imports.flatMap((each) => {
    const wrong = offence(each);
    return wrong === undefined ? [] : [`${each.file}:${each.line}: ${each.text}   ← ${wrong}`];
  });
}

/** Packages that a file reaches through files of lib, types included, each with its chain. */
function reached(entry: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  const chains = new Map([[entry, entry]]);
  for (const [file, chain] of chains) {
    for (const each of importsOf(file)) {
      const target = targetOf(each);
      const next = [`${target}.ts`, `${target}/index.ts`].find((name) => FILES.includes(name));
      if (target === undefined) {
        packages.set(each.module, packages.get(each.module) ?? `${chain} → ${each.module}`);
      } else if (next !== undefined && !chains.has(next)) {
        chains.set(next, `${chain} → ${next}`);
      }
    }
  }
  return packages;
}

function chainsTo(entry: string, pattern: RegExp): string[] {
  return [...reached(entry)].filter(([name]) => pattern.test(name)).map(([, chain]) => chain);
}

const FILES = sourceFiles();

test("every import of lib goes down the layers, and effects and bindings stay where they belong", () => {
  expect(offences(FILES.flatMap((file) => importsOf(file)))).toEqual([]);
});

test("only the rim uses the globals of the process and the network", () => {
  const global = /\bprocess\.|\bfetch\(/;
  const lines = FILES.filter((file) => !MAY_HAVE_EFFECTS.includes(folderOf(file))).flatMap((file) =>
    readFileSync(join(ROOT, file), "utf8")
      .split("\n")
      .flatMap((line, at) => {
        const comment = /^\s*(\*|\/\/|\/\*)/.test(line);
        return global.test(line) && !comment ? [`${file}:${at + 1}: ${line.trim()}`] : [];
      }),
  );
  expect(lines).toEqual([]);
});

test("lib/index.ts reaches no cloud's bindings, in types either", () => {
  expect(chainsTo("lib/index.ts", /^@cdktf\/provider-(?!cloudflare\/)/)).toEqual([]);
});

test.each(["lib/cli/main.ts", "lib/review/index.ts"])("%s starts without cdktf", (entry) => {
  expect(chainsTo(entry, /^(cdktf|constructs|@cdktf\/.*)$/)).toEqual([]);
});

describe("the check itself", () => {
  test.each([
    ["lib/net/a.ts", 'import { x } from "../edge/b";'],
    ["lib/read/a.ts", 'import type { X } from "../prove/verdict";'],
    ["lib/prove/a.ts", 'export { x } from "../read/plan";'],
    ["lib/rules/dns/a.ts", 'const x = require("../../report/text");'],
    ["lib/report/a.ts", 'type X = import("../cli/load").Loaded;'],
    ["lib/model/a.ts", 'import { Zone } from "../zone/zone";'],
    ["lib/zone/a.ts", 'import { renderText } from "../report/text";'],
    ["lib/synth/a.ts", 'import { renderJson } from "../report/json";'],
    ["lib/read/a.ts", 'import { Token } from "cdktf";'],
    ["lib/zone/a.ts", 'import { zone } from "@cdktf/provider-cloudflare";'],
    ["lib/origin/a.ts", 'import type { Eip } from "@cdktf/provider-aws/lib/eip";'],
    ["lib/rules/a.ts", 'import { readFileSync } from "node:fs";'],
    ["lib/net/a.ts", 'await import("node:net");'],
    ["lib/edge/a.ts", 'import x from "left-pad";'],
    ["lib/index.ts", 'export { renderText } from "./report/text";'],
    ["lib/new/a.ts", 'import { x } from "../net/cidr";'],
    ["lib/cli/a.ts", "require(name);"],
  ])("refuses in %s: %s", (file, text) => {
    expect(offences(importsOf(file, text))).toEqual([expect.stringContaining(`${file}:1: `)]);
  });

  test("finds every file of lib", () => {
    const net = FILES.filter((file) => file.startsWith("lib/net/"));
    expect(net.map((file) => relative("lib/net", file))).toContain("cidr.ts");
  });
});
