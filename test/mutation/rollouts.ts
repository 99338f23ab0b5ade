import type { ProvedPath } from "../../lib/prove/verdict";
import { applyWorld, type OrderFacts } from "../../lib/rules/apply-world";
import { withOrder } from "../../lib/rules/removals";
import { rolloutsOf } from "../../lib/rules/rollouts";
import { entryNames } from "../corpus/files";
import type { PathLabel } from "../corpus/label";
import { entryOf, OPTIONS, type Prepared } from "./prepared";

const NO_FACTS: OrderFacts = { graphs: [], states: [] };

/** Of each path with a label its rollout, and the reasons of one that is undetermined. */
function found({ label, reads, before, after }: Prepared, facts: OrderFacts) {
  const world = applyWorld(reads, withOrder(OPTIONS, reads, facts), facts);
  const rollouts = world === undefined ? [] : rolloutsOf(world, { before, after }, []);
  return label.map((path) => {
    const at = after.findIndex(({ path: { flow } }) => fits(path, flow));
    return { path, open: new Set(openReasons(after[at])), rollout: rollouts[at] };
  });
}

const fits = (path: PathLabel, { hostname, family, origin }: ProvedPath["path"]["flow"]): boolean =>
  hostname === path.hostname &&
  family === path.family &&
  origin.port === path.port &&
  (path.origin === null || [origin.resource, origin.address].includes(path.origin));

function openReasons(proved: ProvedPath | undefined): readonly string[] {
  return [proved?.availability, proved?.exclusivity].flatMap((each) =>
    each?.verdict === "undetermined" ? each.reasons.map(({ id }) => id) : [],
  );
}

/** The rollouts of the corpus, a test for each plan: those that reach a mutant are so known. */
describe.each(entryNames())("the rollout of %s", (name) => {
  it("is as labelled", () => {
    const entry = entryOf(name);
    for (const { path, open, rollout } of found(entry, entry.facts)) {
      const reasons = rollout?.verdict === "undetermined" ? rollout.reasons : [];
      const ids = new Set([...open, ...reasons.map(({ id }) => id)]);
      expect(rollout?.verdict).toBe(path.rollout?.verdict);
      expect([...ids].sort()).toEqual(path.reasons);
    }
  });

  it("is not another one without the order", () => {
    for (const { path, rollout } of found(entryOf(name), NO_FACTS)) {
      expect(["undetermined", path.rollout?.verdict]).toContain(rollout?.verdict);
    }
  });
});
