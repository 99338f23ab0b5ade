import { type Config, ConfigSchema } from "./config-schema";
import { issueProblem, parseText, type TextProblem } from "./config-text";

/** A text as a configuration, or what is wrong with it. */
export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problem: TextProblem };

/** Reads `originproof.config.json`: JSON, in which comments and trailing commas are fine. */
export function readConfig(text: string): ReadConfig {
  const read = parseText(text);
  const parsed = read.ok ? ConfigSchema.safeParse(read.value) : undefined;
  if (parsed?.success) {
    return { ok: true, config: parsed.data };
  }
  const [issue] = parsed?.error.issues ?? [];
  const problem = read.ok ? issue && issueProblem(text, read.root, issue) : read.problem;
  return { ok: false, problem: problem ?? { line: 1, column: 1, text: "is not valid" } };
}
