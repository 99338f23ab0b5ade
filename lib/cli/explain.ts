import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TITLED_CODES } from "../edge/errors";
import { type ErrorPage, errorPage } from "../edge/explained";
import { type Entry, EXPLAIN_FORMATS, renderIndex } from "../report/explain";
import { RULES } from "../rules/registry";
import { CLEAN } from "./exit-code";
import { nearOf } from "./near";
import { UsageError } from "./usage-error";

/** Options of `originproof explain`, as the command line gives them. */
export interface ExplainCommand {
  readonly format?: string;
}

/** The pages of the package, beside `lib` or `dist`. */
const DOCS = join(__dirname, "..", "..", "docs");

/** Explains a rule or an error, or lists them all, and returns the exit code. */
export function runExplain(asked: string | undefined, { format }: ExplainCommand): number {
  const width = process.stdout.columns ?? 80;
  const render = rendererOf(format ?? "text");
  if (asked === undefined && format !== undefined) {
    throw new UsageError("'--format' is for one rule or code; name it");
  }
  process.stdout.write(
    asked === undefined ? renderIndex(RULES, errorPages(), width) : render(entryOf(asked), width),
  );
  return CLEAN;
}

function rendererOf(format: string): (entry: Entry, width: number) => string {
  const render = Object.hasOwn(EXPLAIN_FORMATS, format) ? EXPLAIN_FORMATS[format] : undefined;
  if (render === undefined) {
    const known = Object.keys(EXPLAIN_FORMATS).join(", ");
    throw new UsageError(`'--format' got ${JSON.stringify(format)}; use one of ${known}`);
  }
  return render;
}

function errorPages(): readonly ErrorPage[] {
  return TITLED_CODES.flatMap((code) => errorPage(code) ?? []);
}

function entryOf(asked: string): Entry {
  const code = /^(?:error[ -]?)?(\d{1,5})$/i.exec(asked.trim())?.[1];
  if (code !== undefined) {
    const page = errorPage(Number(code));
    if (page === undefined) {
      const all = TITLED_CODES.join(", ");
      throw new UsageError(`${code} is none of the errors that are explained: ${all}`);
    }
    return { kind: "error", page };
  }
  const rule = RULES.find(({ id }) => id === asked);
  if (rule === undefined) {
    throw new UsageError(
      `there is no rule ${JSON.stringify(asked.slice(0, 100))}; ${advice(asked)}`,
    );
  }
  return {
    kind: "rule",
    rule,
    markdown: readFileSync(join(DOCS, "rules", `${rule.id}.md`), "utf8"),
  };
}

function advice(asked: string): string {
  const near = nearOf(
    asked,
    RULES.map(({ id }) => id),
  );
  return near.length === 0
    ? "'originproof explain' lists all"
    : `did you mean ${near.join(" or ")}?`;
}
