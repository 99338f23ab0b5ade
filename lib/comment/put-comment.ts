import { forTerminal } from "../report/escape";
import { hasMarker, sameBody } from "./body";
import { CommentError, Refused, Unanswered } from "./comment-error";
import type { Comment, Self, Thread } from "./thread";

/** What was done. */
export interface Put {
  readonly done: "posted" | "updated" | "unchanged";
  readonly comment: Comment;
}

/** What is posted, how it is found again, and where to tell what happens. */
export interface Wanted {
  readonly body: string;
  readonly marker: string;
  /** Takes one line for standard error. */
  readonly tell: (line: string) => void;
  /** Waits before the comments are read again. */
  readonly again: (why: string, tries: number) => Promise<void>;
}

const TRIES = 4;

/**
 * Posts a comment, or updates the one that is there.
 *
 * @throws CommentError where it can't be done
 */
export async function putComment(thread: Thread, given: Wanted): Promise<Put> {
  const wanted = { ...given, tell: once(given.tell) };
  for (let tries = 1; ; tries += 1) {
    try {
      return await putOnce(thread, wanted);
    } catch (error) {
      if (!(error instanceof Unanswered)) {
        throw error;
      }
      if (tries === TRIES) {
        throw new CommentError(`${error.message} ${TRIES} times: run it again later`);
      }
      // It may be there all the same, so look before another one is posted.
      await wanted.again(error.message, tries);
    }
  }
}

/** The comments are read several times, and each reading sees the same strangers. */
function once(tell: Wanted["tell"]): Wanted["tell"] {
  const told = new Set<string>();
  return (line) => {
    if (!told.has(line)) {
      told.add(line);
      tell(line);
    }
  };
}

async function putOnce(thread: Thread, wanted: Wanted): Promise<Put> {
  const [newest, ...older] = await ownComments(thread, wanted);
  if (newest !== undefined) {
    await removeAll(thread, wanted, older);
    if (sameBody(newest.body, wanted.body)) {
      return { done: "unchanged", comment: newest };
    }
    const comment = await updated(thread, newest.id, wanted.body);
    if (comment !== undefined) {
      return { done: "updated", comment };
    }
  }
  const comment = await thread.create(wanted.body);
  await leaveOne(thread, wanted);
  return { done: "posted", comment };
}

/** Undefined where somebody deleted it meanwhile. */
async function updated(thread: Thread, id: number, body: string): Promise<Comment | undefined> {
  try {
    return await thread.update(id, body);
  } catch (error) {
    if (error instanceof Refused && (error.status === 404 || error.status === 410)) {
      return undefined;
    }
    throw error;
  }
}

/** Another run may have posted at the same time: both then keep the newest. */
async function leaveOne(thread: Thread, wanted: Wanted): Promise<void> {
  try {
    const [, ...older] = await ownComments(thread, wanted);
    await removeAll(thread, wanted, older);
  } catch (error) {
    if (!(error instanceof CommentError)) {
      throw error;
    }
    wanted.tell(`whether another run posted too is not known: ${error.message}`);
  }
}

/** Those that carry the marker and are by the token's owner, newest first. */
export async function ownComments(
  thread: Thread,
  { marker, tell }: Pick<Wanted, "marker" | "tell">,
): Promise<readonly Comment[]> {
  const marked = (await thread.comments()).filter(({ body }) => hasMarker(body, marker));
  if (marked.length === 0) {
    return [];
  }
  const self = await thread.self();
  for (const { login } of marked.filter((comment) => !isOwn(comment, self))) {
    tell(`a comment of ${forTerminal(login)} has the same hidden marker: left as it is`);
  }
  return marked.filter((comment) => isOwn(comment, self)).sort((a, b) => b.id - a.id);
}

function isOwn({ author, login, bot }: Comment, self: Self): boolean {
  if (self.id !== null && author !== null) {
    return author === self.id;
  }
  return self.login === null ? bot : login === self.login;
}

async function removeAll(
  thread: Thread,
  { tell }: Wanted,
  comments: readonly Comment[],
): Promise<void> {
  for (const { id } of comments) {
    try {
      await thread.remove(id);
      tell(`deleted the older comment ${id}`);
    } catch (error) {
      if (!(error instanceof CommentError)) {
        throw error;
      }
      tell(`the older comment ${id} stays: ${error.message}`);
    }
  }
}
