/** What an answer says in its head. */
export interface Head {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

const MINUTE = 60_000;

/**
 * How long an answer asks to wait, in milliseconds; undefined where it is no rate limit.
 *
 * @param message what the API says
 * @param now milliseconds since 1970
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * @see https://docs.gitlab.com/user/gitlab_com/#rate-limited-responses
 */
export function rateLimitOf(
  { status, headers }: Head,
  message: string,
  now: number,
): number | undefined {
  if (status !== 429 && status !== 403) {
    return undefined;
  }
  const after = seconds(headers.get("retry-after"));
  if (after !== undefined) {
    return after * 1_000;
  }
  const exhausted =
    headers.get("x-ratelimit-remaining") === "0" || headers.get("ratelimit-remaining") === "0";
  const reset = seconds(headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset"));
  if (exhausted && reset !== undefined) {
    return Math.max(0, reset * 1_000 - now) + 1_000;
  }
  // GitHub's secondary limits come without a time at first: "wait for at least one minute".
  const secondary = /\b(secondary rate limit|abuse detection)\b/i.test(message);
  return status === 429 || exhausted || secondary ? MINUTE : undefined;
}

/** Whole seconds; a date, a negative number and the like count as not said. */
function seconds(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
