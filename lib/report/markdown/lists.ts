import type { Finding } from "../../rules/finding";
import type { Review } from "../../rules/review-types";
import { headOf } from "../finding-facts";
import { openGroups } from "../open-groups";
import { driftText } from "../text-drift";
import { ORIGINLESS_WORDS } from "../text-originless";
import { grouped } from "../text-paths";
import { weakeningEnd, weakeningText } from "../text-weakened";
import type { Section } from "./document";
import { htmlProse, prose } from "./escape";
import { namesText, plural } from "./names";

/** Hostnames of one line. */
const MOST = 3;

/** What is undetermined, each reason once. */
export function openSection(review: Review): Section {
  const groups = openGroups(review);
  return {
    nouns: ["group of what is undetermined", "groups of what is undetermined"],
    head: "",
    tail: "",
    units: groups.map(({ statement, head, paths, reasons }) => {
      const title = `❔ <b>Undetermined${statement}</b>: ${htmlProse(head)}`;
      const because = reasons.map(({ text, more }) => `- ${prose(text)}${more}`);
      const where = paths.map((text) => `- ${prose(text)}`);
      const body = ["Why:", "", ...because, "", "Paths:", "", ...where].join("\n");
      return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
    }),
    between: "\n\n",
    priority: 5,
    share: 0.2,
  };
}

/** What was declared beside the proof: always shown, since it is what a reviewer agrees to. */
export function weakenedSection({ weakened, change }: Review): Section {
  const news = new Set(change?.weakened);
  const units = weakened.map((each, index) => {
    const isNew = news.has(index) ? " (new)" : "";
    return `- ${prose(weakeningText(each))}${isNew}: ${prose(each.reason)}${weakeningEnd(each)}`;
  });
  return {
    nouns: ["declaration", "declarations"],
    head: "**Declared beside the proof**\n\n",
    tail: "",
    units,
    between: "\n",
    priority: 6,
    share: 0.1,
  };
}

export function driftSection({ drift }: Review): Section {
  return {
    nouns: ["resource that was changed outside", "resources that were changed outside"],
    head: "**Changed since the last apply**\n\n",
    tail: "",
    units: drift.map((each) => `- ${prose(driftText(each))}`),
    between: "\n",
    priority: 8,
    share: 0.1,
  };
}

/** Findings of the base that are gone. */
export function fixedSection({ change }: Review): Section {
  const fixed: readonly Finding[] = change?.fixed ?? [];
  return folded({
    summary: `${plural(fixed.length, "finding")} of the base fixed`,
    nouns: ["fixed finding", "fixed findings"],
    units: fixed.map((each) => `- ${headOf(each)}: ${prose(each.what)}`),
    priority: 9,
  });
}

/** Hostnames without a path. */
export function originlessSection({ originless }: Review): Section {
  const groups = grouped(originless, ({ because }) => because);
  const count = new Set(originless.map(({ hostname }) => hostname)).size;
  return folded({
    summary: `${plural(count, "hostname")} without a path`,
    nouns: ["line on hostnames without a path", "lines on hostnames without a path"],
    units: groups.map((all) => {
      const names = namesText(
        all.map(({ hostname }) => hostname),
        MOST,
      );
      return `- ${names}: ${all[0] === undefined ? "" : ORIGINLESS_WORDS[all[0].because]}`;
    }),
    priority: 10,
  });
}

/** What the proved statements rest on. */
export function assumptionSection({ paths }: Review): Section {
  const proved = paths.filter(({ availability }) => availability.verdict === "proved");
  const texts = proved.flatMap(({ assumptions }) => assumptions.map(({ text }) => text));
  const units = [...new Set(texts)].map((text) => `- ${prose(text)}`);
  return folded({
    summary: `${plural(units.length, "assumption")} that the proofs rest on`,
    nouns: ["assumption", "assumptions"],
    units,
    priority: 11,
  });
}

function folded(
  given: Pick<Section, "nouns" | "units" | "priority"> & { readonly summary: string },
): Section {
  const { summary, ...section } = given;
  return {
    ...section,
    head: `<details>\n<summary>${summary}</summary>\n\n`,
    tail: "\n\n</details>",
    between: "\n",
    share: 0.1,
  };
}
