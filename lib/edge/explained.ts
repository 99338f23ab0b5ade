import { errorTitle } from "./errors";
import { EXPLAINED_1XXX } from "./explained-1xxx";
import { EXPLAINED_5XX } from "./explained-5xx";

/** What an error of Cloudflare's means to whoever runs the origin. */
export interface Explained {
  readonly meaning: string;
  /** What of a configuration, or of the origin, brings it about. */
  readonly causes: readonly string[];
  /** What originproof shows of it, and what it can't. */
  readonly covered: string;
  /** Rules that find a cause, by id. */
  readonly rules: readonly string[];
  /** What to do, in order. */
  readonly steps: readonly string[];
}

/** The same with its code, title and Cloudflare's own page. */
export interface ErrorPage extends Explained {
  readonly code: number;
  readonly title: string;
  readonly see: string;
}

const ALL: ReadonlyMap<number, Explained> = new Map([...EXPLAINED_5XX, ...EXPLAINED_1XXX]);

const DOCS = "https://developers.cloudflare.com/support/troubleshooting/http-status-codes";

/** Railgun is gone, and its page with it. */
const WITHOUT_PAGE: ReadonlySet<number> = new Set([527]);

/** Explains an error; `undefined` for a code that is none between the edge and an origin. */
export function errorPage(code: number): ErrorPage | undefined {
  const explained = ALL.get(code);
  const title = errorTitle(code);
  return explained === undefined || title === undefined
    ? undefined
    : { code, title, see: pageOf(code), ...explained };
}

function pageOf(code: number): string {
  const group = `${DOCS}/cloudflare-${code < 1000 ? "5xx" : "1xxx"}-errors/`;
  return WITHOUT_PAGE.has(code) ? group : `${group}error-${code}/`;
}
