import { parseInput, reviewInputs } from "originproof/review";
import type { Blocks } from "../support/aws-web";
import { Dice, Facets } from "./dice";
import { configurationOf, randomSite } from "./random-site";
import type { Change } from "./rollout-oracle";

/** What most often is on the way to the site. */
const MATTERS =
  /^(g\d (sources|words|description|ports)|member|holder|record|front|size|listener|leg|target|acl (in|out)$|route|association)/;

/**
 * A random site that is not known to be cut off, and the same with one to six parts otherwise. The
 * choice asks the prover, so as not to spend applies on sites that nothing is owed to.
 */
export function randomChange(site: string, seed: string): Change {
  for (let at = 0; ; at += 1) {
    const facets = new Facets(`${seed} ${at}`);
    const before = randomSite(site, facets);
    if (isCutOff(before)) continue;
    for (let other = 0; other < 6; other += 1) {
      const dice = new Dice(`${seed} ${at} ${other}`);
      const after = randomSite(site, facets.changed(dice, 1 + dice.below(3), MATTERS, /fixed$/));
      const same = JSON.stringify(before) === JSON.stringify(after);
      if (same || leavesList(before, after)) continue;
      if (other === 5 || !isCutOff(after)) return { seed, before, after };
    }
  }
}

const LISTS = ["vpc_security_group_ids", "security_groups"];

/**
 * Whether something stays whose list of groups is no longer set: it keeps what it had, so that the
 * end of the apply is not what the configuration makes afresh, which the oracle takes it for.
 */
function leavesList(before: Blocks, after: Blocks): boolean {
  return Object.entries(before).some(([type, blocks]) =>
    Object.entries(blocks).some(([name, body]) => {
      const next: object | undefined = after[type]?.[name];
      return next !== undefined && LISTS.some((list) => list in body && !(list in next));
    }),
  );
}

/** Whether the prover says so of the configuration alone. */
export function isCutOff(site: Blocks): boolean {
  const text = JSON.stringify(configurationOf(site));
  const { paths } = reviewInputs([parseInput(text, "cdk.tf.json")]);
  return paths.some(({ availability }) => availability.verdict === "refuted");
}
