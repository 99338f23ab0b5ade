import type { EdgeRanges } from "../edge/ranges";
import type { Topology } from "../model/topology";
import type { Family } from "../net/cidr";
import type { CidrSet } from "../net/cidr-set";
import type { ProvedPath } from "../prove/verdict";
import type { Sidecar } from "../read/sidecar";
import type { Config } from "./config";
import type { Finding, Source } from "./finding";
import { refutedGroups } from "./refuted";
import { RULES } from "./registry";
import type { Draft, Rule, RuleContext } from "./rule";
import { AcknowledgedFindings, type Weakening } from "./weakening";

interface Proved {
  readonly topology: Topology;
  readonly proved: readonly ProvedPath[];
  readonly ranges: EdgeRanges;
  readonly edge: (family: Family) => CidrSet;
}

interface Declared {
  readonly sidecars: readonly Sidecar[];
  readonly config: Config;
  readonly today: Date;
  readonly weakened: readonly Weakening[];
}

/** Every finding of every rule, errors first, then by rule and subject. */
export function findingsOf(proved: Proved, declared: Declared): readonly Finding[] {
  const groups = refutedGroups(proved.proved, proved.edge);
  const context: RuleContext = {
    topology: proved.topology,
    proved: proved.proved,
    ranges: proved.ranges,
    refuted: (rule) => groups.get(rule) ?? [],
    weakened: declared.weakened,
    gate: declared.config.gate,
  };
  const origins = new Origins(proved.topology, declared.sidecars);
  const { config, sidecars, today } = declared;
  const acknowledged = new AcknowledgedFindings(config, sidecars, today);
  const findings = RULES.flatMap((rule) =>
    rule.check(context).map((draft) => complete(rule, draft, origins, acknowledged)),
  );
  return findings.sort(byWeight);
}

function complete(
  rule: Rule,
  draft: Draft,
  origins: Origins,
  acknowledged: AcknowledgedFindings,
): Finding {
  const subject = draft.subject;
  return {
    rule: rule.id,
    severity: draft.severity ?? rule.severity,
    subject,
    ...(draft.place ?? origins.of(subject)),
    what: draft.what,
    why: draft.why,
    fix: draft.fix,
    witness: draft.witness,
    acknowledged: acknowledged.of(rule.id, subject),
    paths: draft.paths,
  };
}

/** Where the user made a resource: known for constructs, by synth's own record of them. */
class Origins {
  readonly #known = new Map<string, { constructPath: string; source: Source | null }>();

  constructor(topology: Topology, sidecars: readonly Sidecar[]) {
    for (const { address, constructPath } of topology.instances) {
      if (constructPath !== undefined) {
        this.#known.set(address, { constructPath, source: null });
      }
    }
    for (const [address, { constructPath, source }] of sidecars.flatMap((sidecar) =>
      Object.entries(sidecar.resources),
    )) {
      this.#known.set(address, { constructPath, source });
    }
  }

  /** Of several resources, the first that is known. */
  public of(subject: string): Pick<Finding, "constructPath" | "source"> {
    const known = subject.split(", ").flatMap((address) => this.#known.get(address) ?? []);
    return known[0] ?? { constructPath: null, source: null };
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
