import type { Reason } from "../model/hop";
import type { ProvedPath } from "../prove/verdict";
import type { RuleContext } from "./rule";

/** What the hops of some paths give one reason for. */
export interface Reasoned {
  readonly reason: Reason;
  /** Indexes of the paths, each once. */
  readonly paths: readonly number[];
}

/** By id, then by subject, of each review: made once for all rules that ask. */
type Index = ReadonlyMap<string, ReadonlyMap<string, Reasoned>>;

const INDEXES = new WeakMap<readonly ProvedPath[], Index>();

/** The reasons of an id in the hops of all paths, one for each subject. */
export function hopReasons({ proved }: RuleContext, id: string): readonly Reasoned[] {
  const index = INDEXES.get(proved) ?? indexOf(proved);
  INDEXES.set(proved, index);
  return [...(index.get(id)?.values() ?? [])];
}

function indexOf(proved: readonly ProvedPath[]): Index {
  const found = new Map<string, Map<string, Growing>>();
  proved.forEach(({ path, availability }, index) => {
    for (const hop of path.route.hops) {
      for (const reason of hop.reasons) {
        add(found, reason, index);
      }
    }
    // Those of the verdict hold what shows only once a list of ids is taken for what it names.
    for (const reason of availability.reasons) {
      add(found, reason, index);
    }
  });
  return found;
}

type Growing = Reasoned & { readonly paths: number[] };

function add(found: Map<string, Map<string, Growing>>, reason: Reason, index: number): void {
  const subjects = found.get(reason.id) ?? new Map<string, Growing>();
  found.set(reason.id, subjects);
  const known = subjects.get(reason.subject);
  if (known === undefined) {
    subjects.set(reason.subject, { reason, paths: [index] });
  } else if (known.paths.at(-1) !== index) {
    known.paths.push(index);
  }
}
