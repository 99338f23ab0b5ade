import type { GonePath, Review } from "../../rules/review-types";
import type { Weakening } from "../../rules/weakening";
import { driftText } from "../text-drift";
import { ORIGINLESS_WORDS } from "../text-originless";
import { weakeningEnd, weakeningText } from "../text-weakened";
import { type Content, html, type Markup } from "./markup";
import { code, codes, originText } from "./names";
import { verdictBadge } from "./verdict";

/** A section that is left out where it has nothing to say. */
function section(
  id: string,
  title: string,
  items: readonly Content[],
  lead: Content,
): Markup | null {
  return items.length === 0
    ? null
    : html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${lead === null ? null : html`<p>${lead}</p>`}
<ul class="list">${items.map((item) => html`<li>${item}</li>`)}</ul>
</section>`;
}

/** Paths that the apply ends. */
export function goneSection({ gone }: Review): Markup | null {
  const items = gone.map((path) => [
    code(path.hostname),
    " → ",
    originText(path),
    ", which was ",
    wasText(path),
  ]);
  return section("gone", "Paths that go", items, "The apply ends them.");
}

function wasText({ before }: GonePath): Content {
  const { availability, exclusivity } = before;
  return [verdictBadge(availability), " available, ", verdictBadge(exclusivity), " exclusive"];
}

/** Hostnames for which Cloudflare connects to no origin. */
export function originlessSection({ originless }: Review): Markup | null {
  const items = originless.map(({ hostname, because, servers }) => [
    code(hostname),
    `: ${ORIGINLESS_WORDS[because]}`,
    servers.length === 0 ? null : ["; served by ", codes(servers)],
  ]);
  return section("originless", "No path", items, null);
}

/** What was changed outside Terraform since the last apply. */
export function driftSection({ drift }: Review): Markup | null {
  const items = drift.map((each) => driftText(each));
  return section("drift", "Drift", items, "As the refresh before the plan found it.");
}

/** Everything that was declared beside the proof. */
export function weakenedSection({ weakened, change }: Review): Markup | null {
  const items = weakened.map((each, index) => [
    change?.weakened.includes(index) ? html`<span class="tag">new</span> ` : null,
    each.state === "valid" ? null : html`<span class="tag ${each.state}">${each.state}</span> `,
    `${weakeningText(each)}: ${each.reason}${weakeningEnd(each)}`,
    placeOf(each),
  ]);
  return section("weakened", "Weakened", items, "Declared by people, not proved.");
}

function placeOf({ source }: Weakening): Content {
  return source === null ? null : [" at ", code(`${source.file}:${source.line}`)];
}

/** What the proved statements rest on, each once. */
export function assumptionsSection({ paths }: Review): Markup | null {
  const proved = paths.filter(({ availability, exclusivity, rollout }) =>
    [availability.verdict, exclusivity.verdict, rollout?.verdict].includes("proved"),
  );
  const all = proved.flatMap(({ assumptions }) => assumptions);
  const texts = new Map(all.map(({ id, text }) => [`${id} ${text}`, { id, text }]));
  const items = [...texts.values()].map(
    ({ id, text }) => html`${text} <code class="id">${id}</code>`,
  );
  return section(
    "assumptions",
    "Assumptions",
    items,
    "What is proved rests on these; the input can’t show them.",
  );
}
