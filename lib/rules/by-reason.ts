import type { Reason } from "../model/hop";
import { push } from "../read/lookup";
import type { RuleContext } from "./rule";

/** What the hops of some paths give one reason for. */
export interface Reasoned {
  readonly reason: Reason;
  /** Indexes of the paths, each once. */
  readonly paths: readonly number[];
}

/** The reasons of an id in the hops of all paths, one for each subject. */
export function hopReasons({ proved }: RuleContext, id: string): readonly Reasoned[] {
  const reasons = new Map<string, Reason>();
  const paths = new Map<string, number[]>();
  proved.forEach(({ path, availability }, index) => {
    // Those of the verdict hold what shows only once a list of ids is taken for what it names.
    const hops = path.route.hops.flatMap((hop) => hop.reasons);
    for (const reason of [...hops, ...availability.reasons]) {
      if (reason.id === id) {
        reasons.set(reason.subject, reasons.get(reason.subject) ?? reason);
        push(paths, reason.subject, index);
      }
    }
  });
  return [...reasons].map(([subject, reason]) => ({
    reason,
    paths: [...new Set(paths.get(subject))],
  }));
}
