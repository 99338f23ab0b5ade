import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  parseInput,
  parseSidecar,
  type ReadInput,
  type Review,
  reviewInputs,
  type Sidecar,
} from "originproof/review";
import ts from "typescript";

/** Folders of examples/ that are no site of the gallery. */
export const NO_SITES: readonly string[] = ["broken", "own-report"];

/** What an app left behind that ran as a user runs it, and what it wrote to stderr. */
export interface AppRun {
  readonly outdir: string;
  readonly stderr: string;
  /** Why it ended; `undefined` where it synthesized. */
  readonly error: unknown;
}

const folders: string[] = [];

/** For `afterAll`. */
export function removeRuns(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Runs a module that synthesizes an app when it is loaded, into a folder of its own. */
export function runApp(load: () => unknown): AppRun {
  const outdir = mkdtempSync(join(tmpdir(), "originproof-app-"));
  folders.push(outdir);
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  process.env.CDKTF_OUTDIR = outdir;
  try {
    load();
    return { outdir, stderr: written.join(""), error: undefined };
  } catch (error) {
    return { outdir, stderr: written.join(""), error };
  } finally {
    delete process.env.CDKTF_OUTDIR;
    spy.mockRestore();
  }
}

/** Runs TypeScript that is in no file. */
export function runCode(code: string): AppRun {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return runApp(() => new Function("exports", "require", outputText)({}, require));
}

/** The stacks that an app wrote, by name. */
export function stacksIn({ outdir }: AppRun): readonly string[] {
  return readdirSync(join(outdir, "stacks")).sort();
}

/** A stack's configuration, with every state file in the folder of the app's output. */
export function configurationOf({ outdir }: AppRun, stack: string): object {
  const text = readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
  const own = join(process.cwd(), "terraform.");
  return JSON.parse(text.replaceAll(own, join(outdir, "terraform.")));
}

/** What synth wrote beside a stack: an imported zone's settings are in no plan. */
export function sidecarOf({ outdir }: AppRun, stack: string): Sidecar {
  const file = join(outdir, "stacks", stack, "originproof.json");
  return parseSidecar(readFileSync(file, "utf8"), stack);
}

/** The review of what an app wrote, or of plans of its stacks. */
export function reviewApp(run: AppRun, plans?: readonly ReadInput[]): Review {
  const stacks = stacksIn(run);
  const reads = stacks.map((stack) =>
    parseInput(JSON.stringify(configurationOf(run, stack)), stack),
  );
  const sidecars = stacks.map((stack) => sidecarOf(run, stack));
  return reviewInputs(plans ?? reads, { sidecars });
}
