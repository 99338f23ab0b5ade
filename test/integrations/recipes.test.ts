import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { environment, prepare } from "../docs/guide";
import { ApiServer, TOKEN } from "../support/api-server";
import { describeWithLinters, linter } from "../support/linters";
import { describeWithTerraform } from "../support/terraform";
import { bash } from "./runner";

const ROOT = join(__dirname, "../..");
const INPUTS = join(ROOT, "test/golden/inputs");

const folders: string[] = [];
const api = new ApiServer("gitlab");
beforeAll(() => api.start());
beforeEach(() => api.reset());
afterAll(() => {
  api.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project that has originproof in its node_modules. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), "originproof-recipe-"));
  folders.push(folder);
  prepare(folder);
  return folder;
}

function read(file: string): ReturnType<typeof parse> {
  return parse(readFileSync(join(ROOT, file), "utf8"));
}

describe("the job of GitLab CI", () => {
  const job = read("integrations/gitlab/originproof.gitlab-ci.yml").originproof;

  /** Does what a runner of GitLab does with the job's script. */
  async function run(plan: string, env: Readonly<Record<string, string>> = {}) {
    const folder = project();
    copyFileSync(join(INPUTS, plan), join(folder, "plan.json"));
    const ended = await bash(job.script.join("\n"), folder, {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      ...job.variables,
      GITLAB_CI: "true",
      CI_API_V4_URL: api.url,
      CI_PROJECT_ID: "42",
      CI_MERGE_REQUEST_PROJECT_ID: "42",
      CI_MERGE_REQUEST_IID: "7",
      GITLAB_TOKEN: TOKEN,
      ...env,
    });
    return { ...ended, folder };
  }

  it("writes one note, which the next run updates, and ends by the verdict", async () => {
    expect((await run("quickstart.plan.json")).status).toBe(0);
    const { status, log, folder } = await run("range-removed.plan.json");
    expect(status).toBe(1);
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toContain("131.0.72.0/22");
    expect(log).toContain("131.0.72.0/22");
    const quality = JSON.parse(readFileSync(join(folder, "gl-code-quality-report.json"), "utf8"));
    expect(quality).toEqual([
      expect.objectContaining({ check_name: "firewall/misses-edge-range" }),
    ]);
  });

  it("needs no token, as in a pipeline of a fork", async () => {
    const { status, log, folder } = await run("range-removed.plan.json", { GITLAB_TOKEN: "" });
    expect(status).toBe(1);
    expect(log).toContain("no token: set GITLAB_TOKEN; the report is in originproof.md");
    expect(readFileSync(join(folder, "originproof.md"), "utf8")).toContain("131.0.72.0/22");
    expect(api.requests).toEqual([]);
  });

  it("ends with 2 where the review can't run", async () => {
    const { status } = await run("empty.json");
    expect(status).toBe(2);
    expect(api.requests).toEqual([]);
  });
});

describeWithTerraform("the workflow of Atlantis", () => {
  type AtlantisStep = string | { run: string | { command: string } };
  const { steps } = read("integrations/atlantis/repos.yaml").workflows.originproof.plan as {
    steps: readonly AtlantisStep[];
  };
  /** What Atlantis does for its own words. */
  const OWN: Readonly<Record<string, string>> = {
    init: "terraform init -input=false",
    plan: 'terraform plan -input=false -out "$PLANFILE"',
  };

  async function plan(example: string) {
    const folder = project();
    const synth = spawnSync(process.execPath, ["-r", "ts-node/register", example], {
      cwd: ROOT,
      env: { ...process.env, CDKTF_OUTDIR: join(folder, "cdktf.out") },
      encoding: "utf8",
    });
    const stack = join(folder, "cdktf.out/stacks/shop");
    if (!existsSync(stack)) throw new Error(`${synth.stdout}${synth.stderr}`);
    const env = {
      PATH: `${join(folder, "node_modules/.bin")}:${process.env.PATH}`,
      HOME: process.env.HOME ?? "",
      ...environment(folder),
      PLANFILE: join(stack, "shop-default.tfplan"),
      SHOWFILE: join(stack, "shop-default.json"),
    };
    let log = "";
    for (const step of steps) {
      const run = typeof step === "string" ? OWN[step] : step.run;
      const ended = await bash(
        (typeof run === "object" ? run.command : run) ?? "exit 9",
        stack,
        env,
      );
      log += ended.log;
      if (ended.status !== 0)
        return { status: ended.status, log, planned: existsSync(env.PLANFILE) };
    }
    return { status: 0, log, planned: existsSync(env.PLANFILE) };
  }

  it("keeps a plan that is proved", async () => {
    const { status, log, planned } = await plan("examples/quickstart/main.ts");
    expect({ status, planned }).toEqual({ status: 0, planned: true });
    expect(log).toContain("1 hostname: 1 proved");
  });

  it("leaves no plan to apply where it is refuted", async () => {
    const { status, log, planned } = await plan("examples/broken/range-missing/main.ts");
    expect({ status, planned }).toEqual({ status: 1, planned: false });
    expect(log).toContain("firewall/misses-edge-range");
  });
});

describeWithLinters("the hook of pre-commit", ["pre-commit"], () => {
  const [hook] = read(".pre-commit-hooks.yaml");

  /** Runs the hook in a repository with synth output, as pre-commit does once it is installed. */
  function commit(example: string, file: string) {
    const folder = project();
    const git = (...args: string[]) => spawnSync("git", args, { cwd: folder, encoding: "utf8" });
    git("init", "-q");
    spawnSync(process.execPath, ["-r", "ts-node/register", example], {
      cwd: ROOT,
      env: { ...process.env, CDKTF_OUTDIR: join(folder, "cdktf.out") },
    });
    const local = { ...hook, language: "system", entry: `npx --no-install ${hook.entry}` };
    const config = { repos: [{ repo: "local", hooks: [local] }] };
    writeFileSync(join(folder, ".pre-commit-config.yaml"), stringify(config));
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src", file), "\n");
    git("add", ".pre-commit-config.yaml", "src");
    const { stdout, status } = spawnSync(linter("pre-commit") ?? "", ["run", "--color=never"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PRE_COMMIT_HOME: join(folder, ".cache") },
    });
    return { stdout, status };
  }

  it("lets what is proved pass", () => {
    const { stdout, status } = commit("examples/quickstart/main.ts", "main.ts");
    expect(stdout).toContain("Passed");
    expect(status).toBe(0);
  });

  it("stops what is refuted, and says why", () => {
    const { stdout, status } = commit("examples/broken/range-missing/main.ts", "main.ts");
    expect(stdout).toContain("firewall/misses-edge-range");
    expect(status).toBe(1);
  });

  it("leaves out commits that change no configuration", () => {
    const { stdout } = commit("examples/quickstart/main.ts", "notes.md");
    expect(stdout).toContain("Skipped");
  });
});
