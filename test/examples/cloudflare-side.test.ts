import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { schemaProblems } from "../support/cloudflare-schema";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

const EXAMPLES = join(__dirname, "../../examples");

/** What each says on stderr at synth. */
const OWN: Readonly<Record<string, RegExp>> = {
  "existing-zone": /^$/,
  "filtered-elsewhere": /weakened {2}198\.51\.100\.7, 2001:db8::7 is filtered elsewhere/,
  "proxied-site": /^$/,
};

/** Every example but the broken ones, which leave their stacks as well. */
const ALL = [
  ...readdirSync(EXAMPLES).filter((name) => name !== "broken"),
  ...readdirSync(join(EXAMPLES, "broken")).map((name) => `broken/${name}`),
];

interface Synthesized {
  readonly outdir: string;
  readonly stderr: string;
}

const synthesized = new Map<string, Synthesized>();

/** Runs an example as a user does, once. */
function run(example: string): Synthesized {
  const known = synthesized.get(example);
  if (known !== undefined) {
    return known;
  }
  const outdir = mkdtempSync(join(tmpdir(), "originproof-example-"));
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  process.env.CDKTF_OUTDIR = outdir;
  try {
    require(join(EXAMPLES, example, "main.ts"));
  } catch (error) {
    if (!example.startsWith("broken/")) {
      throw error;
    }
  } finally {
    delete process.env.CDKTF_OUTDIR;
    spy.mockRestore();
  }
  const result = { outdir, stderr: written.join("") };
  synthesized.set(example, result);
  return result;
}

function stacksOf({ outdir }: Synthesized): readonly object[] {
  const folder = join(outdir, "stacks");
  return readdirSync(folder).map((stack) =>
    JSON.parse(readFileSync(join(folder, stack, "cdk.tf.json"), "utf8")),
  );
}

afterAll(() => {
  removeSandboxes();
  for (const { outdir } of synthesized.values()) {
    rmSync(outdir, { recursive: true, force: true });
  }
});

describe("the JSON of every example", () => {
  it.each(ALL)("%s is what Cloudflare's provider takes", (example) => {
    const stacks = stacksOf(run(example));
    expect(stacks.length).toBeGreaterThan(0);
    expect(stacks.flatMap(schemaProblems)).toEqual([]);
  });
});

describe("examples of Cloudflare's side", () => {
  it.each(Object.entries(OWN))("%s says at synth what its test expects", (example, stderr) => {
    expect(run(example).stderr).toMatch(stderr);
  });
});

describeWithTerraform("examples of Cloudflare's side, deployed", () => {
  it.each(Object.keys(OWN))(
    "%s is planned, applied, planned again without a change, destroyed",
    async (example) => {
      const [configuration = {}] = stacksOf(run(example)) as { terraform?: { backend?: object } }[];
      delete configuration.terraform?.backend;
      const sandbox = newSandbox({ configuration, delay: [0, 2] });
      const plan = await sandbox.plan();
      expect(plan.changes).toBe(true);
      await sandbox.apply(plan);
      expect((await sandbox.plan()).changes).toBe(false);
      await sandbox.destroy();
    },
  );
});
