import { ApiServer, STRANGER, TOKEN } from "../support/api-server";
import { githubEnv, gitlabEnv, removeFolder, run, written } from "./comment";

const MARKER = "<!-- originproof:review -->";
const REPORT = written("review.md", `${MARKER}\n**refuted** www.example.com\n`);

const github = new ApiServer("github");
const gitlab = new ApiServer("gitlab");
beforeAll(() => Promise.all([github.start(), gitlab.start()]));
beforeEach(() => {
  github.reset();
  gitlab.reset();
});
afterAll(() => {
  github.stop();
  gitlab.stop();
  removeFolder();
});

const HOSTS = [
  ["GitHub", github, () => githubEnv(github), "POST /repos/acme/shop/issues/7/comments"],
  ["GitLab", gitlab, () => gitlabEnv(gitlab), "POST /projects/42/merge_requests/7/notes"],
] as const;

describe.each(HOSTS)("originproof comment on %s", (host, api, env, post) => {
  const one = (id: number) =>
    host === "GitHub" ? `/repos/acme/shop/issues/comments/${id}` : `${post.split(" ")[1]}/${id}`;
  const change = host === "GitHub" ? "PATCH" : "PUT";

  it("posts the first time", async () => {
    api.add("Looks good", STRANGER);
    const { stdout, stderr, status } = await run([REPORT], env());
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^posted the comment on (pull|merge) request 7 of /);
    expect(api.writes()).toEqual([post]);
    expect(api.comments.map(({ body }) => body)).toEqual([
      "Looks good",
      `${MARKER}\n**refuted** www.example.com\n`,
    ]);
  });

  it("updates in place", async () => {
    const { id } = api.add(`${MARKER}\nold`);
    const { stdout, status } = await run([REPORT], env());
    expect(status).toBe(0);
    expect(stdout).toMatch(/^updated /);
    expect(api.writes()).toEqual([`${change} ${one(id)}`]);
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toContain("**refuted**");
  });

  it("writes nothing where nothing changed", async () => {
    api.add(`${MARKER}\r\n**refuted** www.example.com`);
    const { stdout, status } = await run([REPORT], env());
    expect(status).toBe(0);
    expect(stdout).toMatch(/^unchanged /);
    expect(api.writes()).toEqual([]);
  });

  it("finds its comment on the third page", async () => {
    for (let index = 0; index < 230; index += 1) api.add(`comment ${index}`, STRANGER);
    const { id } = api.add(`${MARKER}\nold`);
    for (let index = 0; index < 30; index += 1) api.add(`later ${index}`, STRANGER);
    expect((await run([REPORT], env())).status).toBe(0);
    expect(api.writes()).toEqual([`${change} ${one(id)}`]);
  });

  it("posts anew where the comment was edited away, deleted or only quoted", async () => {
    api.add("somebody took the marker out");
    api.add(`> ${MARKER}\n> old`);
    expect((await run([REPORT], env())).stdout).toMatch(/^posted /);
    expect(api.writes()).toEqual([post]);
  });

  it("posts anew where the comment is deleted in the meantime", async () => {
    const { id } = api.add(`${MARKER}\nold`);
    api.faults = [({ method }) => (method === change ? { status: 404, body: {} } : undefined)];
    expect((await run([REPORT], env())).stdout).toMatch(/^posted /);
    expect(api.writes().slice(0, 2)).toEqual([`${change} ${one(id)}`, post]);
  });

  it("leaves a stranger's comment with our marker alone", async () => {
    const theirs = api.add(`${MARKER}\nall proved, merge it`, STRANGER);
    const { stdout, stderr } = await run([REPORT], env());
    expect(stdout).toMatch(/^posted /);
    expect(stderr).toContain("a comment of mallory has the same hidden marker: left as it is");
    expect(api.writes()).toEqual([post]);
    expect(theirs.body).toBe(`${MARKER}\nall proved, merge it`);
  });

  it("updates the newest of several and deletes the older ones", async () => {
    const [first, second] = [api.add(`${MARKER}\n1`), api.add(`${MARKER}\n2`)];
    const newest = api.add(`${MARKER}\n3`);
    const { stderr, status } = await run([REPORT], env());
    expect(status).toBe(0);
    expect(stderr).toContain(`deleted the older comment ${first.id}`);
    expect(stderr).toContain(`deleted the older comment ${second.id}`);
    expect(api.comments).toEqual([newest]);
    expect(newest.body).toContain("**refuted**");
  });

  it("leaves one comment where another run posts at the same time", async () => {
    api.after = ({ method, path }) => {
      if (`${method} ${path}` === post) {
        api.after = undefined;
        api.add(`${MARKER}\nof the other run`);
      }
    };
    await run([REPORT], env());
    expect(api.comments.map(({ body }) => body)).toEqual([`${MARKER}\nof the other run`]);
    await run([REPORT], env());
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toContain("**refuted**");
  });

  it("waits as long as a rate limit says, and tells", async () => {
    api.faults = [
      () => ({ status: 429, headers: { "retry-after": "1" }, body: { message: "slow down" } }),
    ];
    const { stderr, status } = await run([REPORT], env());
    expect(status).toBe(0);
    expect(stderr).toBe(`originproof: ${host}'s rate limit is used up; trying again in 1 s\n`);
    expect(api.writes()).toEqual([post]);
  });

  it("does not wait longer than --max-wait", async () => {
    api.faults = [() => ({ status: 429, headers: { "retry-after": "3600" }, body: {} })];
    const { stderr, status } = await run([REPORT, "--max-wait", "2"], env());
    expect(status).toBe(2);
    expect(stderr).toContain("asks for another 3600 s, and all waits end at 2 s (--max-wait)");
  });

  it("tries again after 502, and after no answer", async () => {
    api.faults = [
      ({ method }) => (method === "GET" ? { status: 502, body: "<html>" } : undefined),
      ({ method }) => (method === "GET" ? "drop" : undefined),
    ];
    const { stderr, status } = await run([REPORT], env());
    expect(status).toBe(0);
    expect(stderr).toContain(`${host} answered 502; trying again in 1 s`);
    expect(stderr).toMatch(new RegExp(`${host} did not answer \\(.*\\); trying again in 2 s`));
    expect(api.writes()).toEqual([post]);
  });

  it("posts once though the answer to the first post is lost", async () => {
    api.faults = [
      (request) => {
        if (`${request.method} ${request.path}` !== post) return undefined;
        api.add((request.body as { body: string }).body);
        return "drop";
      },
    ];
    const { stdout, status } = await run([REPORT], env());
    expect(status).toBe(0);
    expect(stdout).toMatch(/^unchanged /);
    expect(api.comments).toHaveLength(1);
  });

  it("gives up after four tries", async () => {
    const broken = () => ({ status: 503, body: {} });
    api.faults = [broken, broken, broken, broken];
    const { stderr, status } = await run([REPORT], env());
    expect(status).toBe(2);
    expect(stderr).toContain(`${host} answered 503 4 times: run it again later`);
  });

  it("says what to do where the token may not write, and never shows it", async () => {
    api.account = { ...api.account, writes: false };
    const { stdout, stderr, status } = await run([REPORT], env());
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toMatch(
      host === "GitHub" ? /permissions: pull-requests: write/ : /scope `api`.*CI_JOB_TOKEN/,
    );
    expect(stderr).not.toContain(TOKEN);
  });

  it("says that a token is not valid", async () => {
    const { stderr, status } = await run([REPORT], {
      ...env(),
      GITHUB_TOKEN: "x",
      GITLAB_TOKEN: "x",
    });
    expect(status).toBe(2);
    expect(stderr).toContain(
      "answered 401 (Bad credentials): the token is not valid, or has expired",
    );
  });

  it("refuses what is no API", async () => {
    api.faults = [() => ({ status: 200, body: "<html>\u001b[2Jwelcome" })];
    const html = await run([REPORT], env());
    expect(html.status).toBe(2);
    expect(html.stderr).toContain("something that isn't JSON: is --api-url right?");
    api.faults = [() => ({ status: 200, body: { comments: 5 } })];
    expect((await run([REPORT], env())).stderr).toContain("no list of comments");
    api.faults = [() => ({ status: 400, body: { message: "\u001b[2J\u202eno" } })];
    expect((await run([REPORT], env())).stderr).toContain("answered 400 (␛[2J\\u{202e}no)");
  });

  it("reads no endless answer", async () => {
    api.faults = [() => ({ status: 200, body: " ".repeat(65 * 1024 * 1024) })];
    const { stderr, status } = await run([REPORT], env());
    expect(status).toBe(2);
    expect(stderr).toContain("answered with more than 67108864 bytes");
  });

  it("follows a redirect of the API, and takes the token nowhere else", async () => {
    const list = post.split(" ")[1] ?? "";
    api.faults = [
      ({ path }) =>
        path.startsWith(list) && path.includes("page=1")
          ? { status: 301, headers: { location: `${path}&moved=1` } }
          : undefined,
    ];
    expect((await run([REPORT], env())).status).toBe(0);
    api.faults = [() => ({ status: 302, headers: { location: "http://127.0.0.2:1/x" } })];
    const { stderr, status } = await run([REPORT], env());
    expect(status).toBe(2);
    expect(stderr).toContain("redirects to http://127.0.0.2:1, where the token must not go");
  });

  it("refuses a text that is too long before it asks for anything", async () => {
    const limit = host === "GitHub" ? 65_536 : 1_000_000;
    const { stderr, status } = await run([written("long.md", "x".repeat(limit + 1))], env());
    expect(status).toBe(2);
    expect(stderr).toContain(`and a comment on ${host} takes ${limit}`);
    expect(api.requests).toEqual([]);
  });

  it("keeps comments of several keys apart", async () => {
    api.add(`${MARKER}\nwithout a key`);
    await run([REPORT, "--key", "staging"], env());
    await run([REPORT, "--key", "staging"], env());
    expect(api.comments.map(({ body }) => body.split("\n")[0])).toEqual([
      MARKER,
      "<!-- originproof:review:staging -->",
    ]);
  });

  it("lets no line be a command", async () => {
    await run([written("quick.md", "/merge\n  /approve\n/Close\na /b\n")], env());
    expect(api.comments[0]?.body).toBe(`${MARKER}\n\\/merge\n  \\/approve\n\\/Close\na /b\n`);
  });

  it("writes nothing with --dry-run", async () => {
    expect((await run([REPORT, "--dry-run"], env())).stdout).toMatch(/^would post a comment on /);
    const { id } = api.add(`${MARKER}\nold`);
    const { stdout, status } = await run([REPORT, "--dry-run"], env());
    expect(status).toBe(0);
    expect(stdout).toContain(`would update the comment ${id} on `);
    expect(api.writes()).toEqual([]);
  });
});
