import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseInput, type ReadInput, type Review } from "originproof/review";
import type { Sandbox } from "../../sandbox/terraform";
import { schemaProblems } from "../support/cloudflare-schema";
import {
  type AppRun,
  configurationOf,
  NO_SITES,
  removeRuns,
  reviewApp,
  runApp,
  stacksIn,
} from "../support/run-app";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

const EXAMPLES = join(__dirname, "../../examples");

/** The stacks of each example, in the order in which they are deployed. */
const GALLERY: Readonly<Record<string, readonly string[]>> = {
  "adopt-existing": ["shop"],
  "balancer-autoscaling": ["shop"],
  "existing-zone": ["shop"],
  "filtered-elsewhere": ["legacy"],
  "proxied-site": ["shop"],
  quickstart: ["shop"],
  "shared-prefix-list": ["network", "shop", "blog"],
  "three-stacks": ["domain", "shop", "names"],
  "two-regions": ["ireland", "oregon", "names"],
};

/** What nothing in the app filters. */
const UNDETERMINED = ["filtered-elsewhere"];

/** What synth says on stderr of those that are weakened. */
const WEAKENED: Readonly<Record<string, RegExp>> = {
  "adopt-existing": /^weakened {2}192\.0\.2\.7\/32 on tcp\/22 may connect/m,
  "filtered-elsewhere": /^weakened {2}198\.51\.100\.7, 2001:db8::7 is filtered elsewhere/m,
};

const runs = new Map<string, AppRun>();

/** Runs an example as a user does: it synthesizes when it is loaded, once. */
function run(example: string): AppRun {
  const done = runs.get(example) ?? runApp(() => require(join(EXAMPLES, example, "main.ts")));
  runs.set(example, done);
  return done;
}

/** Every path has the verdict of its example, and there is no finding. */
function expectVerdict(example: string, { summary, findings }: Review): void {
  const { availability, exclusivity, paths } = summary;
  const none = { proved: 0, refuted: 0, undetermined: 0 };
  const all = { ...none, [UNDETERMINED.includes(example) ? "undetermined" : "proved"]: paths };
  expect(paths).toBeGreaterThan(0);
  expect({ availability, exclusivity, findings }).toEqual({
    availability: all,
    exclusivity: all,
    findings: [],
  });
}

/**
 * Two clouds that know nothing of each other must not give the same address twice. No example has
 * origins in its first and its third stack; 192.0.2.1 means that there is no origin.
 */
const PREFIXES = ["203.0.113", "198.51.100", "203.0.113"];

interface Deployed {
  readonly stack: string;
  readonly box: Sandbox;
}

function boxOf(result: AppRun, stack: string, index: number): Deployed {
  const publicPrefix = PREFIXES[index] ?? "";
  const configuration = configurationOf(result, stack);
  return { stack, box: newSandbox({ configuration, delay: [0, 2], seed: stack, publicPrefix }) };
}

/** Plans of stacks that are deployed: nothing is to be done. */
async function plansOf(deployed: readonly Deployed[]): Promise<ReadInput[]> {
  const reads: ReadInput[] = [];
  for (const { stack, box } of deployed) {
    const plan = await box.plan();
    expect(plan.changes).toBe(false);
    reads.push(parseInput(JSON.stringify(await box.show(plan)), stack));
  }
  return reads;
}

/** Plans and applies a stack; in between, its plan is reviewed beside those of the stacks before. */
async function deploy(
  { stack, box }: Deployed,
  before: readonly Deployed[],
  verdict: (plans: readonly ReadInput[]) => void,
): Promise<void> {
  const plan = await box.plan();
  expect(plan.changes).toBe(true);
  const own = parseInput(JSON.stringify(await box.show(plan)), stack);
  verdict([...(await plansOf(before)), own]);
  await box.apply(plan);
}

afterAll(() => {
  removeSandboxes();
  removeRuns();
});

test("the gallery is all examples that are a site", () => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((it) => it.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => !NO_SITES.includes(name));
  expect(names.sort()).toEqual(Object.keys(GALLERY).sort());
});

describe("the gallery at synth", () => {
  it.each(Object.entries(GALLERY))("%s has its verdict, and its stacks", (example, stacks) => {
    const result = run(example);
    expect(result.error).toBeUndefined();
    expect(stacksIn(result)).toEqual([...stacks].sort());
    expectVerdict(example, reviewApp(result));
  });

  it.each(Object.keys(GALLERY))("%s says nothing, or what weakens it", (example) => {
    expect(run(example).stderr).toMatch(WEAKENED[example] ?? /^$/);
  });

  it.each(Object.entries(GALLERY))("%s is what Cloudflare's provider takes", (example, stacks) => {
    const problems = stacks.flatMap((each) => schemaProblems(configurationOf(run(example), each)));
    expect(problems).toEqual([]);
  });
});

describeWithTerraform("the gallery deployed", () => {
  it.each(Object.entries(GALLERY))(
    "%s is planned, applied, planned again without a change and reviewed, destroyed",
    async (example, stacks) => {
      const result = run(example);
      const deployed: Deployed[] = [];
      for (const [index, stack] of stacks.entries()) {
        const next = boxOf(result, stack, index);
        await deploy(next, deployed, (plans) => {
          const review = reviewApp(result, plans);
          // A stack of what others share has no path yet; the last one has.
          if (review.paths.length > 0 || index === stacks.length - 1) {
            expectVerdict(example, review);
          }
        });
        deployed.push(next);
      }
      expectVerdict(example, reviewApp(result, await plansOf(deployed)));
      for (const { box } of deployed.reverse()) {
        await box.destroy();
      }
    },
  );
});
