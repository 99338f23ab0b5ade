import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACTIONS, ApiServer, TOKEN } from "../support/api-server";
import { HOSTILE } from "../support/hostile";
import { type Ended, readAction, runAction } from "./runner";

const ROOT = join(__dirname, "../..");
const INPUTS = join(ROOT, "test/golden/inputs");
const PROVED = "quickstart.plan.json";
const REFUTED = "range-removed.plan.json";
const UNDETERMINED = "forty-records.plan.json";

const workspace = mkdtempSync(join(tmpdir(), "originproof-workspace-"));
const api = new ApiServer("github");
beforeAll(() => api.start());
beforeEach(() => api.reset());
afterAll(() => {
  api.stop();
  rmSync(workspace, { recursive: true, force: true });
});

interface Push {
  readonly plan?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly fork?: boolean;
  readonly event?: Readonly<Record<string, unknown>>;
}

/** A push to the branch of pull request 7, with a plan that the job has made before. */
function push({ plan = PROVED, inputs = {}, fork = false, event }: Push): Promise<Ended> {
  copyFileSync(join(INPUTS, plan), join(workspace, "plan.json"));
  const head = { repo: { full_name: fork ? "mallory/shop" : "acme/shop" } };
  const happened = event ?? { pull_request: { number: 7, head } };
  const file = join(workspace, "event.json");
  writeFileSync(file, JSON.stringify(happened));
  return runAction({
    inputs: { plans: "plan.json", ...inputs },
    github: { token: TOKEN, repository: "acme/shop", event: happened },
    workspace,
    env: { GITHUB_API_URL: api.url, GITHUB_REPOSITORY: "acme/shop", GITHUB_EVENT_PATH: file },
  });
}

describe("three pushes", () => {
  it("leave one comment, which says what the last one does", async () => {
    const ends: Ended[] = [];
    for (const plan of [PROVED, REFUTED, UNDETERMINED]) {
      ends.push(await push({ plan }));
      expect(api.comments).toHaveLength(1);
    }
    expect(ends.map(({ status }) => status)).toEqual([0, 1, 0]);
    expect(ends.map(({ outputs }) => outputs.verdict)).toEqual([
      "proved",
      "refuted",
      "undetermined",
    ]);
    expect(api.writes()).toEqual([
      "POST /repos/acme/shop/issues/7/comments",
      `PATCH /repos/acme/shop/issues/comments/${api.comments[0]?.id}`,
      `PATCH /repos/acme/shop/issues/comments/${api.comments[0]?.id}`,
    ]);
    expect(api.comments[0]?.body).toMatch(/^<!-- originproof:review -->\n/);
    expect(api.comments[0]?.body).toContain("undetermined for 40 hostnames");
  });
});

describe("a push", () => {
  it("that breaks a site says so everywhere", async () => {
    const { status, summary, outputs, commands, log } = await push({ plan: REFUTED });
    expect(status).toBe(1);
    expect(summary).toContain("refuted");
    expect(outputs).toMatchObject({ verdict: "refuted", errors: "1", warnings: "0", new: "" });
    expect(commands).toEqual([
      expect.stringMatching(/^::error title=[a-z/-]+%3A .*Fix%3A|^::error /),
    ]);
    expect(log).toContain("131.0.72.0/22");
    expect(log).not.toContain(TOKEN);
  });

  it("uploads SARIF where that is wanted, and permitted", async () => {
    const inputs = { "upload-sarif": "true", sarif: "review.sarif" };
    const { used } = await push({ inputs });
    expect(used.map(({ uses }) => uses)).toEqual([
      expect.stringMatching(/^github\/codeql-action\/upload-sarif@[0-9a-f]{40}$/),
    ]);
    expect(JSON.parse(readFileSync(join(workspace, "review.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
    expect((await push({ inputs, fork: true })).used).toEqual([]);
    expect((await push({})).used).toEqual([]);
  });

  it("gates what is new alone, with a base", async () => {
    copyFileSync(join(INPUTS, REFUTED), join(workspace, "base.json"));
    const inputs = { base: "base.json", "fail-on": "new" };
    const old = await push({ plan: REFUTED, inputs });
    expect({ status: old.status, new: old.outputs.new }).toEqual({ status: 0, new: "0" });
    copyFileSync(join(INPUTS, PROVED), join(workspace, "base.json"));
    expect((await push({ plan: REFUTED, inputs })).status).toBe(1);
  });

  it("takes files in another folder, by pattern, with blanks in their names", async () => {
    const folder = join(workspace, "infra");
    mkdirSync(join(folder, "my plans"), { recursive: true });
    copyFileSync(join(INPUTS, PROVED), join(folder, "my plans", "a.json"));
    const inputs = { plans: "\n  my plans/*.json \n\n", "working-directory": "infra" };
    expect((await push({ inputs })).status).toBe(0);
  });

  it("points at the line in another folder from the repository's root", async () => {
    const outdir = join(workspace, "infra", "cdktf.out");
    mkdirSync(outdir, { recursive: true });
    spawnSync(
      process.execPath,
      ["-r", "ts-node/register", "examples/broken/range-missing/main.ts"],
      {
        cwd: ROOT,
        env: { ...process.env, CDKTF_OUTDIR: outdir },
      },
    );
    // What synth writes of the library's own constructs; this one is the provider's.
    const sidecar = join(outdir, "stacks/shop/originproof.json");
    const declared = JSON.parse(readFileSync(sidecar, "utf8"));
    declared.resources["aws_security_group.Firewall"].source = { file: "lib/shop.ts", line: 21 };
    writeFileSync(sidecar, JSON.stringify(declared));
    const inputs = { plans: "cdktf.out", "working-directory": "infra", sarif: "review.sarif" };
    const { commands, status } = await push({ inputs });
    expect(status).toBe(1);
    const file = "infra/lib/shop.ts";
    expect(commands).toEqual([expect.stringMatching(`^::error file=${file},line=21,title=`)]);
    const sarif = readFileSync(join(workspace, "infra", "review.sarif"), "utf8");
    const uris = [...sarif.matchAll(/"uri": "([^"]+\.ts)"/g)].map((match) => match[1]);
    expect([...new Set(uris)]).toEqual([file]);
  });

  it("ends with 2 and posts nothing where the review can't run", async () => {
    const missing = await push({ inputs: { plans: "nowhere.json" } });
    expect(missing.status).toBe(2);
    expect(missing.log).toContain("there is no such file or folder");
    expect((await push({ inputs: { plans: " \n" } })).log).toContain("names no file");
    expect((await push({ inputs: { version: "1.0.0; touch x" } })).log).toContain(
      "no whole version",
    );
    expect(api.requests).toEqual([]);
  });

  it("posts nothing where that is not wanted, and on a push to a branch", async () => {
    await push({ inputs: { comment: "false" } });
    const { status, summary } = await push({ event: { ref: "refs/heads/main" } });
    expect(status).toBe(0);
    expect(summary).toContain("proved");
    expect(api.requests).toEqual([]);
  });
});

describe("a pull request from a fork", () => {
  it.each([
    [PROVED, 0],
    [REFUTED, 1],
  ])("ends by the verdict, with the report in the summary: %s", async (plan, status) => {
    api.account = { ...ACTIONS, writes: false };
    const ended = await push({ plan, fork: true });
    expect(ended.status).toBe(status);
    expect(ended.summary.match(/<!-- originproof:review -->/g)).toHaveLength(1);
    expect(ended.log).toContain("the token may not write comments");
    expect(api.comments).toEqual([]);
  });

  it("lets the API be down", async () => {
    api.faults = [() => ({ status: 400, body: { message: "::error::no" } })];
    const { status, commands } = await push({ plan: PROVED });
    expect(status).toBe(0);
    expect(commands).toEqual([
      expect.stringMatching(/^::warning title=originproof::The comment could not be posted/),
    ]);
  });
});

describe("a hostile plan", () => {
  const texts = [
    "workflow_command",
    "azure_command",
    "mention",
    "marker",
    "quick_action",
    "ansi",
  ] as const;

  it("begins no command of the runner, and no second comment", async () => {
    const hostile = texts.map((name) => HOSTILE[name]).join("\n");
    const plan = JSON.parse(readFileSync(join(INPUTS, REFUTED), "utf8"));
    const text = JSON.stringify(plan).replaceAll(
      '"www.example.com"',
      JSON.stringify(`${hostile}.example.com`),
    );
    writeFileSync(join(workspace, "hostile.json"), text);
    const { commands, status } = await push({ inputs: { plans: "hostile.json" } });
    expect(status).toBeLessThanOrEqual(1);
    expect(
      commands.filter((line) => !/^::(error|warning|notice) (file|title)=/.test(line)),
    ).toEqual([]);
    await push({ inputs: { plans: "hostile.json" } });
    expect(api.comments).toHaveLength(1);
    const [first, ...rest] = api.comments[0]?.body.split("\n") ?? [];
    expect(first).toBe("<!-- originproof:review -->");
    expect(rest.filter((line) => /^\s*\//.test(line))).toEqual([]);
  });
});

describe("action.yml", () => {
  const { runs, inputs } = readAction();

  it("has no value of a context inside a script", () => {
    expect(runs.using).toBe("composite");
    expect(runs.steps.filter(({ run }) => run?.includes("${{")).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it("pins every action by commit, and says its version", () => {
    const text = readFileSync(join(ROOT, "action.yml"), "utf8");
    const uses = text.match(/^\s+uses: .*$/gm) ?? [];
    expect(uses).toHaveLength(1);
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("uses every input", () => {
    const text = JSON.stringify(runs);
    const unused = Object.keys(inputs).filter((name) => !text.includes(`inputs.${name}`));
    expect(unused).toEqual([]);
  });
});
