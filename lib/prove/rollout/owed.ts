import type { Reason } from "../../model/hop";
import type { CidrSet } from "../../net/cidr-set";
import type { Offer } from "./offer";

/** What an apply owes to visitors: what is available before it and after it. */
export interface Owed {
  readonly perhaps: CidrSet;
  readonly surely: CidrSet;
  /** What is not owed, and why. */
  readonly reasons: readonly Reason[];
}

/** What of the edge is owed, by what was offered before and what is planned. */
export function owedOf(edge: CidrSet, before: Offer, after: Offer, hostname: string): Owed {
  const perhaps = edge.intersect(before.mayIfUsed).intersect(after.mayIfUsed);
  const surely = edge.intersect(before.must).intersect(after.must);
  const reason = (id: string, set: CidrSet, text: string): Reason[] => {
    const which = set.equals(edge) ? "" : `${set.toCidrs().join(", ")}: `;
    return set.isEmpty ? [] : [{ id, subject: hostname, text: `${which}${text}` }];
  };
  const missing = edge.minus(before.mayIfUsed);
  const came = missing.intersect(after.mayIfUsed);
  return {
    perhaps,
    surely,
    reasons: [
      ...(before.exists
        ? reason("rollout/repaired", came, `it did not get to ${hostname} before this apply`)
        : reason(
            "rollout/new",
            came,
            `${hostname} had no path for these visitors before this apply`,
          )),
      ...reason(
        "rollout/lost",
        edge.intersect(before.mayIfUsed).minus(after.mayIfUsed),
        `it does not get to ${hostname} after this apply, which availability says`,
      ),
      ...reason(
        "rollout/never",
        missing.minus(after.mayIfUsed),
        `it gets to ${hostname} neither before nor after this apply`,
      ),
    ],
  };
}
