import type { PathGroup } from "./groups";
import { html, type Markup } from "./markup";
import { verdictBadge } from "./verdict";

/** Fewer paths than this need no filter. */
const FEWEST = 2;

/** Hidden until the script is there to serve it. */
export function filterForm(groups: readonly PathGroup[], compared: boolean): Markup | null {
  const paths = groups.flatMap(({ paths: all }) => all).length;
  if (paths < FEWEST) {
    return null;
  }
  const verdicts = (["refuted", "undetermined", "proved"] as const).filter((verdict) =>
    groups.some(({ worst }) => worst === verdict),
  );
  return html`<form id="filter" class="filter" role="search" aria-label="Filter paths" hidden>
<label for="hostname">Hostname</label>
<input id="hostname" name="hostname" type="search" autocomplete="off" spellcheck="false" aria-describedby="filtering">
<fieldset><legend>Verdict</legend>${verdicts.map(
    (verdict) =>
      html`<label><input type="checkbox" name="verdict" value="${verdict}" checked> ${verdictBadge(verdict)}</label>`,
  )}</fieldset>
${compared ? html`<label><input type="checkbox" name="changed"> only what changes</label>` : null}
<button type="reset">Show all</button>
<span id="filtering" class="spoken">The page shows what fits as you type.</span>
<output id="shown" role="status" aria-live="polite"></output>
</form>`;
}
