import type { Moment } from "./cloud/history";
import type { LogEntry } from "./cloud/log";
import type { Refusal } from "./cloud/options";
import type { CloudState } from "./cloud/state";
import type { Steered, Target } from "./steer";

export interface SandboxOptions {
  /** Text of a `.tf` file, or an object written as `.tf.json`. Neither: the folder has its own. */
  readonly configuration?: string | object;
  /** More files, by path: modules, `.tfvars`; text, or an object written as JSON. */
  readonly files?: Readonly<Record<string, string | object>>;
  /** Milliseconds each call of the cloud takes, at least and at most. @default [0, 0] */
  readonly delay?: readonly [number, number];
  /** Decides ids and delays. @default "" */
  readonly seed?: string;
  readonly refuse?: readonly Refusal[];
  readonly quota?: Readonly<Record<string, number>>;
  /** Folder of another sandbox whose cloud this one shares, as stacks of one account do. */
  readonly cloud?: string;
  /** Major version of the Cloudflare provider; 4 has records, zones, settings, page rules. @default 5 */
  readonly cloudflare?: 4 | 5;
  /** First three bytes of public addresses. @default "203.0.113" */
  readonly publicPrefix?: string;
  /** A file with `ipv4` and `ipv6` for the data source `cloudflare_ip_ranges`. */
  readonly rangesFile?: string;
  /**
   * `attached`: this process answers terraform, which is quick. `processes`: terraform starts its
   * providers, as it does outside of tests, without `terraform init`. @default "attached"
   */
  readonly providers?: "attached" | "processes";
  /**
   * The cloud and its log are kept in this process instead of files, for big configurations; only
   * with attached providers. @default false
   */
  readonly memory?: boolean;
  /** Whether a cloud in memory keeps what `history()` tells. @default true */
  readonly history?: boolean;
  /** More of the environment, such as `TF_VAR_x`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Terraform ended with an error. `message` is what it printed, without colour. */
export class TerraformError extends Error {
  constructor(
    readonly args: readonly string[],
    readonly exitCode: number,
    readonly output: string,
  ) {
    super(`terraform ${args.join(" ")} ended with ${exitCode}\n${output}`);
  }
}

export interface PlanResult {
  /** Path of the plan file. */
  readonly file: string;
  /** Terraform's own word: something is to be done. */
  readonly changes: boolean;
}

export interface Sandbox {
  /** Where terraform runs. */
  readonly folder: string;
  /** Replaces the configuration. */
  configure(configuration: string | object): void;
  /** Writes one more file below the folder. */
  write(path: string, content: string | object): void;
  /** Changes what the cloud does from the next run on. */
  set(options: Omit<SandboxOptions, "configuration">): void;
  plan(...args: readonly string[]): Promise<PlanResult>;
  /** Applies a plan, or what the configuration asks for; returns what terraform printed. */
  apply(plan?: PlanResult, ...args: readonly string[]): Promise<string>;
  /** Applies a plan in such an order that the state in between is reached. */
  steer(plan: PlanResult, target: Target): Promise<Steered>;
  destroy(...args: readonly string[]): Promise<string>;
  /** `terraform show -json` of a plan, or of the state. */
  show(plan?: PlanResult): Promise<unknown>;
  /** `terraform graph -plan`, as DOT. */
  graph(plan: PlanResult): Promise<string>;
  /** The raw state, as `terraform state pull` prints it. */
  stateJson(): Promise<unknown>;
  /** Any other command. */
  run(...args: readonly string[]): Promise<string>;
  /** Every call to the cloud so far, in order. */
  log(): readonly LogEntry[];
  /** What the cloud holds now: `packets/` says what reaches what in it. */
  cloud(): CloudState;
  /** Terraform's address of every object that a state has had, by `<type> <id>`. */
  addresses(): ReadonlyMap<string, string>;
  /** The cloud right after each call that was to change something, in order. */
  history(): readonly Moment[];
}
