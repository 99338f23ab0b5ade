import { type Json, member } from "../model/value";
import { forTerminal } from "../report/escape";
import type { Request } from "./client";
import { Refused } from "./comment-error";
import type { Head } from "./rate-limit";

/** What an API answered. */
export interface Answer extends Head {
  readonly body: Json;
}

/** What the API says of an answer, safe for a terminal. */
export function messageOf({ body }: Answer): string {
  const message = member(body, "message") ?? member(body, "error");
  return message === undefined || message === null
    ? ""
    : forTerminal(typeof message === "string" ? message : JSON.stringify(message));
}

const MAY_NOT_WRITE: Readonly<Record<string, string>> = {
  GitHub:
    "the token may not write comments: give the job `permissions: pull-requests: write`; on a pull request from a fork the token is read-only, and --fallback-summary writes to the summary",
  GitLab:
    "the token may not write notes: it needs the scope `api` and the role Reporter at least; CI_JOB_TOKEN can't write notes",
};

/** Says what to do about an answer of 400 or more. */
export function failureOf(host: string, { method }: Request, answer: Answer): Refused {
  const { status } = answer;
  const message = messageOf(answer);
  const said = `${host} answered ${status}${message === "" ? "" : ` (${message})`}`;
  // GitHub hides what a token may not write to behind 404, once it could be read.
  const denied = status === 403 || (status === 404 && method === "POST");
  return new Refused(`${said}${adviceOn(host, status)}`, status, denied);
}

function adviceOn(host: string, status: number): string {
  switch (status) {
    case 401:
      return ": the token is not valid, or has expired";
    case 403:
      return `: ${MAY_NOT_WRITE[host]}`;
    case 404:
    case 410:
      return ": the token sees no such repository or number, or may not write there";
    case 429:
      return ": the rate limit stays used up; run it again later";
    default:
      return "";
  }
}
