import type { Visitor } from "./connections";
import { type EveryCase, everyCase, type Made } from "./every-case";
import type { EdgeSettings } from "./flows";
import { type Hostname, isPlain, requestOutcomes, sampleOf, samplePaths } from "./hostname";
import { type EdgeRule, inOrder, outcomesOf } from "./rules";

/** Which requests of a hostname surely come by a flow, where rules of the edge may take them. */
export interface Arrivals {
  /** Paths worth asking about: those that the rules are about, and one that none of them is. */
  readonly paths: readonly string[];
  /** Whether some request with this path surely comes, whenever the flow exists. */
  readonly comes: (path: string) => boolean;
}

/** Rules that say what becomes of a request, and those that change its path before. */
export interface RuleSet {
  readonly rules: readonly EdgeRule[];
  readonly rewriters: readonly EdgeRule[];
}

/** A flow as `ruledFlows` tells them apart. */
interface Flow extends Visitor {
  readonly origin: string | undefined;
}

/** Asks which paths come by the flows of a hostname; each path is followed once. */
export function arrivalsOf(
  settings: EdgeSettings,
  hostname: Hostname,
  set: RuleSet,
): (flow: Flow) => Arrivals {
  const paths = samplePaths([...set.rules, ...set.rewriters]);
  const byPath = new Map<string, EveryCase | undefined>();
  let all: EveryCase | undefined;
  const ofPath = (path: string) => {
    const found = byPath.has(path) ? byPath.get(path) : casesOfPath(settings, hostname, set, path);
    byPath.set(path, found);
    return found;
  };
  return (flow) => ({
    paths,
    comes: (path) => {
      all ??= everyCase(settings, (visitor) => requestOutcomes(hostname, set.rules, visitor));
      const one = isPlain(path) ? ofPath(path) : undefined;
      return one !== undefined && all !== undefined && isMadeWith(all, one, flow);
    },
  });
}

/** What the edge does for requests with one path; undefined where that may be rewritten. */
function casesOfPath(
  settings: EdgeSettings,
  hostname: Hostname,
  { rules, rewriters }: RuleSet,
  path: string,
): EveryCase | undefined {
  const ordered = inOrder(rules);
  return everyCase(settings, (visitor) => {
    const sample = sampleOf({ ...hostname, rewritten: false }, visitor, path);
    const kept = rewriters.every((rule) => rule.when(sample) === false);
    return kept ? outcomesOf(ordered, sample) : undefined;
  });
}

/** Whether in each case in which some requests may come by a flow, those with the path surely do. */
function isMadeWith(all: EveryCase, one: EveryCase, flow: Flow): boolean {
  const isFlow = (made: Made) =>
    made.scheme === flow.scheme && made.port === flow.port && made.origin === flow.origin;
  return all.cases.every(
    ({ made }, index) =>
      !made.some(isFlow) || one.cases[index]?.made.some((own) => own.sure && isFlow(own)) === true,
  );
}
