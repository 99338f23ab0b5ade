import type { CidrSet } from "../../net/cidr-set";
import { type Claim, offerIn } from "./claim";
import type { Before } from "./states";
import type { Act } from "./things";

/** Rules that only ever admit: one more never takes anything away. */
const ADMITTING: ReadonlySet<string> = new Set([
  "aws_vpc_security_group_ingress_rule",
  "aws_security_group_rule",
]);

/**
 * The short way for a plain union of rules: a cover that stays, or an old cover that goes only after
 * a new one is there. It proves what `downClosed` proves, without trying every set of acts, and
 * never more.
 */
export function coveredThroughout(claim: Claim, acts: readonly Act[], before: Before): boolean {
  const creates = acts.filter(({ step }) => step.action === "create");
  const deletes = acts.filter(({ step }) => step.action === "delete");
  const plain = acts.every(({ step }) => ADMITTING.has(step.type));
  if (!plain || creates.length + deletes.length < acts.length) {
    return false;
  }
  const admitted = (done: readonly Act[]) => offerIn(claim, new Set(done)).mustBesides;
  const bare = admitted(deletes);
  // A group whose rules were inline is read anew by its first block.
  if (!creates.every((create) => admitted([...deletes, create]).covers(bare))) {
    return false;
  }
  let left: CidrSet = claim.set.minus(bare);
  for (const create of creates) {
    const later = deletes.filter((act) => before(create, act));
    if (left.isEmpty || later.length === 0) {
      continue;
    }
    const without = admitted(deletes.filter((act) => !later.includes(act)));
    left = left.minus(without.intersect(admitted([...deletes, create])));
  }
  return left.isEmpty;
}
