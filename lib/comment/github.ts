import { type Json, member } from "../model/value";
import type { Answer } from "./answer";
import type { Client, Request } from "./client";
import { CommentError, Refused } from "./comment-error";
import { allPages } from "./pages";
import type { Place } from "./place";
import type { Comment, Self, Thread } from "./thread";

/**
 * Headers of every request.
 *
 * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
export function githubHeaders(token: string | undefined): Readonly<Record<string, string>> {
  return {
    accept: "application/vnd.github+json",
    "user-agent": "originproof",
    "x-github-api-version": "2022-11-28",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/**
 * The comments of a pull request of GitHub; those on its lines are others.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
export class GithubThread implements Thread {
  readonly host = "GitHub";
  readonly limit = 65_536;
  readonly name: string;
  private readonly issues: string;
  private readonly list: string;

  constructor(
    private readonly client: Client,
    private readonly place: Place,
  ) {
    this.name = `pull request ${place.number} of ${place.repository}`;
    this.issues = `/repos/${place.repository}/issues`;
    this.list = `${this.issues}/${place.number}/comments`;
  }

  async comments(): Promise<readonly Comment[]> {
    const items = await allPages(this.client, `${this.list}?`, isLast);
    return items.flatMap((item) => commentOf(item) ?? []);
  }

  /** GraphQL's `viewer` knows an installation too, such as `github-actions[bot]`. */
  async self(): Promise<Self> {
    const viewer = await answered(this.client, {
      method: "POST",
      path: `${this.place.apiUrl.replace(/\/v3$/, "")}/graphql`,
      body: { query: "query { viewer { login databaseId } }" },
      repeatable: true,
    });
    const self = selfOf(member(member(viewer, "data"), "viewer"), "databaseId");
    if (self !== undefined) {
      return self;
    }
    const user = await answered(this.client, { method: "GET", path: "/user" });
    return selfOf(user, "id") ?? { id: null, login: null };
  }

  async create(body: string): Promise<Comment> {
    return written(await this.client.send({ method: "POST", path: this.list, body: { body } }));
  }

  async update(id: number, body: string): Promise<Comment> {
    const path = `${this.issues}/comments/${id}`;
    return written(await this.client.send({ method: "PATCH", path, body: { body } }));
  }

  async remove(id: number): Promise<void> {
    await this.client.send({ method: "DELETE", path: `${this.issues}/comments/${id}` });
  }
}

function isLast({ headers }: Answer): boolean {
  return !/\brel="?next\b/.test(headers.get("link") ?? "");
}

/** The body of an answer; undefined where the API refuses to tell. */
async function answered(client: Client, request: Request): Promise<Json | undefined> {
  try {
    return (await client.send(request)).body;
  } catch (error) {
    if (error instanceof Refused) {
      return undefined;
    }
    throw error;
  }
}

function selfOf(user: Json | undefined, key: string): Self | undefined {
  const id = member(user, key);
  const login = member(user, "login");
  return typeof login === "string" ? { id: typeof id === "number" ? id : null, login } : undefined;
}

function written({ body }: Answer): Comment {
  const comment = commentOf(body);
  if (comment === undefined) {
    throw new CommentError("GitHub answered with no comment: is --api-url right?");
  }
  return comment;
}

function commentOf(item: Json): Comment | undefined {
  const id = member(item, "id");
  const body = member(item, "body");
  const user = member(item, "user");
  const author = member(user, "id");
  const login = member(user, "login");
  const url = member(item, "html_url");
  return typeof id === "number" && Number.isSafeInteger(id)
    ? {
        id,
        body: typeof body === "string" ? body : "",
        author: typeof author === "number" ? author : null,
        login: typeof login === "string" ? login : "nobody",
        bot: member(user, "type") === "Bot",
        url: typeof url === "string" ? url : null,
      }
    : undefined;
}
