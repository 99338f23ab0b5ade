import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");
const ENTRIES = ["lib/index.ts", "lib/firewall/aws/index.ts"].map((file) => join(ROOT, file));

const read = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT);
const program = ts.createProgram(ENTRIES, options);
const checker = program.getTypeChecker();

/** What `.` and `./aws` export, by name. */
export const PUBLIC: ReadonlyMap<string, ts.Symbol> = new Map(ENTRIES.flatMap(exportsOf));

function exportsOf(file: string): [string, ts.Symbol][] {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
  return symbols.map((symbol) => {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return [symbol.name, isAlias ? checker.getAliasedSymbol(symbol) : symbol];
  });
}

/**
 * Tables of the members of interfaces, as a page has them.
 *
 * @param names the first with all that it inherits, the others with what no table before has
 */
export function propsPart(names: readonly string[]): string {
  const seen = new Set<ts.Symbol>();
  const tables = names.map((name) => {
    const members = membersOf(name).filter((member) => !seen.has(member));
    for (const member of members) seen.add(member);
    const head = `### ${name}\n${seen.size === members.length ? "" : basesOf(name, names)}`;
    const rows = ["| prop | type | | default |", "|---|---|---|---|", ...members.map(rowOf)];
    return members.length === 0 ? head : `${head}\n${rows.join("\n")}\n`;
  });
  return `## Props\n\n${tables.join("\n")}`;
}

/** Those that say nothing themselves have what the one they extend has. */
function basesOf(name: string, names: readonly string[]): string {
  const bases = (declarationOf(name).heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => type.expression.getText()),
  );
  const shown = bases.filter((base) => names.includes(base));
  return shown.length === 0 ? "" : `\nWhat ${shown.map((base) => `\`${base}\``).join()} has.\n`;
}

function declarationOf(name: string): ts.InterfaceDeclaration {
  const found = PUBLIC.get(name)?.declarations?.find(ts.isInterfaceDeclaration);
  if (found === undefined) {
    throw new Error(`${name} is no public interface`);
  }
  return found;
}

function membersOf(name: string): readonly ts.Symbol[] {
  const members = checker.getTypeAtLocation(declarationOf(name)).getProperties();
  return members.filter(({ declarations = [] }) =>
    declarations.some((each) => each.getSourceFile().fileName.startsWith(join(ROOT, "lib"))),
  );
}

function rowOf(member: ts.Symbol): string {
  const [declaration] = member.declarations ?? [];
  const type = declaration && (declaration as ts.PropertySignature).type?.getText();
  const text = ts.displayPartsToString(member.getDocumentationComment(checker));
  const preset = member.getJsDocTags(checker).find(({ name }) => name === "default");
  const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
  const unless = ts.displayPartsToString(preset?.text).replace(/^- /, "");
  const cells = [
    `\`${member.name}\``,
    `\`${cell(type ?? "")}\``,
    cell(text),
    isOptional ? cell(unless) : "*required*",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Text on one line, in which no bar ends the cell and no link is TypeScript's. */
function cell(text: string): string {
  return text
    .replace(/\{@link ([^}]+)\}/g, (_, name: string) => `\`${name.replace(/\s/g, "")}\``)
    .replace(/\s+/g, " ")
    .replace(/\|/g, "\\|")
    .trim();
}
