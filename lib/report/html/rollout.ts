import type { RolloutWitness, StepReport } from "../../rules/review-types";
import { missingText } from "../text-paths";
import { html, type Markup } from "./markup";
import { code } from "./names";

/** A state of the apply as steps that a person can follow: what is done, and what is not yet. */
export function rolloutSteps(witness: RolloutWitness, family: 4 | 6): Markup {
  const { done, pending, cutOff } = witness;
  return html`<div class="steps">
<p>Done, in this order:</p>
${done.length === 0 ? html`<p class="quiet">nothing yet</p>` : html`<ol>${done.map(step)}</ol>`}
<p class="cut"><strong>Here ${missingText(cutOff, family)} ${cutOff.length === 1 ? "gets" : "get"} no answer.</strong></p>
<p>Not done yet, and ends it:</p>
<ol start="${done.length + 1}">${pending.map(step)}</ol>
</div>`;
}

function step({ action, address, deposed, part }: StepReport): Markup {
  const which = deposed === undefined ? null : html` (deposed ${code(deposed)})`;
  const what = part === undefined ? null : `: ${part}`;
  return html`<li><b>${action}</b> ${code(address)}${which}${what}</li>`;
}
