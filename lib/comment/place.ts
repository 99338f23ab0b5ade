import { isObject, type Json, member } from "../model/value";
import { CommentError } from "./comment-error";

export const PROVIDERS = ["github", "gitlab"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Which pull request of which API. */
export interface Place {
  readonly provider: Provider;
  /** Without a final slash. */
  readonly apiUrl: string;
  /** `owner/name`; for GitLab its number or path. */
  readonly repository: string;
  readonly number: number;
  /** Never printed. */
  readonly token: string | undefined;
}

/** Options that say what the environment doesn't. */
export interface PlaceOptions {
  readonly provider?: string;
  readonly repository?: string;
  readonly number?: string;
  readonly apiUrl?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads from options and environment where the comment belongs.
 *
 * @param readEvent gives the text of the event's file
 * @throws CommentError that names what is missing and the option for it
 */
export function placeOf(
  options: PlaceOptions,
  env: Environment,
  readEvent: (file: string) => string,
): Place {
  const provider = providerOf(options.provider, env);
  const own = provider === "github" ? github(env) : gitlab(env);
  const number = options.number ?? own.number ?? eventNumber(provider, env, readEvent);
  return {
    provider,
    apiUrl: apiUrlOf(options.apiUrl ?? own.apiUrl),
    repository: repositoryOf(options.repository ?? own.repository, provider),
    number: numberOf(number),
    token: own.token,
  };
}

function providerOf(option: string | undefined, env: Environment): Provider {
  if (option !== undefined) {
    const known = PROVIDERS.find((name) => name === option);
    if (known === undefined) {
      throw new CommentError(
        `'--provider' got ${JSON.stringify(option)}; use one of ${PROVIDERS.join(", ")}`,
      );
    }
    return known;
  }
  const found = set(env.GITHUB_ACTIONS) ? "github" : set(env.GITLAB_CI) ? "gitlab" : undefined;
  if (found === undefined) {
    throw new CommentError(
      "this is neither GitHub Actions nor GitLab CI: give --provider, --repository and --number",
    );
  }
  return found;
}

interface Found {
  readonly apiUrl: string;
  readonly repository: string | undefined;
  readonly number: string | undefined;
  readonly token: string | undefined;
}

function github(env: Environment): Found {
  return {
    apiUrl: set(env.GITHUB_API_URL) ?? "https://api.github.com",
    repository: set(env.GITHUB_REPOSITORY),
    number: undefined,
    token: set(env.GITHUB_TOKEN) ?? set(env.GH_TOKEN),
  };
}

/** A pipeline of a fork runs in the fork's project; the merge request belongs to the other one. */
function gitlab(env: Environment): Found {
  return {
    apiUrl: set(env.CI_API_V4_URL) ?? "https://gitlab.com/api/v4",
    repository: set(env.CI_MERGE_REQUEST_PROJECT_ID) ?? set(env.CI_PROJECT_ID),
    number: set(env.CI_MERGE_REQUEST_IID),
    token: set(env.GITLAB_TOKEN),
  };
}

/** GitHub hands a variable that is not set over as an empty one. */
function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}

function eventNumber(
  provider: Provider,
  env: Environment,
  readEvent: (file: string) => string,
): string | undefined {
  const file = set(env.GITHUB_EVENT_PATH);
  if (provider !== "github" || file === undefined) {
    return undefined;
  }
  const event = parsed(readEvent(file));
  const issue = member(event, "issue");
  const subject = isObject(member(issue, "pull_request")) ? issue : member(event, "pull_request");
  const number = member(subject, "number");
  return number === undefined ? undefined : String(number);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function numberOf(text: string | undefined): number {
  if (text === undefined) {
    throw new CommentError(
      "this run is not for a pull request, or does not say which: give --number",
    );
  }
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new CommentError(`'--number' got ${JSON.stringify(text)}; it is a number from 1`);
  }
  return Number(text);
}

function repositoryOf(text: string | undefined, provider: Provider): string {
  if (text === undefined) {
    throw new CommentError("the repository is not known: give --repository");
  }
  const [form, example] =
    provider === "github"
      ? [/^[\w.-]+\/[\w.-]+$/, "owner/name"]
      : [/^(\d+|[\w.-]+(\/[\w.-]+)+)$/, "a number or group/name"];
  if (!form.test(text) || text.split("/").some((part) => /^\.+$/.test(part))) {
    throw new CommentError(`'--repository' got ${JSON.stringify(text)}; it is ${example}`);
  }
  return text;
}

function apiUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    `${url.username}${url.password}${url.search}${url.hash}` !== ""
  ) {
    // Not repeated: it may have a password in it.
    throw new CommentError(
      "'--api-url' is no https address without user, query and fragment, such as https://github.example.com/api/v3",
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
