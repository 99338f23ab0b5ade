import type { Act } from "../prove/rollout/things";
import type { Rollout } from "../prove/rollout/verdict";
import type { World } from "../prove/rollout/world";
import type { ProvedPath } from "../prove/verdict";
import type { PathReport, StepReport } from "./review-types";

/** The rollout of every path, under none of the assumptions that are forbidden. */
export function rolloutsOf(
  world: World,
  ends: { readonly before: readonly ProvedPath[]; readonly after: readonly ProvedPath[] },
  forbidden: readonly string[],
): readonly Rollout[] {
  // Loaded for plans alone, as it takes its time: at synth nothing has a rollout.
  const { decideRollouts } =
    require("../prove/rollout/rollout") as typeof import("../prove/rollout/rollout");
  return decideRollouts(world, ends).map((rollout) => withoutForbidden(rollout, forbidden));
}

function withoutForbidden(rollout: Rollout, forbidden: readonly string[]): Rollout {
  const hit = rollout.assumptions.filter(({ id }) => forbidden.includes(id));
  if (hit.length === 0 || rollout.verdict === "notOwed") {
    return rollout;
  }
  const reasons = hit.map((each) => ({ ...each, text: `it is not known whether ${each.text}` }));
  return {
    verdict: "undetermined",
    reasons: [...reasons, ...rollout.reasons],
    assumptions: rollout.assumptions.filter((each) => !hit.includes(each)),
    witness: undefined,
  };
}

/** A rollout as reports show it. */
export function rolloutReport(rollout: Rollout): NonNullable<PathReport["rollout"]> {
  const { verdict, reasons, witness } = rollout;
  const shown = witness && {
    witness: {
      done: witness.done.map(stepReport),
      pending: witness.pending.map(stepReport),
      cutOff: witness.cutOff.toCidrs(),
    },
  };
  return { verdict, reasons, ...shown };
}

function stepReport({ step, label }: Act): StepReport {
  return {
    address: step.address,
    action: step.action,
    ...(step.deposed === undefined ? {} : { deposed: step.deposed }),
    ...(label === undefined ? {} : { part: label }),
  };
}
