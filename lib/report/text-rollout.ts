import type { PathReport, RolloutWitness, StepReport } from "../rules/review-types";
import type { Line } from "./block";
import { forTerminal } from "./escape";
import { missingText } from "./text-paths";

/** More steps than a person follows are counted. */
const MOST_STEPS = 8;

/** A state of an apply, as steps that a person can follow. */
export function rolloutFacts({ done, pending, cutOff }: RolloutWitness, path: PathReport): Line[] {
  return [
    ...stepLines("done", done),
    ...stepLines("not yet", pending),
    ["cut off", missingText(cutOff, path.family)],
  ];
}

function stepLines(label: string, steps: readonly StepReport[]): Line[] {
  const texts = steps.slice(0, MOST_STEPS).map((step) => forTerminal(stepText(step)));
  const more = steps.length - texts.length;
  const lines = [...texts, ...(more > 0 ? [`and ${more} more (see --format json)`] : [])];
  return lines.map((text, index) => [index === 0 ? label : "", text]);
}

/** `update aws_security_group.web: revokes ingress rules`, not escaped. */
export function stepText({ action, address, deposed, part }: StepReport): string {
  const which = deposed === undefined ? "" : ` (deposed ${deposed})`;
  const what = part === undefined ? "" : `: ${part}`;
  return `${action} ${address}${which}${what}`;
}
