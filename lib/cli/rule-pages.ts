import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The pages of the package, beside `lib` or `dist`. */
const DOCS = join(__dirname, "..", "..", "docs");

/** The Markdown of a rule's page; undefined where the package has none. */
export function markdownPage(rule: string): string | undefined {
  const file = join(DOCS, "rules", `${rule}.md`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
