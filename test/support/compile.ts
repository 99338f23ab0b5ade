import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");

function optionsOfProject(): ts.CompilerOptions {
  const read = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT).options;
}

/**
 * What TypeScript has against texts that are on no disk, with the options of the project.
 *
 * @param texts by the path that each would have
 * @returns the problems by the same path, as `line 3: …`
 */
export function compileProblems(
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
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
  const program = ts.createProgram([...texts.keys()], options, host);
  return new Map(
    [...texts.keys()].map((name) => {
      const source = program.getSourceFile(name);
      const found = ts.getPreEmitDiagnostics(program, source).map(({ start = 0, messageText }) => {
        const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
        return `line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      });
      return [name, found];
    }),
  );
}
