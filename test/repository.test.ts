import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..");

/** What `exports` of package.json offers to TypeScript, by the name that it is imported by. */
const PUBLIC = {
  originproof: "lib/index.ts",
  "originproof/aws": "lib/firewall/aws/index.ts",
  "originproof/jest": "lib/jest/index.ts",
  "originproof/review": "lib/review/index.ts",
} as const;

/** What an example in a comment may use without making it. */
const CONTEXT = `
import { readFileSync } from "node:fs";
import { TerraformStack } from "cdktf";
import type { Eip } from "@cdktf/provider-aws/lib/eip";
import type { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { Instance } from "@cdktf/provider-aws/lib/instance";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import type { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
declare const zone: Zone;
declare const origin: InstanceOrigin;
declare const firewall: OriginSecurityGroup;
declare const check: HealthCheck;
declare const web: Instance;
declare const elasticIp: Eip;
declare const autoScalingGroup: AutoscalingGroup;
declare const launchTemplate: LaunchTemplate;
declare const loadBalancer: Lb;
declare const https: LbListener;
declare const targetGroup: LbTargetGroup;
declare const networkInterface: NetworkInterface;
declare const routeTable: RouteTable;
declare const existing: SecurityGroup;
declare const balancer: LoadBalancerOrigin;
declare const targets: TargetSecurityGroup;
`;

const LIB_FILES = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join(ROOT, "lib", file))
  .sort();

interface Example {
  /** `lib/net/cidr.ts:12`. */
  readonly at: string;
  readonly code: string;
}

function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(ROOT, file.fileName)}:${line + 1}`;
}

function everyNode(file: ts.SourceFile, visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  walk(file);
}

/** Every `@example` of the comments of a file. */
function examplesIn(file: ts.SourceFile): Example[] {
  const found = new Map<ts.Node, Example>();
  everyNode(file, (node) => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text === "example") {
        const code = ts.getTextOfJSDocComment(tag.comment) ?? "";
        found.set(tag, { at: placeOf(tag), code });
      }
    }
  });
  return [...found.values()];
}

function optionsOfProject(): ts.CompilerOptions {
  const read = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT);
  return { ...options, noUnusedLocals: false, noUnusedParameters: false };
}

/** A program of the library and of texts that are on no disk. */
function programOf(texts: ReadonlyMap<string, string>): ts.Program {
  const options = optionsOfProject();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? getSourceFile(name, version, ...rest)
      : ts.createSourceFile(name, text, version);
  };
  return ts.createProgram([...LIB_FILES, ...texts.keys()], options, host);
}

function exportsOf(program: ts.Program, file: string): readonly ts.Symbol[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(ROOT, file));
  const module = source && checker.getSymbolAtLocation(source);
  return module === undefined ? [] : checker.getExportsOfModule(module);
}

function declared(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The example in a method of a stack, with everything public imported. */
function moduleOf(code: string, names: ReadonlyMap<string, readonly string[]>): string {
  const imports = [...names].map(
    ([module, list]) => `import { ${list.join(", ")} } from "${module}";`,
  );
  const body = `class Example extends TerraformStack {\n  async run() {\n${code}\n  }\n}`;
  return `${imports.join("\n")}${CONTEXT}export ${body}\n`;
}

const parsed = LIB_FILES.map((file) =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true),
);
const EXAMPLES = parsed.flatMap(examplesIn);

/** Exports of the entry points by name, read once: each name from the first that has it. */
function publicNames(): ReadonlyMap<string, readonly string[]> {
  const program = programOf(new Map());
  const seen = new Set<string>();
  return new Map(
    Object.entries(PUBLIC).map(([module, file]) => {
      const names = exportsOf(program, file).map((symbol) => symbol.name);
      const fresh = names.filter((name) => !seen.has(name));
      fresh.forEach((name) => {
        seen.add(name);
      });
      return [module, fresh];
    }),
  );
}

const names = publicNames();
const texts = new Map(
  EXAMPLES.map(({ code }, index) => [
    join(ROOT, "test", `example-${index}.ts`),
    moduleOf(code, names),
  ]),
);
const program = programOf(texts);

test("no file of lib has 250 lines", () => {
  const long = LIB_FILES.map((file) => {
    const lines = readFileSync(file, "utf8").split("\n").length - 1;
    return `${relative(ROOT, file)}: ${lines} lines`;
  });
  expect(long.filter((line) => Number(/: (\d+)/.exec(line)?.[1]) >= 250)).toEqual([]);
});

test.each(Object.entries(PUBLIC))("%s documents each of its exports", (_, file) => {
  const checker = program.getTypeChecker();
  const symbols = exportsOf(program, file).map((symbol) => declared(checker, symbol));
  expect(symbols.length).toBeGreaterThan(1);
  const bare = symbols.filter((symbol) => symbol.getDocumentationComment(checker).length === 0);
  const lines = bare.map(({ name, declarations = [] }) => {
    return `${declarations.map(placeOf).join(", ")}: ${name} has no comment`;
  });
  expect(lines).toEqual([]);
});

test("each construct has an example", () => {
  const constructs = parsed.flatMap((file) => {
    const found: string[] = [];
    everyNode(file, (node) => {
      if (
        ts.isClassDeclaration(node) &&
        isExported(node) &&
        node.heritageClauses?.some(isConstruct)
      ) {
        const has = ts.getJSDocTags(node).some((tag) => tag.tagName.text === "example");
        found.push(...(has ? [] : [`${placeOf(node)}: ${node.name?.text} has no @example`]));
      }
    });
    return found;
  });
  expect(constructs).toEqual([]);
});

function isExported(node: ts.ClassDeclaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

function isConstruct(clause: ts.HeritageClause): boolean {
  const extended = clause.token === ts.SyntaxKind.ExtendsKeyword;
  return extended && clause.types.some((type) => type.expression.getText() === "Construct");
}

test.each(EXAMPLES.map((example, index) => ({ ...example, index })))(
  "the example at $at compiles",
  ({ index }) => {
    const [name, text] = [...texts][index] ?? ["", ""];
    const source = program.getSourceFile(name);
    const problems = ts.getPreEmitDiagnostics(program, source).map((each) => {
      const line = source?.getLineAndCharacterOfPosition(each.start ?? 0).line ?? 0;
      const message = ts.flattenDiagnosticMessageText(each.messageText, " ");
      return `${text.split("\n")[line]?.trim()}: ${message}`;
    });
    expect(problems).toEqual([]);
  },
);

test("lib has no any and silences no error of types", () => {
  const offences = parsed.flatMap((file) => {
    const found: string[] = [];
    everyNode(file, (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) {
        found.push(`${placeOf(node)}: ${node.parent.getText().split("\n")[0]}`);
      }
    });
    file.text.split("\n").forEach((line, index) => {
      if (/@ts-(ignore|expect-error|nocheck)|biome-ignore.*noExplicitAny/.test(line)) {
        found.push(`${relative(ROOT, file.fileName)}:${index + 1}: ${line.trim()}`);
      }
    });
    return found;
  });
  expect(offences).toEqual([]);
});
