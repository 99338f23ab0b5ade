import type { ReportingDescriptor } from "sarif";
import type { Finding } from "../rules/finding";
import { RULES } from "../rules/registry";
import type { Rule } from "../rules/rule";
import { shown } from "./escape";
import { partsOf } from "./explain";
import { rulePage } from "./rule-page";

/** The rules of some findings, by id, with what to read about them. */
export function descriptorsOf(
  findings: readonly Finding[],
  page: ((rule: string) => string | undefined) | undefined,
): readonly ReportingDescriptor[] {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  return ids.map((id) => {
    const rule = RULES.find((each) => each.id === id);
    return rule === undefined ? own(id) : descriptorOf(rule, page?.(id));
  });
}

/** A rule of the user's own: nothing but its id is known here. */
function own(id: string): ReportingDescriptor {
  return { id, shortDescription: { text: shown(id, 300) } };
}

function descriptorOf(rule: Rule, markdown: string | undefined): ReportingDescriptor {
  const { id, title, severity } = rule;
  const [group = ""] = id.split("/");
  const uri = rulePage(id);
  const help = markdown === undefined || uri === null ? {} : { markdown: helpOf(markdown, uri) };
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    ...(uri === null ? {} : { helpUri: uri }),
    help: { text: `originproof explain ${id}`, ...help },
    defaultConfiguration: { level: severity },
    properties: {
      tags: ["cloudflare", group, "terraform"],
      precision: "very-high",
      "problem.severity": severity,
    },
  };
}

/** The page without its head, which the viewer shows, and its examples, which are long. */
function helpOf(page: string, uri: string): string {
  const [, ...sections] = partsOf(page);
  const kept = sections.filter(({ heading }) => !heading.endsWith(" example"));
  const text = kept.map((part) => `## ${part.heading}\n\n${part.text}`).join("\n\n");
  return text.replace(/\]\(([\w./-]+\.md)/g, (_, link: string) => `](${new URL(link, uri).href}`);
}
