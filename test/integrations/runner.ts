import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { type Contexts, evaluate, interpolated, truthy } from "./expression";

const ROOT = join(__dirname, "../..");

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "continue-on-error"?: boolean;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { required?: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export function readAction(): Action {
  return parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
}

/** What a workflow gives and a runner knows. */
export interface Job {
  readonly inputs: Readonly<Record<string, string>>;
  /** The `github` context. */
  readonly github: Readonly<Record<string, unknown>>;
  /** The folder that the repository is checked out to. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Ended {
  /** Of the action: that of the first step that failed. */
  readonly status: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Steps that another action does, with what it is given. */
  readonly used: readonly {
    readonly uses: string;
    readonly with: Readonly<Record<string, string>>;
  }[];
  /** Commands that the runner would carry out: annotations and the like. */
  readonly commands: readonly string[];
}

/** Does what a runner of GitHub does with the action's steps. */
export async function runAction(job: Job): Promise<Ended> {
  const action = readAction();
  const temp = mkdtempSync(join(tmpdir(), "originproof-runner-"));
  try {
    return await new Run(action, job, temp).all();
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

class Run {
  private readonly steps: Record<string, { outputs: Record<string, string> }> = {};
  private readonly used: { uses: string; with: Record<string, string> }[] = [];
  private status = 0;
  private log = "";
  private summary = "";

  constructor(
    private readonly action: Action,
    private readonly job: Job,
    private readonly temp: string,
  ) {}

  async all(): Promise<Ended> {
    for (const [index, step] of this.action.runs.steps.entries()) {
      const wanted = step.if === undefined || truthy(evaluate(step.if, this.contexts()));
      if (this.status === 0 && wanted) {
        const status =
          step.run === undefined ? this.use(step) : await this.run(step, step.run, index);
        this.status = step["continue-on-error"] === true ? 0 : status;
      }
    }
    const outputs = Object.entries(this.action.outputs).map(([name, { value }]) => [
      name,
      interpolated(value, this.contexts()),
    ]);
    const { status, log, summary, used } = this;
    return {
      status,
      log,
      summary,
      outputs: Object.fromEntries(outputs),
      used,
      commands: commandsIn(log),
    };
  }

  private contexts(): Contexts {
    const given = Object.entries(this.action.inputs).map(([name, { default: value = "" }]) => [
      name,
      this.job.inputs[name] ?? interpolated(value, { github: this.job.github }),
    ]);
    return { inputs: Object.fromEntries(given), steps: this.steps, github: this.job.github };
  }

  private use({ uses = "", with: given = {} }: Step): number {
    const filled = Object.entries(given).map(([key, value]) => [
      key,
      interpolated(value, this.contexts()),
    ]);
    this.used.push({ uses, with: Object.fromEntries(filled) });
    return 0;
  }

  private async run(step: Step, script: string, index: number): Promise<number> {
    const folder = join(this.temp, String(index));
    mkdirSync(folder);
    const [output, summary] = [join(folder, "output"), join(folder, "summary")];
    writeFileSync(output, "");
    writeFileSync(summary, "");
    const own = Object.entries(step.env ?? {}).map(([key, value]) => [
      key,
      interpolated(value, this.contexts()),
    ]);
    const env = {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      SOURCE_DATE_EPOCH: "1800000000",
      ...this.job.env,
      GITHUB_ACTIONS: "true",
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: this.temp,
      ...Object.fromEntries(own),
    };
    // As `shell: bash` does.
    const ended = await bash(script, this.job.workspace, env);
    this.log += ended.log;
    this.summary += readFileSync(summary, "utf8");
    const lines = readFileSync(output, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const outputs = lines.map((line) => [
      line.slice(0, line.indexOf("=")),
      line.slice(line.indexOf("=") + 1),
    ]);
    if (step.id !== undefined) this.steps[step.id] = { outputs: Object.fromEntries(outputs) };
    return ended.status;
  }
}

/** Runs a script as runners do, both streams in one. */
export function bash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly log: string; readonly status: number }> {
  return new Promise((resolve) => {
    const words = ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", `exec 2>&1\n${script}`];
    const child = spawn("bash", words, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
    let log = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      log += text;
    });
    child.on("close", (status) => resolve({ log, status: status ?? 1 }));
  });
}

/**
 * Lines of a log that the runner would carry out: those that begin with `::`, and those with `##[`
 * anywhere, unless they are stopped.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function commandsIn(log: string): readonly string[] {
  let stopped: string | undefined;
  return log.split(/\r?\n/).filter((line) => {
    const text = line.trimStart();
    if (stopped !== undefined) {
      if (text.startsWith(`::${stopped}::`)) stopped = undefined;
      return false;
    }
    const stop = /^::stop-commands::(.+)$/.exec(text)?.[1];
    stopped = stop;
    return stop === undefined && (/^::[a-z-]+(?: .*)?::/.test(text) || line.includes("##["));
  });
}
