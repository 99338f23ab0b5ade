import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { REVIEW_MARKER } from "../../lib/comment/body";
import { REVIEW_MARKER as REPORTS } from "../../lib/report/markdown/report";
import { ACTIONS, ApiServer, STRANGER } from "../support/api-server";
import { githubEnv, gitlabEnv, removeFolder, run, written } from "./comment";

const MARKER = "<!-- originproof:review -->";
const REPORT = written("review.md", `${MARKER}\n**refuted** www.example.com\n`);
const api = new ApiServer("github");
beforeAll(() => api.start());
beforeEach(() => api.reset());
afterAll(() => {
  api.stop();
  removeFolder();
});

describe("whose comment it is on GitHub", () => {
  it("is asked by GET /user where there is no GraphQL", async () => {
    api.account = { id: 12, login: "shop-bot" };
    api.add(`${MARKER}\nold`);
    api.faults = [({ path }) => (path === "/graphql" ? { status: 404, body: {} } : undefined)];
    expect((await run([REPORT], githubEnv(api))).stdout).toMatch(/^updated /);
  });

  it("is asked beside the API's address on GitHub Enterprise", async () => {
    const marked = [{ id: 1, body: MARKER, user: { id: 5, login: "x", type: "User" } }];
    api.faults = [
      ({ path }) => (path.startsWith("/api/v3/repos/") ? { status: 200, body: marked } : undefined),
    ];
    await run([REPORT], { ...githubEnv(api), GITHUB_API_URL: `${api.url}/api/v3` });
    expect(api.requests.map(({ path }) => path)).toContain("/api/graphql");
  });

  it("is a bot's where nothing tells", async () => {
    api.account = { ...ACTIONS, tells: "nothing" };
    api.add(`${MARKER}\nproved`, STRANGER);
    const { id } = api.add(`${MARKER}\nold`);
    await run([REPORT], githubEnv(api));
    expect(api.writes()).toEqual([`PATCH /repos/acme/shop/issues/comments/${id}`]);
  });

  it("is not a person's who is called like the bot", async () => {
    api.add(`${MARKER}\nproved`, { id: 8, login: "github-actions" });
    await run([REPORT], githubEnv(api));
    expect(api.writes()).toEqual(["POST /repos/acme/shop/issues/7/comments"]);
  });
});

describe("rate limits of GitHub", () => {
  it("waits until the reset of a primary limit", async () => {
    const reset = String(Math.ceil(Date.now() / 1_000));
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    api.faults = [
      ({ method, path }) =>
        method === "POST" && path !== "/graphql"
          ? { status: 403, headers, body: { message: "API rate limit exceeded" } }
          : undefined,
    ];
    const { stderr, status } = await run([REPORT], githubEnv(api));
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^originproof: GitHub's rate limit is used up; trying again in [12] s\n$/,
    );
    expect(api.comments).toHaveLength(1);
  });

  it("does not take a secondary limit for a missing permission", async () => {
    const message = "You have exceeded a secondary rate limit. Please wait a few minutes.";
    api.faults = [() => ({ status: 403, body: { message } })];
    const { stderr, status } = await run([REPORT, "--max-wait", "5"], githubEnv(api));
    expect(status).toBe(2);
    expect(stderr).toContain("rate limit is used up; that asks for another 60 s");
  });
});

describe("a pull request from a fork", () => {
  const fork = () => ({
    ...githubEnv(api),
    GITHUB_STEP_SUMMARY: written("summary.md", "before\n"),
  });

  it("gets the report into the summary with --fallback-summary", async () => {
    api.account = { ...ACTIONS, writes: false };
    const env = fork();
    const { stderr, status } = await run([REPORT, "--fallback-summary"], env);
    expect(status).toBe(0);
    expect(stderr).toContain(
      "no comment, but the report is in the step's summary: GitHub answered 403",
    );
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, "utf8")).toBe(
      `before\n${MARKER}\n**refuted** www.example.com\n`,
    );
  });

  it("has it there without any token too", async () => {
    const env = { ...fork(), GITHUB_TOKEN: "" };
    const { stderr, status } = await run([REPORT, "--fallback-summary"], env);
    expect(status).toBe(0);
    expect(stderr).toContain("no token: set GITHUB_TOKEN");
    expect(api.requests).toEqual([]);
  });

  it("ends with 2 without the option, and where something else is wrong", async () => {
    api.account = { ...ACTIONS, writes: false };
    expect((await run([REPORT], fork())).status).toBe(2);
    const wrong = { ...fork(), GITHUB_TOKEN: "wrong" };
    expect((await run([REPORT, "--fallback-summary"], wrong)).status).toBe(2);
  });

  it("is left to the file on GitLab", async () => {
    const env = { ...gitlabEnv(api), GITLAB_TOKEN: "" };
    const { stderr, status } = await run([REPORT, "--fallback-summary"], env);
    expect(status).toBe(0);
    expect(stderr).toContain("no comment: no token: set GITLAB_TOKEN; the report is in ");
  });
});

describe("where the comment belongs", () => {
  it.each([
    ["a comment on a pull request", { issue: { number: 7, pull_request: {} } }, 0, "posted"],
    ["a comment on an issue", { issue: { number: 7 } }, 2, "this run is not for a pull request"],
    ["a push", { ref: "refs/heads/main" }, 2, "give --number"],
    ["a hostile number", { pull_request: { number: "7/../8" } }, 2, "it is a number from 1"],
  ])("is read from the event of %s", async (_, event, status, text) => {
    const ended = await run([REPORT], githubEnv(api, event));
    expect(ended.status).toBe(status);
    expect(ended.stdout + ended.stderr).toContain(text);
  });

  it.each([
    [[], "neither GitHub Actions nor GitLab CI: give --provider, --repository and --number"],
    [["--provider", "bitbucket"], 'got "bitbucket"; use one of github, gitlab'],
    [["--provider", "github", "--number", "7"], "give --repository"],
    [["--provider", "github", "--repository", "a/../b", "--number", "7"], "it is owner/name"],
    [["--provider", "github", "--repository", "../..", "--number", "7"], "it is owner/name"],
    [["--provider", "github", "--repository", "acme/shop", "--number", "0"], "a number from 1"],
    [
      [
        "--provider",
        "github",
        "--repository",
        "acme/shop",
        "--number",
        "7",
        "--api-url",
        "https://me:secret@example.com",
      ],
      "'--api-url' is no https address without user",
    ],
    [["--key", "a --> b"], "use up to 64 letters"],
    [["--max-wait", "soon"], "it is a number of seconds"],
  ])("is refused where it can't be told: %j", async (args, text) => {
    const { stderr, status } = await run(
      [REPORT, ...args],
      args[0] === "--max-wait" ? githubEnv(api) : {},
    );
    expect(status).toBe(2);
    expect(stderr).toContain(text);
    expect(stderr).not.toContain("secret");
  });

  it("can be said whole", async () => {
    const args = ["--provider", "github", "--repository", "acme/shop", "--number", "7"];
    const env = { GITHUB_TOKEN: githubEnv(api).GITHUB_TOKEN };
    expect((await run([REPORT, ...args, "--api-url", `${api.url}/`], env)).status).toBe(0);
    expect(api.comments).toHaveLength(1);
  });
});

it("goes through a proxy where the environment names one", async () => {
  const asked: string[] = [];
  const proxy = createServer().on("connect", (request, socket) => {
    asked.push(`${request.method} ${request.url}`);
    const to = connect(Number(new URL(api.url).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      to.pipe(socket).pipe(to);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  const env = { ...githubEnv(api), HTTP_PROXY: `http://127.0.0.1:${port}` };
  const { stderr, status } = await run([REPORT], {
    ...env,
    GITHUB_API_URL: "http://api.example.com",
  });
  proxy.close();
  expect(asked).toContain("CONNECT api.example.com:80");
  expect(status).toBe(0);
  expect(api.comments).toHaveLength(1);
  expect(stderr).toContain("the token goes to http://api.example.com without TLS");
});

it("finds what the Markdown report hides", () => {
  expect(REVIEW_MARKER).toBe(REPORTS);
});

it("refuses an empty report, and one that isn't there", async () => {
  expect((await run([written("empty.md", " \n")], githubEnv(api))).stderr).toContain("is empty");
  expect((await run(["nowhere.md"], githubEnv(api))).status).toBe(2);
});
