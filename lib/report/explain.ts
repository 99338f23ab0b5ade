import type { ErrorPage } from "../edge/explained";
import type { Rule } from "../rules/rule";
import { wrapped } from "./block";
import { errorMarkdown } from "./error-markdown";
import { safeJson } from "./json";
import { markdownText } from "./markdown-text";

/** What `originproof explain` explains. */
export type Entry =
  | { readonly kind: "error"; readonly page: ErrorPage }
  | {
      readonly kind: "rule";
      readonly rule: Rule;
      /** Its page in docs/rules, as Markdown. */
      readonly markdown: string;
    };

/** Every format of `originproof explain`, by name. */
export const EXPLAIN_FORMATS: Readonly<Record<string, (entry: Entry, width: number) => string>> = {
  text: textOf,
  markdown: (entry) => `${markdownOf(entry).trim()}\n`,
  json: (entry) => safeJson({ schemaVersion: 1, ...jsonOf(entry) }),
};

function markdownOf(entry: Entry): string {
  return entry.kind === "rule" ? entry.markdown : errorMarkdown(entry.page);
}

/** Without the examples, which are long: the page in the package has them. */
function textOf(entry: Entry, width: number): string {
  if (entry.kind === "error") {
    return markdownText(errorMarkdown(entry.page), width);
  }
  const { rule, markdown } = entry;
  const kept = partsOf(markdown).filter(({ heading }) => !isExample(heading));
  const texts = kept.map(({ heading, text }) =>
    heading === "" ? text : `## ${heading}\n\n${text}`,
  );
  const examples = `Examples: docs/rules/${rule.id}.md in the package, or --format markdown.`;
  return markdownText(`${texts.join("\n\n")}\n\n${examples}`, width);
}

function jsonOf(entry: Entry): object {
  if (entry.kind === "error") {
    return { kind: "error", ...entry.page };
  }
  const { id, severity, title } = entry.rule;
  const sections = partsOf(entry.markdown).filter(({ heading }) => heading !== "");
  return { kind: "rule", id, severity, title, sections };
}

/** A section of a page. */
export interface Part {
  readonly heading: string;
  readonly text: string;
}

/** A page's head and its sections, in order. */
export function partsOf(markdown: string): readonly Part[] {
  const [head = "", ...rest] = markdown.split(/^## /m);
  const sections = rest.map((part): Part => {
    const end = part.indexOf("\n");
    return { heading: part.slice(0, end).trim(), text: part.slice(end).trim() };
  });
  return [{ heading: "", text: head.trim() }, ...sections];
}

function isExample(heading: string): boolean {
  return heading.endsWith(" example");
}

/** Everything that can be explained, as a list. */
export function renderIndex(
  rules: readonly Rule[],
  errors: readonly ErrorPage[],
  width: number,
): string {
  return [
    "Rules",
    "",
    ...rules.flatMap(({ id, severity, title }) => [
      `${id} (${severity})`,
      ...wrapped("  ", title, width),
    ]),
    "",
    "Errors of Cloudflare's",
    "",
    ...errors.flatMap(({ code, title }) => wrapped(`${code}`.padEnd(6), title, width)),
    "",
  ].join("\n");
}
