import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiServer, TOKEN } from "../support/api-server";

const COMMAND = join(__dirname, "../../dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "originproof-comment-"));

/** For `afterAll`. */
export function removeFolder(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A file in a folder of the tests' own. */
export function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Runs the built command, without the environment of whoever runs the tests. */
export function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, "comment", ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("close", (status) => resolve({ stdout, stderr, status }));
  });
}

/** What a runner of GitHub sets for pull request 7. */
export function githubEnv(api: ApiServer, event: object = { pull_request: { number: 7 } }) {
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: api.url,
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_EVENT_PATH: written("event.json", JSON.stringify(event)),
    GITHUB_TOKEN: TOKEN,
  };
}

/** What a runner of GitLab sets for merge request 7 of project 42, in the pipeline of a fork. */
export function gitlabEnv(api: ApiServer) {
  return {
    GITLAB_CI: "true",
    CI_API_V4_URL: api.url,
    CI_PROJECT_ID: "43",
    CI_MERGE_REQUEST_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "7",
    GITLAB_TOKEN: TOKEN,
  };
}
