const DOCS = "https://developers.cloudflare.com/support/troubleshooting/http-status-codes";

function page5xx(code: number): string {
  return `${DOCS}/cloudflare-5xx-errors/error-${code}/`;
}

function page1xxx(code: number): string {
  return `${DOCS}/cloudflare-1xxx-errors/error-${code}/`;
}

/** Every way in which a hop ends a flow. Closed: a new one needs its row in {@link stopError}. */
export const STOP_EVENTS = [
  "refused",
  "dropped",
  "no-route",
  "return-route-captured",
  "no-tls",
  "plain-to-tls",
  "bad-certificate",
  "loop",
  "special-purpose-address",
  "unresolved",
  "second-leg-http",
  "second-leg-tcp",
  "no-listener",
] as const;

/** See {@link STOP_EVENTS}. */
export type StopEvent = (typeof STOP_EVENTS)[number];

/** What a visitor gets to see. */
export interface StopError {
  /** Every code that is possible, the likeliest first. */
  readonly codes: readonly number[];
  /** The same in words, for the line `visitor` of a report. */
  readonly text: string;
  /** The pages that say so, in the order of the codes. */
  readonly see: readonly string[];
}

/*
 * A cloud's filter gives no answer, so what it stops is "dropped" and 522, not 521: only a
 * rejecting rule and a closed port refuse. See docs/proof.md, "The error a visitor would see".
 */
const STOP_ERRORS: Readonly<Record<StopEvent, StopError>> = {
  // "origin web server refuses connections from Cloudflare"
  refused: { codes: [521], text: "Error 521", see: [page5xx(521)] },
  // no SYN+ACK within 19 s
  dropped: { codes: [522], text: "Error 522", see: [page5xx(522)] },
  "no-route": {
    codes: [523, 522],
    text: "Error 523 or 522",
    see: [page5xx(523), page5xx(522)],
  },
  // answers to 172.64.0.0/13 that a broad route takes elsewhere
  "return-route-captured": {
    codes: [522, 523],
    text: "Error 522 or 523, only from the data centers that use the captured addresses",
    see: [
      page5xx(522),
      page5xx(523),
      "https://developers.cloudflare.com/fundamentals/concepts/cloudflare-ip-addresses/",
    ],
  },
  "no-tls": { codes: [525], text: "Error 525", see: [page5xx(525)] },
  // The server's own 400 comes through; an answer that is no HTTP gives 520.
  "plain-to-tls": {
    codes: [400, 520],
    text: "Error 400 that the server answers, or 520",
    see: [page5xx(520)],
  },
  "bad-certificate": { codes: [526], text: "Error 526", see: [page5xx(526)] },
  loop: { codes: [1000, 1002], text: "Error 1000 or 1002", see: [page1xxx(1000), page1xxx(1002)] },
  // 1002 "Restricted"; 522 where an origin rule leads to a reserved address
  "special-purpose-address": {
    codes: [1002, 522],
    text: "Error 1002 or 522",
    see: [page1xxx(1002), page5xx(522)],
  },
  unresolved: {
    codes: [530, 1016],
    text: "Error 530, with 1016 in its body",
    see: [page5xx(530), page1xxx(1016)],
  },
  "second-leg-http": {
    codes: [502, 503, 504],
    text: "an error 502, 503 or 504 that the balancer answers",
    see: [`${DOCS}/cloudflare-5xx-errors/error-502/`, `${DOCS}/cloudflare-5xx-errors/error-504/`],
  },
  "second-leg-tcp": {
    codes: [522, 521, 525],
    text: "Error 522, 521 or 525, by what the balancer does when no target answers",
    see: [page5xx(522), page5xx(521), page5xx(525)],
  },
  "no-listener": {
    codes: [521, 522],
    text: "Error 521 or 522, by what the balancer's vendor does with a closed port",
    see: [page5xx(521), page5xx(522)],
  },
};

/**
 * The error that visitors see when a hop ends their flow.
 *
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/
 */
export function stopError(event: StopEvent): StopError {
  return STOP_ERRORS[event];
}

/**
 * The titles of Cloudflare's error pages, by code: 520 to 530 and those of the 1000s that are
 * about the origin's address.
 *
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/
 */
const TITLES: ReadonlyMap<number, string> = new Map([
  [520, "Web server is returning an unknown error"],
  [521, "Web server is down"],
  [522, "Connection timed out"],
  [523, "Origin is unreachable"],
  [524, "A timeout occurred"],
  [525, "SSL handshake failed"],
  [526, "Invalid SSL certificate"],
  [527, "Railgun Listener to origin error"],
  [530, "The origin's name does not resolve; the page names a 1xxx error"],
  [1000, "DNS points to prohibited IP"],
  [1001, "DNS resolution error"],
  [1002, "Restricted, or DNS points to prohibited IP"],
  [1014, "CNAME Cross-User Banned"],
  [1016, "Origin DNS error"],
  [1033, "Cloudflare Tunnel error"],
]);

/** The title of an error page; `undefined` for a code that Cloudflare does not use or we omit. */
export function errorTitle(code: number): string | undefined {
  return TITLES.get(code);
}

/** The codes that {@link errorTitle} knows, ascending. */
export const TITLED_CODES: readonly number[] = [...TITLES.keys()];
