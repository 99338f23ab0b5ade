import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Who a token belongs to. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly bot?: boolean;
  /** @default true */
  readonly writes?: boolean;
  /** GraphQL and `GET /user` say who it is. @default both */
  readonly tells?: "graphql" | "user" | "nothing";
}

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly by: Account;
  readonly system?: boolean;
}

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is. */
  readonly body?: unknown;
}

/** Answers instead of the API: a reply, `drop` for none at all, or undefined to let it pass. */
export type Fault = (request: Recorded) => Reply | "drop" | undefined;

/** The account of GITHUB_TOKEN. */
export const ACTIONS: Account = {
  id: 41898282,
  login: "github-actions[bot]",
  bot: true,
  tells: "graphql",
};
export const STRANGER: Account = { id: 7, login: "mallory" };
export const TOKEN = "ghs_0123456789abcdefTESTTOKEN";

/** The API of GitHub or GitLab on loopback, with the comments of one pull request, number 7. */
export class ApiServer {
  readonly requests: Recorded[] = [];
  comments: StoredComment[] = [];
  /** Tried in order; the first that answers is used up. */
  faults: Fault[] = [];
  /** What happens once a request was carried out, before it is answered. */
  after: ((request: Recorded) => void) | undefined;
  account: Account = ACTIONS;
  private next = 1000;
  private readonly server = createServer((request, response) => {
    void this.answer(request, response);
  });

  constructor(private readonly kind: "github" | "gitlab") {}

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  reset(): void {
    this.requests.length = 0;
    this.comments = [];
    this.faults = [];
    this.after = undefined;
    this.account = this.kind === "github" ? ACTIONS : { id: 500, login: "project_1_bot" };
  }

  add(body: string, by: Account = this.account, more: Partial<StoredComment> = {}): StoredComment {
    this.next += 1;
    const comment = { id: this.next, body, by, ...more };
    this.comments.push(comment);
    return comment;
  }

  /** As in `POST /repos/acme/shop/issues/7/comments`, without what is asked for only. */
  writes(): readonly string[] {
    return this.requests
      .filter(({ method, path }) => method !== "GET" && path !== "/graphql")
      .map(({ method, path }) => `${method} ${path}`);
  }

  private async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const { method = "", url = "", headers } = message;
    const request = {
      method,
      path: url,
      headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    this.requests.push(request);
    const reply = this.fault(request) ?? this.reply(request);
    if (reply === "drop") {
      message.socket.destroy();
      return;
    }
    this.after?.(request);
    const { status, body = null } = reply;
    response.writeHead(status, { "content-type": "application/json", ...reply.headers });
    const raw = typeof body === "string" ? body : JSON.stringify(body);
    response.end(status === 204 ? undefined : raw);
  }

  private fault(request: Recorded): Reply | "drop" | undefined {
    for (const [index, fault] of this.faults.entries()) {
      const reply = fault(request);
      if (reply !== undefined) {
        this.faults.splice(index, 1);
        return reply;
      }
    }
    return undefined;
  }

  private reply(request: Recorded): Reply {
    const { method, path, headers } = request;
    const token =
      this.kind === "github" ? headers.authorization?.split(" ")[1] : headers["private-token"];
    if (token !== TOKEN) return { status: 401, body: { message: "Bad credentials" } };
    const { pathname, searchParams } = new URL(path, this.url);
    if (pathname === "/graphql") return this.viewer();
    if (pathname === "/user") return this.user();
    const list =
      this.kind === "github"
        ? "/repos/acme/shop/issues/7/comments"
        : "/projects/42/merge_requests/7/notes";
    if (method === "GET" && pathname === list) return this.page(Number(searchParams.get("page")));
    if (!(this.account.writes ?? true)) {
      return { status: 403, body: { message: "Resource not accessible by integration" } };
    }
    if (method === "POST" && pathname === list) {
      return { status: 201, body: this.shown(this.add((request.body as { body: string }).body)) };
    }
    const one = this.kind === "github" ? "/repos/acme/shop/issues/comments/" : `${list}/`;
    return pathname.startsWith(one)
      ? this.change(request, Number(pathname.slice(one.length)))
      : { status: 404, body: { message: "Not Found" } };
  }

  private change({ method, body }: Recorded, id: number): Reply {
    const comment = this.comments.find((each) => each.id === id);
    if (comment === undefined) return { status: 404, body: { message: "Not Found" } };
    if (method === "DELETE") {
      this.comments = this.comments.filter((each) => each !== comment);
      return { status: 204 };
    }
    comment.body = (body as { body: string }).body;
    return { status: 200, body: this.shown(comment) };
  }

  private page(page: number): Reply {
    const from = (page - 1) * 100;
    const shown = this.comments.slice(from, from + 100).map((comment) => this.shown(comment));
    const more = this.comments.length > from + 100;
    const next = `<${this.url}/next?page=${page + 1}>; rel="next", <${this.url}/last>; rel="last"`;
    const headers = this.kind === "github" ? { link: next } : { "x-next-page": `${page + 1}` };
    return {
      status: 200,
      body: shown,
      ...(more ? { headers: headers as Record<string, string> } : {}),
    };
  }

  private viewer(): Reply {
    const { id, login, tells = "user" } = this.account;
    return tells === "nothing" || this.kind === "gitlab"
      ? { status: 403, body: { message: "Resource not accessible by integration" } }
      : { status: 200, body: { data: { viewer: { login, databaseId: id } } } };
  }

  private user(): Reply {
    const { id, login, tells = "user" } = this.account;
    return tells === "user"
      ? { status: 200, body: { id, login, username: login } }
      : { status: 403, body: { message: "Resource not accessible by integration" } };
  }

  private shown({ id, body, by, system = false }: StoredComment): object {
    return this.kind === "github"
      ? {
          id,
          body,
          user: { id: by.id, login: by.login, type: by.bot === true ? "Bot" : "User" },
          html_url: `https://github.com/acme/shop/pull/7#issuecomment-${id}`,
        }
      : { id, body, system, author: { id: by.id, username: by.login } };
  }
}
