import type { Json } from "../model/value";
import type { Answer } from "./answer";
import type { Client } from "./client";
import { CommentError } from "./comment-error";

/** 10,000 comments. */
const MOST = 100;

/**
 * Every item of a list that an API gives in pages of a hundred.
 *
 * @param path with a `?` in it
 * @param isLast whether an answer says that no page follows
 * @throws CommentError where it is no list, or does not end
 */
export async function allPages(
  client: Client,
  path: string,
  isLast: (answer: Answer) => boolean,
): Promise<readonly Json[]> {
  const items: Json[] = [];
  for (let page = 1; page <= MOST; page += 1) {
    const answer = await client.send({ method: "GET", path: `${path}&per_page=100&page=${page}` });
    if (!Array.isArray(answer.body)) {
      throw new CommentError("the API answered with no list of comments: is --api-url right?");
    }
    items.push(...answer.body);
    if (isLast(answer)) {
      return items;
    }
  }
  throw new CommentError(
    `there are more than ${MOST * 100} comments: close this one and start anew`,
  );
}
