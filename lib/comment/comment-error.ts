/** Why a comment could not be posted; its message says what to do. */
export class CommentError extends Error {
  public override readonly name = "CommentError";

  /**
   * @param message one line, without a final period
   * @param denied the token may not write, or there is none: a report can go elsewhere
   */
  constructor(
    message: string,
    public readonly denied = false,
  ) {
    super(message);
  }
}

/** No answer came, so that nobody knows whether the request was carried out. */
export class Unanswered extends CommentError {}

/** The API answered that it won't. */
export class Refused extends CommentError {
  constructor(
    message: string,
    public readonly status: number,
    denied: boolean,
  ) {
    super(message, denied);
  }
}
