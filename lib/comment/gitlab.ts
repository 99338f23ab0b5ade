import { type Json, member } from "../model/value";
import type { Answer } from "./answer";
import type { Client } from "./client";
import { CommentError } from "./comment-error";
import { allPages } from "./pages";
import type { Place } from "./place";
import type { Comment, Self, Thread } from "./thread";

/** Headers of every request. */
export function gitlabHeaders(token: string | undefined): Readonly<Record<string, string>> {
  return {
    accept: "application/json",
    "user-agent": "originproof",
    ...(token === undefined ? {} : { "private-token": token }),
  };
}

/**
 * The notes of a merge request of GitLab.
 *
 * @see https://docs.gitlab.com/api/notes/#merge-requests
 */
export class GitlabThread implements Thread {
  readonly host = "GitLab";
  readonly limit = 1_000_000;
  readonly name: string;
  private readonly notes: string;

  constructor(
    private readonly client: Client,
    { repository, number }: Place,
  ) {
    this.name = `merge request ${number} of project ${repository}`;
    this.notes = `/projects/${encodeURIComponent(repository)}/merge_requests/${number}/notes`;
  }

  async comments(): Promise<readonly Comment[]> {
    const path = `${this.notes}?sort=asc&order_by=created_at`;
    const items = await allPages(this.client, path, isLast);
    // System notes tell what happened: "changed the title".
    return items
      .filter((item) => member(item, "system") !== true)
      .flatMap((item) => noteOf(item) ?? []);
  }

  async self(): Promise<Self> {
    const { body } = await this.client.send({ method: "GET", path: "/user" });
    const id = member(body, "id");
    if (typeof id !== "number") {
      throw new CommentError("GitLab does not say whose the token is: is --api-url right?");
    }
    return { id, login: null };
  }

  async create(body: string): Promise<Comment> {
    return written(await this.client.send({ method: "POST", path: this.notes, body: { body } }));
  }

  async update(id: number, body: string): Promise<Comment> {
    const path = `${this.notes}/${id}`;
    return written(await this.client.send({ method: "PUT", path, body: { body } }));
  }

  async remove(id: number): Promise<void> {
    await this.client.send({ method: "DELETE", path: `${this.notes}/${id}` });
  }
}

function isLast({ headers }: Answer): boolean {
  return (headers.get("x-next-page") ?? "") === "";
}

function written({ body }: Answer): Comment {
  const note = noteOf(body);
  if (note === undefined) {
    throw new CommentError("GitLab answered with no note: is --api-url right?");
  }
  return note;
}

function noteOf(item: Json): Comment | undefined {
  const id = member(item, "id");
  const body = member(item, "body");
  const author = member(item, "author");
  const number = member(author, "id");
  const login = member(author, "username");
  return typeof id === "number" && Number.isSafeInteger(id)
    ? {
        id,
        body: typeof body === "string" ? body : "",
        author: typeof number === "number" ? number : null,
        login: typeof login === "string" ? login : "nobody",
        bot: false,
        url: null,
      }
    : undefined;
}
