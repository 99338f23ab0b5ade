import type { ReadInput } from "../read/snapshot";
import { renderWhyJson } from "../report/why-json";
import { renderWhy } from "../report/why-text";
import { todayFrom } from "../rules/today";
import { answerWhy } from "../rules/why";
import type { Why } from "../rules/why-types";
import { CLEAN } from "./exit-code";
import { loadInputs, loadSidecars } from "./load";
import { loadConfig } from "./review";
import { UsageError } from "./usage-error";
import { parseQuestion } from "./why-question";

/** Options of `originproof why`, as the command line gives them. */
export interface WhyCommand {
  readonly format?: string;
  readonly hostname?: string;
  readonly synth?: string;
  readonly config?: string;
}

const RENDERERS: Readonly<Record<string, (why: Why, width: number) => string>> = {
  text: renderWhy,
  json: renderWhyJson,
};

/** Answers what becomes of an address, and returns the exit code: any answer is 0. */
export function runWhy(asked: string, files: readonly string[], command: WhyCommand): number {
  const question = parseQuestion(asked);
  const { format = "text" } = command;
  const render = Object.hasOwn(RENDERERS, format) ? RENDERERS[format] : undefined;
  if (render === undefined) {
    const known = Object.keys(RENDERERS).join(", ");
    throw new UsageError(`'--format' got ${JSON.stringify(format)}; use one of ${known}`);
  }
  const config = loadConfig(command.config);
  const { reads, sidecars } = loadInputs(files);
  const declared = command.synth === undefined ? [] : loadSidecars(command.synth);
  const why = answerWhy(
    reads,
    { ...question, ...hostnameOf(command) },
    {
      sidecars: [...sidecars, ...declared],
      config,
      today: todayFrom(process.env.SOURCE_DATE_EPOCH),
    },
  );
  refuseUnknownHostname(why, command, reads);
  process.stdout.write(render(why, process.stdout.columns ?? 80));
  return CLEAN;
}

/** As records are read: in lower case, without a final dot. */
function hostnameOf({ hostname }: WhyCommand): { readonly hostname?: string } {
  return hostname === undefined ? {} : { hostname: hostname.toLowerCase().replace(/\.$/, "") };
}

/** A misspelt hostname would look like one without a path on the port. */
function refuseUnknownHostname(
  why: Why,
  { hostname }: WhyCommand,
  reads: readonly ReadInput[],
): void {
  if (hostname !== undefined && why.paths.length + why.others.length === 0) {
    const inputs = reads.map(({ input }) => input.label).join(", ");
    throw new UsageError(`no path of ${inputs} is for the hostname ${JSON.stringify(hostname)}`);
  }
}
