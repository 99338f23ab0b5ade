import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { InputError } from "../read/input-error";
import type { Files } from "../report/place";
import type { Review } from "../rules/review-types";
import { UsageError } from "./usage-error";

/** What a report knows besides the review. */
export interface Rendering {
  /** Columns of the terminal. */
  readonly width: number;
  /** Of originproof. */
  readonly version: string;
  /** Where each input lies, by its label, as the user named it; null of standard input. */
  readonly files: ReadonlyMap<string, string | null>;
  /** The configuration file, as the user named it. */
  readonly config: string;
}

type Renderer = (review: Review, rendering: Rendering) => string;

/** By name; each loads what it needs only when it is asked for. */
const RENDERERS: Readonly<Record<string, () => Renderer>> = {
  text: () => {
    const { renderText } = require("../report/text") as typeof import("../report/text");
    return (review, { width }) => renderText(review, { width });
  },
  markdown: () => markdown("github"),
  "markdown-gitlab": () => markdown("gitlab"),
  json: () => (require("../report/json") as typeof import("../report/json")).renderJson,
  sarif: () => {
    const { renderSarif } = require("../report/sarif") as typeof import("../report/sarif");
    const { markdownPage } = require("./rule-pages") as typeof import("./rule-pages");
    return (review, { version, ...rest }) =>
      renderSarif(review, { version, page: markdownPage, ...placed(rest) });
  },
  codequality: () => {
    const { renderCodeQuality } =
      require("../report/code-quality") as typeof import("../report/code-quality");
    return (review, rendering) => renderCodeQuality(review, placed(rendering));
  },
  html: () => (require("../report/html/page") as typeof import("../report/html/page")).renderHtml,
  "github-annotations": () =>
    (require("../report/github-annotations") as typeof import("../report/github-annotations"))
      .renderGithubAnnotations,
};

function markdown(flavour: "github" | "gitlab"): Renderer {
  const { renderMarkdown } =
    require("../report/markdown/report") as typeof import("../report/markdown/report");
  return (review) => renderMarkdown(review, { flavour });
}

/** Files as reports point at them: relative to the working directory, where they lie in it. */
function placed({ files, config }: Pick<Rendering, "files" | "config">): Files {
  const at = (file: string) => {
    const path = relative(process.cwd(), resolve(file));
    return path.startsWith("..") ? resolve(file) : path;
  };
  const named = [...files].map(([label, file]) => [label, file && at(file)] as const);
  return { files: new Map(named), config: at(config) };
}

/** A report to make, and where it goes: standard output or a file. */
export interface Report {
  readonly render: Renderer;
  readonly file: string | undefined;
}

/**
 * What one `--format` asks for.
 *
 * @param option `name` or `name=file`
 * @throws UsageError where there is no such format, or its file has no name
 */
export function reportOf(option: string): Report {
  const [name = "", ...rest] = option.split("=");
  const load = Object.hasOwn(RENDERERS, name) ? RENDERERS[name] : undefined;
  if (load === undefined) {
    const known = Object.keys(RENDERERS).join(", ");
    throw new UsageError(`'--format' got ${JSON.stringify(name)}; use one of ${known}`);
  }
  const file = rest.join("=");
  if (file === "" && option.includes("=")) {
    throw new UsageError(`'--format' got ${JSON.stringify(option)}, which names no file`);
  }
  return { render: load(), file: file === "" ? undefined : file };
}

/** @throws InputError where a file can't be written */
export function writeReports(
  reports: readonly Report[],
  review: Review,
  rendering: Rendering,
): void {
  for (const { render, file } of reports) {
    const text = render(review, rendering);
    file === undefined ? process.stdout.write(text) : writeReport(file, text);
  }
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(file, `can't be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
