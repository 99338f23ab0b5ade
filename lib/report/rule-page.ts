import { RULES } from "../rules/registry";

/** Where the package's own docs folder is served from, as its latest release has it. */
const DOCS = "https://unpkg.com/originproof/docs";

/**
 * The page of a rule of this package; null for one of the user's own.
 *
 * @param docs the address of another copy of `docs`, such as one of your company's
 */
export function rulePage(id: string, docs: string = DOCS): string | null {
  return RULES.some((rule) => rule.id === id) ? `${docs}/rules/${id}.md` : null;
}
