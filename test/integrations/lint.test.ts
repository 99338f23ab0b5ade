import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { describeWithLinters, linter } from "../support/linters";

const ROOT = join(__dirname, "../..");
const GITHUB = "integrations/github";
const WORKFLOWS = readdirSync(join(ROOT, GITHUB))
  .filter((name) => name.endsWith(".yml"))
  .map((name) => join(GITHUB, name));
const SCRIPTS = readdirSync(join(ROOT, GITHUB))
  .filter((name) => name.endsWith(".sh"))
  .map((name) => join(GITHUB, name));

const scripts = mkdtempSync(join(tmpdir(), "originproof-scripts-"));
afterAll(() => rmSync(scripts, { recursive: true, force: true }));

/** What a linter says; nothing where all is well. */
function lint(name: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(linter(name) ?? name, args, {
    cwd: ROOT,
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}${error?.message ?? ""}`;
}

function read(file: string): ReturnType<typeof parse> {
  return parse(readFileSync(join(ROOT, file), "utf8"));
}

/** Every text under a key `run`, `script` or `before_script`, as a file of its own. */
function shellOf(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === "string" && /^(run|command|script|before_script|entry)$/.test(key)) {
      found.push(value);
    } else if (Array.isArray(value)) {
      value.forEach((each) => {
        visit(each, key);
      });
    } else if (typeof value === "object" && value !== null) {
      Object.entries(value).forEach(([name, each]) => {
        visit(each, name);
      });
    }
  };
  visit(read(file), "");
  return found.map((text, index) => {
    const name = join(scripts, `${file.replaceAll("/", "_")}-${index}.sh`);
    writeFileSync(name, `${text}\n`);
    return name;
  });
}

describeWithLinters("what GitHub reads", ["actionlint", "check-jsonschema", "shellcheck"], () => {
  it.each(WORKFLOWS)("%s is a workflow", (file) => {
    expect(lint("actionlint", "-shellcheck", linter("shellcheck") ?? "", file)).toBe("");
    expect(lint("check-jsonschema", "--builtin-schema", "vendor.github-workflows", file)).toBe("");
  });

  it("action.yml is an action", () => {
    const schema = "vendor.github-actions";
    expect(lint("check-jsonschema", "--builtin-schema", schema, "action.yml")).toBe("");
  });

  it("the linters find what is wrong", () => {
    const text = readFileSync(join(ROOT, GITHUB, "terraform.yml"), "utf8");
    const broken = join(scripts, "broken.yml");
    writeFileSync(broken, text.replace("github.repository", "github.repositories"));
    expect(lint("actionlint", broken)).toContain('property "repositories" is not defined');
  });

  it.each(WORKFLOWS)(
    "%s pins what others publish, gives no secret, and checks out safely",
    (file) => {
      const text = readFileSync(join(ROOT, file), "utf8");
      const uses = (text.match(/uses: .*$/gm) ?? []).filter((line) => !line.includes("OWNER/"));
      expect(uses.length).toBeGreaterThan(1);
      expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
      expect(text).not.toMatch(/pull_request_target|secrets\.|permissions: write-all/);
      const steps = Object.values(read(file).jobs as Record<string, { steps: Step[] }>)
        .flatMap((job) => job.steps)
        .filter((step) => step.uses?.startsWith("actions/checkout@"));
      expect(steps.map((step) => step.with?.["persist-credentials"])).not.toContain(undefined);
      const runs = Object.values(read(file).jobs as Record<string, { steps: Step[] }>)
        .flatMap((job) => job.steps)
        .map(({ run = "" }) => run);
      expect(runs.join("\n")).not.toContain("${{");
    },
  );

  it.each(WORKFLOWS)("%s gives the action inputs that it has", (file) => {
    const inputs = Object.keys(read("action.yml").inputs);
    const jobs = Object.values(read(file).jobs as Record<string, { steps: Step[] }>);
    const own = jobs
      .flatMap((job) => job.steps)
      .filter((step) => step.uses?.startsWith("OWNER/originproof@"));
    expect(own).toHaveLength(1);
    expect(Object.keys(own[0]?.with ?? {}).filter((name) => !inputs.includes(name))).toEqual([]);
  });
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

describeWithLinters("scripts", ["shellcheck"], () => {
  it.each([...SCRIPTS, "scripts/linters.sh"])("%s", (file) => {
    expect(lint("shellcheck", file)).toBe("");
  });

  it.each([
    ["action.yml", "bash"],
    ["integrations/gitlab/originproof.gitlab-ci.yml", "sh"],
    ["integrations/atlantis/repos.yaml", "sh"],
  ])("those inside %s", (file, shell) => {
    const files = shellOf(file);
    expect(files.length).toBeGreaterThan(1);
    expect(lint("shellcheck", "--shell", shell, ...files)).toBe("");
  });
});

describeWithLinters("what GitLab reads", ["check-jsonschema"], () => {
  const file = "integrations/gitlab/originproof.gitlab-ci.yml";

  it("fits its schema", () => {
    expect(lint("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", file)).toBe("");
  });

  it("keeps the reports of a job that fails, and names no token", () => {
    const { artifacts } = read(file).originproof;
    expect(artifacts).toMatchObject({
      when: "always",
      reports: { codequality: "gl-code-quality-report.json" },
    });
    expect(
      shellOf(file)
        .map((name) => readFileSync(name, "utf8"))
        .join(),
    ).not.toContain("TOKEN");
  });
});

describeWithLinters("what pre-commit reads", ["pre-commit"], () => {
  it("is a manifest and a configuration", () => {
    expect(lint("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")).toBe("");
    const recipe = "integrations/pre-commit/.pre-commit-config.yaml";
    expect(lint("pre-commit", "validate-config", recipe)).toBe("");
    const ids = read(".pre-commit-hooks.yaml").map(({ id }: { id: string }) => id);
    const used = read(recipe).repos.filter(({ repo }: { repo: string }) => repo !== "local");
    expect(
      used.flatMap(({ hooks }: { hooks: { id: string }[] }) => hooks.map(({ id }) => id)),
    ).toEqual(ids);
  });
});

describe("what Atlantis reads", () => {
  const server = read("integrations/atlantis/repos.yaml");

  it("has only keys that Atlantis knows", () => {
    const repo = [
      "id",
      "workflow",
      "apply_requirements",
      "allowed_overrides",
      "allow_custom_workflows",
    ];
    expect(Object.keys(server)).toEqual(["repos", "workflows"]);
    expect(Object.keys(server.repos[0]).filter((key) => !repo.includes(key))).toEqual([]);
    for (const step of server.workflows.originproof.plan.steps) {
      const [word] = typeof step === "string" ? [step] : Object.keys(step);
      expect(["init", "plan", "run"]).toContain(word);
      const run = typeof step === "string" ? undefined : step.run;
      if (typeof run === "object") {
        expect(Object.keys(run)).toEqual(["command", "output"]);
        expect(run.output).toBe("hide");
      }
    }
  });

  it("lets no repository go around the review", () => {
    expect(server.repos[0]).toMatchObject({
      workflow: "originproof",
      allowed_overrides: [],
      allow_custom_workflows: false,
    });
    const { projects } = read("integrations/atlantis/atlantis.yaml");
    expect(projects.flatMap((each: object) => Object.keys(each))).not.toContain("workflow");
  });
});
