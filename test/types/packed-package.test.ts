import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");
const TEMPLATE = join(ROOT, "node_modules/@cdktf/cli-core/templates/typescript/tsconfig.json");

const PROGRAM = `
import { type IOrigin, Listener } from "originproof";
import { OriginSecurityGroup } from "originproof/aws";
import "originproof/jest";
import { type Review, reviewInputs } from "originproof/review";

const port: number = Listener.https().port;
const review: typeof reviewInputs = reviewInputs;
// @ts-expect-error: a text is no list of listeners, so these are types and not any
new OriginSecurityGroup(undefined as never, "Firewall", { vpcId: "x", listeners: "443" });
export const all: readonly [number, typeof review, IOrigin?, Review?] = [port, review];
`;

/** A project with the package as `npm install` lays it out. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), "originproof-packed-"));
  const modules = join(folder, "node_modules");
  const installed = join(modules, "originproof");
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), readFileSync(join(ROOT, "package.json"), "utf8"));
  symlinkSync(join(ROOT, "dist"), join(installed, "dist"));
  for (const peer of ["@cdktf", "@types", "cdktf", "constructs"]) {
    symlinkSync(join(ROOT, "node_modules", peer), join(modules, peer));
  }
  writeFileSync(join(folder, "main.ts"), PROGRAM);
  return folder;
}

function problemsOf(folder: string, changes: ts.CompilerOptions): readonly string[] {
  const { config } = ts.readConfigFile(TEMPLATE, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const program = ts.createProgram([join(folder, "main.ts")], {
    ...options,
    noEmit: true,
    incremental: false,
    ...changes,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

describe("the package as it is installed", () => {
  const folder = project();

  it("has types at every entry point for the tsconfig of cdktf init", () => {
    expect(problemsOf(folder, {})).toEqual([]);
  });

  it("has them for Node's own resolution", () => {
    const changes = {
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
    };
    expect(problemsOf(folder, changes)).toEqual([]);
  });

  it("offers the same files to both", () => {
    const { exports, typesVersions, types } = JSON.parse(
      readFileSync(join(ROOT, "package.json"), "utf8"),
    );
    const { "./package.json": _, ".": main, ...paths } = exports;
    const named = Object.entries<{ types: string }>(paths).map(([name, entry]) => [
      name.replace("./", ""),
      [entry.types.replace("./", "")],
    ]);
    expect(typesVersions).toEqual({ "*": Object.fromEntries(named) });
    expect(main.types).toBe(`./${types}`);
    const loaded = Object.values<{ default: string }>({ ...paths, main });
    expect(loaded.filter((entry) => !existsSync(join(ROOT, dirname(entry.default))))).toEqual([]);
  });
});
