import type { EdgeRanges } from "../edge/ranges";
import type { Step } from "../model/rollout";
import type { Topology } from "../model/topology";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import type { Rollout } from "../prove/rollout/verdict";
import type { ProvedPath } from "../prove/verdict";
import type { Lookup } from "../read/lookup";
import type { Sidecar } from "../read/sidecar";
import { AcknowledgedFindings } from "./acknowledged";
import type { Config } from "./config";
import { unused } from "./declared/unused";
import type { Finding, Source } from "./finding";
import { defaultKey, fingerprintsOf } from "./fingerprint";
import { refutedGroups } from "./refuted";
import { RULES } from "./registry";
import type { Review } from "./review-types";
import type { Draft, Rule, RuleContext } from "./rule";
import type { Declaration } from "./weakening";

interface Proved {
  readonly topology: Topology;
  readonly lookup: Lookup;
  readonly proved: readonly ProvedPath[];
  readonly past: readonly ProvedPath[];
  readonly rollouts: readonly Rollout[] | undefined;
  readonly steps: readonly Step[];
  readonly unending: RuleContext["unending"];
  readonly twins: RuleContext["twins"];
  readonly undone: RuleContext["undone"];
  readonly ranges: EdgeRanges;
  readonly edge: (family: Family) => CidrSet;
}

interface Declared {
  readonly sidecars: readonly Sidecar[];
  readonly config: Config;
  readonly today: Date;
  readonly declarations: readonly Declaration[];
  /** Rules of the user's, beside the library's. */
  readonly rules: readonly Rule[];
  /** The earlier review that this one is compared with. */
  readonly base: Review | undefined;
}

/** Every finding of every rule, errors first, then by rule and subject. */
export function findingsOf(proved: Proved, declared: Declared): readonly Finding[] {
  const groups = refutedGroups(proved.proved, proved.edge);
  const { config, sidecars, today, declarations, base } = declared;
  const refuted = (rule: string) => groups.get(rule) ?? [];
  const rollouts = proved.rollouts ?? [];
  const context = { ...proved, rollouts, config, sidecars, declarations, base, refuted };
  const places = new Places(proved.topology, declared.sidecars);
  const acknowledged = new AcknowledgedFindings(config, sidecars, today);
  const check = (rule: Rule, findings: RuleContext["findings"]): readonly Found[] =>
    rule.check({ ...context, findings }).map((draft) => {
      const flow = proved.proved[draft.paths[0] ?? -1]?.path.flow;
      const place = draft.place ?? places.of(draft.subject, flow?.input);
      const key = draft.key ?? defaultKey(rule.id, flow);
      return { ...complete(rule, draft, place, acknowledged), key };
    });
  // What is unused shows once everything else is found.
  const rules = [...RULES, ...declared.rules];
  const others = rules.filter((rule) => rule !== unused).flatMap((rule) => check(rule, []));
  const sorted = [...others, ...check(unused, others)].sort(byWeight);
  const fingerprints = fingerprintsOf(sorted);
  return sorted.map(({ key: _, ...finding }, index) => {
    return { ...finding, fingerprint: fingerprints[index] ?? "" };
  });
}

type Found = Omit<Finding, "fingerprint"> & { readonly key: string };

function complete(
  rule: Rule,
  draft: Draft,
  place: Pick<Finding, "constructPath" | "source">,
  acknowledged: AcknowledgedFindings,
): Omit<Found, "key"> {
  const subject = draft.subject;
  return {
    rule: rule.id,
    severity: draft.severity ?? rule.severity,
    subject,
    ...place,
    what: draft.what,
    why: draft.why,
    fix: draft.fix,
    witness: draft.witness,
    acknowledged: acknowledged.of(rule.id, subject),
    paths: draft.paths,
  };
}

interface Place {
  readonly constructPath: string;
  readonly source: Source | null;
}

/** Where the user made a resource: known for constructs, by synth's own record of them. */
export class Places {
  readonly #known = new Map<string, Place>();
  /** By address alone, the constructs that made one, each with its place. */
  readonly #anywhere = new Map<string, Map<string, Place>>();

  constructor(topology: Topology, sidecars: readonly Sidecar[]) {
    for (const { input, address, constructPath } of topology.instances) {
      if (constructPath !== undefined) {
        this.add(input.label, address, { constructPath, source: null });
      }
    }
    for (const { stack, resources } of sidecars) {
      for (const [address, { constructPath, source }] of Object.entries(resources)) {
        this.add(stack, address, { constructPath, source });
      }
    }
  }

  /**
   * Of several resources, the first that is known: in the stack of the path, or in the only one that
   * has it. Of two stacks with the same address, none: a wrong line is worse than no line.
   */
  public of(subject: string, stack: string | undefined): Pick<Finding, "constructPath" | "source"> {
    const known = subject.split(", ").flatMap((address) => {
      const [only, ...others] = this.#anywhere.get(address)?.values() ?? [];
      const elsewhere = others.length === 0 ? only : undefined;
      return this.#known.get(`${stack} ${address}`) ?? elsewhere ?? [];
    });
    return known[0] ?? { constructPath: null, source: null };
  }

  private add(stack: string, address: string, place: Place): void {
    this.#known.set(`${stack} ${address}`, place);
    const made = this.#anywhere.get(address) ?? new Map<string, Place>();
    this.#anywhere.set(address, made.set(place.constructPath, place));
  }
}

function byWeight(left: Found, right: Found): number {
  const weight = (finding: Found) => (finding.severity === "error" ? 0 : 1);
  return (
    weight(left) - weight(right) ||
    compare(left.rule, right.rule) ||
    compare(left.subject, right.subject) ||
    (left.paths[0] ?? 0) - (right.paths[0] ?? 0)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
