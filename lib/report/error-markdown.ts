import type { ErrorPage } from "../edge/explained";

/** An error of Cloudflare's as a section of Markdown, as docs/errors.md has it. */
export function errorMarkdown(page: ErrorPage): string {
  const { code, title, meaning, causes, covered, rules, steps, see } = page;
  const links = rules.map((id) => `[${id}](rules/${id}.md)`);
  return [
    `## Error ${code}: ${title}`,
    meaning,
    "### Causes",
    causes.map((cause) => `- ${cause}`).join("\n"),
    "### What originproof shows",
    covered,
    ...(links.length === 0 ? [] : [`Rules: ${links.join(", ")}.`]),
    "### What to do",
    steps.map((step, index) => `${index + 1}. ${step}`).join("\n"),
    `Cloudflare's own page: <${see}>`,
  ].join("\n\n");
}
