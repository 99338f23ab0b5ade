import { join } from "node:path";
import { parseInput, type Review, reviewInputs } from "originproof/review";
import { loadStacks } from "../../lib/cli/load";
import type { Sandbox } from "../../sandbox/terraform";
import { type AppRun, configurationOf, removeRuns, runApp, sidecarOf } from "../support/run-app";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

const EXAMPLES = join(__dirname, "../../examples");
const PINNED = "../../lib/edge/ranges.pinned.json";
const NEW = "131.0.72.0/22";
const OLD = "192.0.2.0/24";

/** The stacks of each example with a firewall, in the order in which they are deployed. */
const GALLERY: Readonly<Record<string, readonly string[]>> = {
  "adopt-existing": ["shop"],
  "balancer-autoscaling": ["shop"],
  "existing-zone": ["shop"],
  "proxied-site": ["shop"],
  quickstart: ["shop"],
  "shared-prefix-list": ["network", "shop", "blog"],
  "three-stacks": ["domain", "shop", "names"],
  "two-regions": ["ireland", "oregon", "names"],
};

/** Two clouds that know nothing of each other must not give the same address twice. */
const PREFIXES = ["203.0.113", "198.51.100", "203.0.113"];

/** An example with the ranges of a release: in the older one a range was another. */
function release(example: string, older: boolean): AppRun {
  return runApp(() => {
    jest.isolateModules(() => {
      if (older) {
        jest.doMock(PINNED, () => {
          const { ipv4, ...rest } = jest.requireActual<{ ipv4: readonly string[] }>(PINNED);
          return { ...rest, ipv4: ipv4.map((cidr) => (cidr === NEW ? OLD : cidr)) };
        });
      }
      require(join(EXAMPLES, example, "main.ts"));
    });
    jest.dontMock(PINNED);
  });
}

async function deployed(run: AppRun, stacks: readonly string[]): Promise<readonly Sandbox[]> {
  const boxes: Sandbox[] = [];
  for (const [index, stack] of stacks.entries()) {
    const configuration = configurationOf(run, stack);
    const box = newSandbox({ configuration, seed: stack, publicPrefix: PREFIXES[index] ?? "" });
    await box.apply();
    boxes.push(box);
  }
  return boxes;
}

/** The review of a release's change, as a pull request has it: no stack is applied yet. */
async function reviewOf(example: string, stacks: readonly string[]): Promise<Review> {
  const before = release(example, true);
  const boxes = await deployed(before, stacks);
  const after = release(example, false);
  expect([before.error, after.error]).toEqual([undefined, undefined]);
  const reads = [];
  for (const [index, box] of boxes.entries()) {
    const stack = stacks[index] ?? "";
    const written = JSON.stringify(configurationOf(after, stack));
    box.configure(JSON.parse(written.replaceAll(after.outdir, before.outdir)));
    reads.push(parseInput(JSON.stringify(await box.show(await box.plan())), stack));
  }
  const sidecars = stacks.map((stack) => sidecarOf(after, stack));
  return reviewInputs(reads, { sidecars, stacks: loadStacks(after.outdir) });
}

afterAll(() => {
  removeSandboxes();
  removeRuns();
});

describeWithTerraform("the gallery when a range of Cloudflare's gives way to another", () => {
  it.each(Object.entries(GALLERY))("%s stays available in every state", async (example, stacks) => {
    const review = await reviewOf(example, stacks);
    const told = review.paths
      .filter(({ family }) => family === 4)
      .map(({ rollout }) => [
        rollout?.verdict,
        rollout?.reasons.map(({ id, text }) => `${id} ${text.split(":")[0]}`),
      ]);
    expect(told.length).toBeGreaterThan(0);
    for (const each of told) {
      expect(each).toEqual(["proved", [`rollout/repaired ${NEW}`]]);
    }
    expect(review.summary.rollout).toMatchObject({ refuted: 0, undetermined: 0 });
  });
});
