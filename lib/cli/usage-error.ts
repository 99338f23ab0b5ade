/** A word on the command line that can't be used; the command exits 2. */
export class UsageError extends Error {
  public override readonly name = "UsageError";
}
