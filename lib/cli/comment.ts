import { appendFileSync } from "node:fs";
import { commentBody, markerOf } from "../comment/body";
import { Client } from "../comment/client";
import { CommentError } from "../comment/comment-error";
import { GithubThread, githubHeaders } from "../comment/github";
import { GitlabThread, gitlabHeaders } from "../comment/gitlab";
import { Patience } from "../comment/patience";
import { type Place, type PlaceOptions, placeOf } from "../comment/place";
import { ownComments, putComment } from "../comment/put-comment";
import type { Comment, Thread } from "../comment/thread";
import { forTerminal } from "../report/escape";
import { CLEAN } from "./exit-code";
import { readText } from "./load";
import { UsageError } from "./usage-error";

/** Options of `originproof comment`, as the command line gives them. */
export interface CommentCommand extends PlaceOptions {
  readonly key?: string;
  readonly maxWait?: string;
  readonly fallbackSummary?: boolean;
  readonly dryRun?: boolean;
}

/** Seconds of all waits together. */
const MAX_WAIT = 120;

/** Posts or updates the comment, and returns the exit code. */
export async function runComment(file: string, command: CommentCommand): Promise<number> {
  const markdown = file === "-" ? readText(0, "standard input") : readText(file, file);
  const marker = markerOf(command.key);
  if (markdown.trim() === "") {
    throw new UsageError(`${file} is empty: nothing is posted`);
  }
  if (/^\s*([[{]|<!doctype|<html|<\?xml)/i.test(markdown)) {
    throw new UsageError(`${file} is no Markdown: post what '--format markdown=<file>' writes`);
  }
  try {
    return await put(file, markdown, marker, command);
  } catch (error) {
    if (command.fallbackSummary === true && error instanceof CommentError && error.denied) {
      return instead(error, file, markdown);
    }
    throw error;
  }
}

async function put(
  file: string,
  markdown: string,
  marker: string,
  command: CommentCommand,
): Promise<number> {
  const place = placeOf(command, process.env, (event) => readText(event, event));
  const client = clientOf(place, secondsOf(command.maxWait));
  const thread = threadOf(client, place);
  try {
    if (command.dryRun === true) {
      return await rehearse(thread, marker, place.token);
    }
    if (place.token === undefined) {
      throw new CommentError(`no token: set ${TOKEN[place.provider]}`, true);
    }
    refuseLong(file, markdown, thread);
    const body = commentBody(markdown, marker);
    refuseLong(file, body, thread);
    const again = (why: string, tries: number) => client.again(why, tries);
    const { done, comment } = await putComment(thread, { body, marker, tell, again });
    process.stdout.write(`${done} the comment on ${thread.name}${at(comment)}\n`);
    return CLEAN;
  } finally {
    await client.close();
  }
}

const TOKEN = { github: "GITHUB_TOKEN", gitlab: "GITLAB_TOKEN" } as const;

function tell(line: string): void {
  process.stderr.write(`originproof: ${line}\n`);
}

function clientOf({ provider, apiUrl, token }: Place, maxWait: number): Client {
  if (apiUrl.startsWith("http:") && token !== undefined && !isLoopback(apiUrl)) {
    tell(`the token goes to ${apiUrl} without TLS`);
  }
  return new Client({
    host: provider === "github" ? "GitHub" : "GitLab",
    apiUrl,
    headers: provider === "github" ? githubHeaders(token) : gitlabHeaders(token),
    patience: new Patience(maxWait * 1_000, tell),
  });
}

function isLoopback(apiUrl: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(apiUrl).hostname);
}

function threadOf(client: Client, place: Place): Thread {
  return place.provider === "github"
    ? new GithubThread(client, place)
    : new GitlabThread(client, place);
}

function secondsOf(option: string | undefined): number {
  if (option === undefined) {
    return MAX_WAIT;
  }
  if (!/^\d{1,5}$/.test(option)) {
    throw new UsageError(`'--max-wait' got ${JSON.stringify(option)}; it is a number of seconds`);
  }
  return Number(option);
}

function refuseLong(file: string, body: string, { host, limit }: Thread): void {
  if (body.length > limit) {
    throw new UsageError(
      `${file} has ${body.length} characters, and a comment on ${host} takes ${limit}; the format markdown of 'originproof review' cuts it`,
    );
  }
}

/** Reads, and says what would be written. */
async function rehearse(
  thread: Thread,
  marker: string,
  token: string | undefined,
): Promise<number> {
  if (token === undefined) {
    process.stdout.write(`would post or update the comment on ${thread.name} (no token to look)\n`);
    return CLEAN;
  }
  const [newest] = await ownComments(thread, { marker, tell });
  process.stdout.write(
    newest === undefined
      ? `would post a comment on ${thread.name}\n`
      : `would update the comment ${newest.id} on ${thread.name}${at(newest)}\n`,
  );
  return CLEAN;
}

function at({ url }: Comment): string {
  return url === null ? "" : `: ${forTerminal(url)}`;
}

/** Where the token may not write, as on a pull request from a fork. */
function instead(error: CommentError, file: string, markdown: string): number {
  const summary = process.env.GITHUB_STEP_SUMMARY ?? "";
  if (summary === "") {
    tell(`no comment: ${error.message}; the report is in ${file}`);
    return CLEAN;
  }
  appendFileSync(summary, `${markdown.trimEnd()}\n`);
  tell(`no comment, but the report is in the step's summary: ${error.message}`);
  return CLEAN;
}
