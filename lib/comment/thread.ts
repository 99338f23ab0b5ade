/** One comment of a pull request. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Number of who wrote it, or null where the API does not tell. */
  readonly author: number | null;
  readonly login: string;
  readonly bot: boolean;
  /** Its page, where the API tells. */
  readonly url: string | null;
}

/** Who the token is: its number, its name, or null where the API does not tell. */
export interface Self {
  readonly id: number | null;
  readonly login: string | null;
}

/** The comments of one pull request or merge request. */
export interface Thread {
  /** As in `pull request 7 of acme/shop`. */
  readonly name: string;
  /** As in `GitHub`. */
  readonly host: string;
  /** Characters that a comment can have. */
  readonly limit: number;
  /** All of them, oldest first. */
  comments(): Promise<readonly Comment[]>;
  self(): Promise<Self>;
  create(body: string): Promise<Comment>;
  update(id: number, body: string): Promise<Comment>;
  remove(id: number): Promise<void>;
}
