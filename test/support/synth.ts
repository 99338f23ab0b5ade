import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";

/** One block of a resource, as Terraform reads it. */
export type Block = Readonly<Record<string, unknown>>;

/** Resources by address. */
export type Resources = Readonly<Record<string, Block>>;

/** What an app left behind when it was synthesized. */
export interface SynthesizedApp {
  readonly outdir: string;
  /** Why synth failed; `undefined` if it didn't. */
  readonly error: Error | undefined;
  /** What it wrote to stderr. */
  readonly stderr: string;
}

/** The resources of a stack, without running validations. */
export function resourcesOf(stack: TerraformStack): Resources {
  return byAddress(JSON.parse(Testing.synth(stack)));
}

/** The resources of a stack that `build` fills. */
export function synthStack(build: (stack: TerraformStack) => void): Resources {
  const stack = new TerraformStack(Testing.app(), "shop");
  build(stack);
  return resourcesOf(stack);
}

/** The only block of a type. */
export function only(resources: Resources, type: string): Block {
  const [block, ...more] = ofType(resources, type);
  if (block === undefined || more.length > 0) {
    throw new Error(`${type}: ${more.length + (block === undefined ? 0 : 1)} blocks, wanted one`);
  }
  return block;
}

/** All blocks of a type, in the order of their addresses. */
export function ofType(resources: Resources, type: string): readonly Block[] {
  return Object.values(pick(resources, type));
}

/** The resources of some types. */
export function pick(resources: Resources, ...types: readonly string[]): Resources {
  return Object.fromEntries(
    Object.entries(resources).filter(([address]) => types.includes(address.split(".")[0] ?? "")),
  );
}

/** Runs `App.synth`, with all validations, in a folder of its own. */
export function synthApp(build: (app: App) => void): SynthesizedApp {
  const outdir = mkdtempSync(join(tmpdir(), "originproof-synth-"));
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    return { outdir, error: undefined, stderr: written.join("") };
  } catch (error) {
    if (!(error instanceof Error)) {
      throw error;
    }
    return { outdir, error, stderr: written.join("") };
  } finally {
    spy.mockRestore();
  }
}

/** A file of a synthesized stack. */
export function readStackFile({ outdir }: SynthesizedApp, stack: string, file: string): Block {
  return JSON.parse(readFileSync(join(outdir, "stacks", stack, file), "utf8"));
}

/** The resources of a synthesized stack. */
export function writtenResources(synthesized: SynthesizedApp, stack: string): Resources {
  return byAddress(readStackFile(synthesized, stack, "cdk.tf.json"));
}

/** The error that `action` throws. */
export function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function byAddress(json: { readonly resource?: Record<string, Record<string, Block>> }): Resources {
  const blocks = Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { "//": _, ...block }]) => [`${type}.${name}`, block]),
  );
  return Object.fromEntries(blocks);
}
