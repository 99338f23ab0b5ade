import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch, type Response } from "undici";
import type { Json } from "../model/value";
import { type Answer, failureOf, messageOf } from "./answer";
import { CommentError, Unanswered } from "./comment-error";
import type { Patience } from "./patience";
import { rateLimitOf } from "./rate-limit";

/** Where an API is, and who asks. */
export interface ClientOptions {
  /** As in `GitHub`. */
  readonly host: string;
  /** Without a final slash. */
  readonly apiUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly patience: Patience;
  /** Milliseconds for one request, with its redirects. @default 30000 */
  readonly timeout?: number;
}

/** One request; the path begins with a slash, or is a whole address of the same origin. */
export interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: Json;
  /** It can be sent again where its answer was lost. @default all but POST */
  readonly repeatable?: boolean;
}

const TIMEOUT = 30_000;
/** A request has this long even where no wait is allowed. */
const LEAST = 1_000;
/** A page of a hundred comments of full length is some 30 MB at the very most. */
const LARGEST = 64 * 1024 * 1024;
const TRIES = 4;
const REDIRECTS = 3;

/** Sends requests to one API; everything that comes back is hostile until it is narrowed. */
export class Client {
  private readonly dispatcher = dispatcherOf(process.env);

  constructor(private readonly options: ClientOptions) {}

  /**
   * @returns answers below 400
   * @throws Unanswered for a request that changes something, whose answer was lost
   * @throws CommentError for every other answer
   */
  async send(request: Request): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.attempt(request, tries);
      if (answer !== undefined && answer.status < 400) {
        return answer;
      }
      if (answer !== undefined) {
        await this.limited(request, answer, tries);
      }
    }
  }

  /** Waits before what can be done again is done again. */
  async again(why: string, tries: number): Promise<void> {
    await this.options.patience.wait(1_000 * 2 ** (tries - 1), why);
  }

  /** Ends what is still open, so that the program can. */
  async close(): Promise<void> {
    await this.dispatcher.destroy();
  }

  /** Undefined where it is to be tried again. */
  private async attempt(request: Request, tries: number): Promise<Answer | undefined> {
    const { host, patience } = this.options;
    const started = patience.clock.now();
    let lost: string;
    try {
      const answer = await this.follow(request);
      if (answer.status < 500) {
        return answer;
      }
      lost = `${host} answered ${answer.status}`;
    } catch (error) {
      if (error instanceof CommentError) {
        throw error;
      }
      patience.spend(patience.clock.now() - started);
      lost = `${host} did not answer (${reasonOf(error)})`;
    }
    if (!(request.repeatable ?? request.method !== "POST")) {
      throw new Unanswered(lost);
    }
    if (tries === TRIES) {
      throw new CommentError(`${lost} ${TRIES} times: run it again later`);
    }
    await this.again(lost, tries);
    return undefined;
  }

  /** Waits out a rate limit. */
  private async limited(request: Request, answer: Answer, tries: number): Promise<void> {
    const { host, patience } = this.options;
    const wait = rateLimitOf(answer, messageOf(answer), patience.clock.now());
    if (wait === undefined || tries === TRIES) {
      throw failureOf(host, request, answer);
    }
    await patience.wait(wait, `${host}'s rate limit is used up`);
  }

  /** Follows redirects, with the same method, while they stay with the API. */
  private async follow(request: Request): Promise<Answer> {
    const { apiUrl, host } = this.options;
    const signal = AbortSignal.timeout(this.patienceForOne());
    let url = new URL(request.path.startsWith("/") ? apiUrl + request.path : request.path);
    for (let redirects = 0; redirects <= REDIRECTS; redirects += 1) {
      const response = await this.fetch(url, request, signal);
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || location === null) {
        return { ...head(response), body: await this.read(response) };
      }
      await response.body?.cancel();
      const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      if (next?.origin !== url.origin) {
        const where = next === undefined ? "no address" : next.origin;
        throw new CommentError(
          `${host} redirects to ${where}, where the token must not go: set --api-url`,
        );
      }
      url = next;
    }
    throw new CommentError(`${host} redirects more than ${REDIRECTS} times: is --api-url right?`);
  }

  /** A request may not take longer than what is left of all waits. */
  private patienceForOne(): number {
    const { timeout = TIMEOUT, patience } = this.options;
    return Math.min(timeout, Math.max(patience.left, LEAST));
  }

  private fetch(url: URL, { method, body }: Request, signal: AbortSignal): Promise<Response> {
    const { headers } = this.options;
    return fetch(url, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal,
      dispatcher: this.dispatcher,
    });
  }

  private async read(response: Response): Promise<Json> {
    const { host } = this.options;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > LARGEST) {
        throw new CommentError(`${host} answered with more than ${LARGEST} bytes`);
      }
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString("utf8");
    try {
      return text === "" ? null : JSON.parse(text);
    } catch {
      if (response.status >= 400) {
        return null;
      }
      throw new CommentError(
        `${host} answered ${response.status} with something that isn't JSON: is --api-url right?`,
      );
    }
  }
}

function head({ status, headers }: Response): Omit<Answer, "body"> {
  return { status, headers };
}

/** Node's own fetch knows no proxy before Node 24. */
function dispatcherOf(env: NodeJS.ProcessEnv): Dispatcher {
  const names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];
  return names.some((name) => (env[name] ?? "") !== "") ? new EnvHttpProxyAgent() : new Agent();
}

/** As in `ECONNREFUSED`: never the address, which may have credentials of a proxy in it. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return name === "TimeoutError" ? "timed out" : (cause?.code ?? name ?? "unknown");
}
