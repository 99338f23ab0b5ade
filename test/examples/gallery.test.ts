import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  parseInput,
  parseSidecar,
  type ReadInput,
  reviewInputs,
  type Sidecar,
} from "originproof/review";
import type { Sandbox } from "../../sandbox/terraform";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

const EXAMPLES = join(__dirname, "../../examples");

/** The stacks of each example, in the order in which they are deployed. */
const GALLERY: Readonly<Record<string, readonly string[]>> = {
  "adopt-existing": ["shop"],
  "balancer-autoscaling": ["shop"],
  "shared-prefix-list": ["network", "shop", "blog"],
  "two-regions": ["ireland", "oregon", "names"],
};

interface Synthesized {
  readonly outdir: string;
  /** What it wrote to stderr: warnings, and paths that are not decided. */
  readonly stderr: string;
}

const synthesized = new Map<string, Synthesized>();

/** Runs an example as a user does: it synthesizes when it is loaded, once. */
function run(example: string): Synthesized {
  const known = synthesized.get(example);
  if (known !== undefined) {
    return known;
  }
  const outdir = mkdtempSync(join(tmpdir(), "originproof-gallery-"));
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  process.env.CDKTF_OUTDIR = outdir;
  try {
    require(join(EXAMPLES, example, "main.ts"));
  } finally {
    delete process.env.CDKTF_OUTDIR;
    spy.mockRestore();
  }
  const result = { outdir, stderr: written.join("") };
  synthesized.set(example, result);
  return result;
}

/** A stack's configuration, with every state file in the folder of the example's output. */
function configurationOf({ outdir }: Synthesized, stack: string): object {
  const text = readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
  const own = join(process.cwd(), "terraform.");
  return JSON.parse(text.replaceAll(own, join(outdir, "terraform.")));
}

/** What synth wrote beside a stack: an imported zone's settings are in no plan. */
function sidecarOf({ outdir }: Synthesized, stack: string): Sidecar {
  const file = join(outdir, "stacks", stack, "originproof.json");
  return parseSidecar(readFileSync(file, "utf8"), stack);
}

/** The plans of all stacks, taken as one topology. */
function expectProved(reads: readonly ReadInput[], sidecars: readonly Sidecar[]): void {
  const { summary, findings } = reviewInputs(reads, { sidecars });
  const { availability, exclusivity, paths } = summary;
  expect(paths).toBeGreaterThan(0);
  expect({ availability, exclusivity, findings }).toEqual({
    availability: { proved: paths, refuted: 0, undetermined: 0 },
    exclusivity: { proved: paths, refuted: 0, undetermined: 0 },
    findings: [],
  });
}

afterAll(() => {
  removeSandboxes();
  for (const { outdir } of synthesized.values()) {
    rmSync(outdir, { recursive: true, force: true });
  }
});

describe("the gallery at synth", () => {
  it.each(Object.keys(GALLERY))("%s is proved", (example) => {
    const { stderr } = run(example);
    // A declared exception is listed even where all is proved.
    const quiet =
      stderr === "" || (/^weakened/m.test(stderr) && /, 0 refuted, 0 undet/.test(stderr));
    expect({ quiet, stderr }).toMatchObject({ quiet: true });
  });
});

describeWithTerraform("the gallery deployed", () => {
  it.each(Object.entries(GALLERY))(
    "%s is planned, applied, planned again without a change and proved, destroyed",
    async (example, stacks) => {
      const result = run(example);
      const boxes: Sandbox[] = [];
      for (const stack of stacks) {
        const configuration = configurationOf(result, stack);
        const box = newSandbox({ configuration, delay: [0, 2], seed: stack });
        boxes.push(box);
        const plan = await box.plan();
        expect(plan.changes).toBe(true);
        await box.apply(plan);
      }
      const reads: ReadInput[] = [];
      for (const [index, box] of boxes.entries()) {
        const plan = await box.plan();
        expect(plan.changes).toBe(false);
        reads.push(parseInput(JSON.stringify(await box.show(plan)), stacks[index] ?? ""));
      }
      expectProved(
        reads,
        stacks.map((stack) => sidecarOf(result, stack)),
      );
      for (const box of boxes.reverse()) {
        await box.destroy();
      }
    },
  );
});
