import { CommentError } from "./comment-error";

/** Hidden in a comment, so that the next run finds it. */
export const REVIEW_MARKER = "<!-- originproof:review -->";

const ANY_MARKER = /^[ \t]*<!-- originproof:review(?::[A-Za-z0-9._-]+)? -->[ \t]*\r?\n?/gm;

/**
 * The marker of a comment.
 *
 * @param key tells several comments of one pull request apart
 * @throws CommentError where the key has other characters than letters, digits, `.`, `_` and `-`
 */
export function markerOf(key: string | undefined): string {
  if (key === undefined) {
    return REVIEW_MARKER;
  }
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(key)) {
    throw new CommentError(
      `'--key' got ${JSON.stringify(key.slice(0, 100))}; use up to 64 letters, digits, '.', '_' and '-'`,
    );
  }
  return REVIEW_MARKER.replace(" -->", `:${key} -->`);
}

/** Whether a line is the marker: someone who quotes our comment has `> ` before it. */
export function hasMarker(body: string, marker: string): boolean {
  return body.split(/\r?\n/).some((line) => line.trim() === marker);
}

/**
 * What is posted: the marker first, and no line that a bot takes as a command (`/merge`).
 *
 * @see https://docs.gitlab.com/user/project/quick_actions/
 */
export function commentBody(markdown: string, marker: string): string {
  const text = markdown.replace(ANY_MARKER, "").trim();
  return `${marker}\n${text.replace(/^([ \t]*)\/(?=[a-z])/gim, "$1\\/")}\n`;
}

/** Whether they are the same but for line ends, which the APIs may change. */
export function sameBody(left: string, right: string): boolean {
  return normal(left) === normal(right);
}

function normal(body: string): string {
  return body.replace(/\r\n/g, "\n").trim();
}
