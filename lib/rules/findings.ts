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
import { refutedGroups } from "./refuted";
import { RULES } from "./registry";
import type { Draft, Rule } from "./rule";
import type { Declaration } from "./weakening";

interface Proved {
  readonly topology: Topology;
  readonly lookup: Lookup;
  readonly proved: readonly ProvedPath[];
  readonly rollouts: readonly Rollout[] | undefined;
  readonly steps: readonly Step[];
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
}

/** Every finding of every rule, errors first, then by rule and subject. */
export function findingsOf(proved: Proved, declared: Declared): readonly Finding[] {
  const groups = refutedGroups(proved.proved, proved.edge);
  const { config, sidecars, today } = declared;
  const { declarations } = declared;
  const refuted = (rule: string) => groups.get(rule) ?? [];
  const rollouts = proved.rollouts ?? [];
  const context = { ...proved, rollouts, config, sidecars, declarations, refuted };
  const places = new Places(proved.topology, declared.sidecars);
  const acknowledged = new AcknowledgedFindings(config, sidecars, today);
  const check = (rule: Rule, findings: readonly Finding[]) =>
    rule.check({ ...context, findings }).map((draft) => {
      const stack = proved.proved[draft.paths[0] ?? -1]?.path.flow.input;
      const place = draft.place ?? places.of(draft.subject, stack);
      return complete(rule, draft, place, acknowledged);
    });
  // What is unused shows once everything else is found.
  const rules = [...RULES, ...declared.rules];
  const others = rules.filter((rule) => rule !== unused).flatMap((rule) => check(rule, []));
  return [...others, ...check(unused, others)].sort(byWeight);
}

function complete(
  rule: Rule,
  draft: Draft,
  place: Pick<Finding, "constructPath" | "source">,
  acknowledged: AcknowledgedFindings,
): Finding {
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

  /** Of several resources, the first that is known: in the stack of the path, or in any. */
  public of(subject: string, stack: string | undefined): Pick<Finding, "constructPath" | "source"> {
    const known = subject.split(", ").flatMap((address) => {
      return this.#known.get(`${stack} ${address}`) ?? this.#known.get(address) ?? [];
    });
    return known[0] ?? { constructPath: null, source: null };
  }

  private add(stack: string, address: string, place: Place): void {
    this.#known.set(`${stack} ${address}`, place);
    this.#known.set(address, place);
  }
}

function byWeight(left: Finding, right: Finding): number {
  const weight = (finding: Finding) => (finding.severity === "error" ? 0 : 1);
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
