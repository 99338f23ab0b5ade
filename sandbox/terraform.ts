import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { learnAddresses, SERVED_STATE, withAddresses } from "./addresses";
import { attach } from "./attach";
import { type Moment, moments } from "./cloud/history";
import { type LogEntry, readLog } from "./cloud/log";
import { Memory, memoryOf, remember } from "./cloud/memory";
import { type CloudState, EMPTY, Store } from "./cloud/state";
import { type Ended, execute, withoutTerraform } from "./execute";
import { install } from "./install";
import { type PlanResult, type Sandbox, type SandboxOptions, TerraformError } from "./sandbox";
import { type StateServer, serveState } from "./state-server";
import { reachedMoment, type Steered, steeringOf, type Target } from "./steer";

export { type PlanResult, type Sandbox, type SandboxOptions, TerraformError } from "./sandbox";

/** Whether a terraform program is on the PATH. */
export function terraformVersion(): string | undefined {
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  return status === 0 ? JSON.parse(stdout).terraform_version : undefined;
}

/** Terraform in `folder`, with the stand-in providers and a cloud of its own. */
export function createSandbox(folder: string, options: SandboxOptions = {}): Sandbox {
  return new LocalSandbox(resolve(folder), options);
}

class LocalSandbox implements Sandbox {
  private readonly installed: Readonly<Record<"attached" | "processes", Record<string, string>>>;
  private readonly seen = new Map<string, string>();
  private runs = 0;
  private initialized = false;

  constructor(
    readonly folder: string,
    private options: SandboxOptions,
  ) {
    const own = join(folder, ".sandbox");
    mkdirSync(own, { recursive: true });
    this.installed = {
      attached: install(own, "mirror"),
      processes: install(own, "dev_overrides"),
    };
    if (options.memory === true && memoryOf(this.cloudFolder) === undefined) {
      remember(this.cloudFolder, new Memory(structuredClone(EMPTY), options.history !== false));
    }
    for (const [path, content] of Object.entries(options.files ?? {})) this.write(path, content);
    if (options.configuration !== undefined) this.configure(options.configuration);
  }

  configure(configuration: string | object): void {
    const isText = typeof configuration === "string";
    const [file, other] = isText ? ["main.tf", "main.tf.json"] : ["main.tf.json", "main.tf"];
    this.write(file, configuration);
    rmSync(join(this.folder, other), { force: true });
  }

  write(path: string, content: string | object): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    this.initialized = false;
  }

  set(options: Omit<SandboxOptions, "configuration">): void {
    this.options = { ...this.options, ...options };
  }

  async plan(...args: readonly string[]): Promise<PlanResult> {
    const file = join(this.folder, ".sandbox", `${this.runs + 1}.tfplan`);
    const words = [
      "plan",
      "-input=false",
      "-no-color",
      "-detailed-exitcode",
      `-out=${file}`,
      ...args,
    ];
    const { code, output } = await this.terraform(words);
    if (code !== 0 && code !== 2) throw new TerraformError(words, code, output);
    return { file, changes: code === 2 };
  }

  async apply(plan?: PlanResult, ...args: readonly string[]): Promise<string> {
    const last = plan === undefined ? [] : [plan.file];
    return this.run("apply", "-input=false", "-no-color", "-auto-approve", ...args, ...last);
  }

  async destroy(...args: readonly string[]): Promise<string> {
    return this.run("destroy", "-input=false", "-no-color", "-auto-approve", ...args);
  }

  async show(plan?: PlanResult): Promise<unknown> {
    const { code, stdout, output } = await this.terraform([
      "show",
      "-json",
      ...(plan === undefined ? [] : [plan.file]),
    ]);
    if (code !== 0) throw new TerraformError(["show"], code, output);
    return JSON.parse(stdout);
  }

  async steer(plan: PlanResult, target: Target): Promise<Steered> {
    const steering = steeringOf(await this.show(plan), target);
    const env = { SANDBOX_STEERING: JSON.stringify(steering) };
    const words = ["apply", "-input=false", "-no-color", "-parallelism=256", plan.file];
    const { code, output } = await this.terraform(words, env);
    const refused = steering.stop && output.includes("Steered: not to go on");
    if (code !== 0 && !refused) throw new TerraformError(words, code, output);
    const run = `${this.runs}-apply`;
    return { moment: reachedMoment(this.cloud(), this.history(), run), output };
  }

  async stateJson(): Promise<unknown> {
    return JSON.parse(await this.run("state", "pull"));
  }

  graph(plan: PlanResult): Promise<string> {
    return this.run("graph", `-plan=${plan.file}`);
  }

  async run(...args: readonly string[]): Promise<string> {
    const { code, stdout, output } = await this.terraform(args);
    if (code !== 0) throw new TerraformError(args, code, output);
    return stdout;
  }

  log(): readonly LogEntry[] {
    this.learn();
    return withAddresses(readLog(this.cloudFolder), this.seen);
  }

  addresses(): ReadonlyMap<string, string> {
    this.learn();
    return this.seen;
  }

  cloud(): CloudState {
    const state = new Store(this.cloudFolder).read();
    return this.options.memory === true ? JSON.parse(JSON.stringify(state)) : state;
  }

  history(): readonly Moment[] {
    const addressed = new Map(this.log().map((entry) => [entry.seq, entry]));
    return [...moments(this.cloudFolder)].map(({ entry, cloud }) => ({
      entry: addressed.get(entry.seq) ?? entry,
      cloud,
    }));
  }

  private get cloudFolder(): string {
    const { cloud } = this.options;
    if (cloud !== undefined) return join(resolve(cloud), ".sandbox", "cloud");
    return this.installed.attached.SANDBOX_DIR ?? "";
  }

  private learn(): void {
    learnAddresses(this.folder, this.seen);
  }

  private async terraform(
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    this.runs += 1;
    this.learn();
    const { providers = "attached" } = this.options;
    const own = {
      ...this.installed[providers],
      ...this.environment(args[0] ?? ""),
      ...more,
    };
    const attached = providers === "attached" ? await attach(own) : undefined;
    const state = this.options.memory === true ? await this.serveState() : undefined;
    const env = {
      ...withoutTerraform(process.env),
      ...own,
      ...attached?.env,
      ...state?.env,
      ...this.options.env,
    };
    try {
      if (attached !== undefined) await this.initialize(env);
      return await execute(args, this.folder, env);
    } finally {
      attached?.close();
      state?.close();
      this.learn();
    }
  }

  /** With a cloud in memory the state is not written after each object either. */
  private serveState(): Promise<StateServer> {
    const file = join(this.folder, "sandbox_override.tf.json");
    if (!existsSync(file)) writeFileSync(file, '{"terraform":{"backend":{"http":{}}}}');
    return serveState(join(this.folder, SERVED_STATE));
  }

  /** For backends and modules; attached providers need none. */
  private async initialize(env: NodeJS.ProcessEnv): Promise<void> {
    if (this.initialized) return;
    const words = ["init", "-input=false", "-no-color", "-reconfigure"];
    const { code, output } = await execute(words, this.folder, env);
    if (code !== 0) throw new TerraformError(words, code, output);
    this.initialized = true;
  }

  private environment(command: string): Record<string, string> {
    const {
      delay = [0, 0],
      seed = "",
      refuse = [],
      quota = {},
      cloudflare = 5,
      publicPrefix,
      rangesFile,
    } = this.options;
    return {
      SANDBOX_DIR: this.cloudFolder,
      SANDBOX_RUN: `${this.runs}-${command}`,
      SANDBOX_DELAY: delay.join("-"),
      SANDBOX_SEED: seed,
      SANDBOX_REFUSE: JSON.stringify(refuse),
      SANDBOX_QUOTA: JSON.stringify(quota),
      SANDBOX_CLOUDFLARE: String(cloudflare),
      ...(publicPrefix === undefined ? {} : { SANDBOX_PUBLIC_PREFIX: publicPrefix }),
      ...(rangesFile === undefined ? {} : { SANDBOX_RANGES: rangesFile }),
      TF_IN_AUTOMATION: "1",
    };
  }
}
