/** Input that cannot be read at all: the command prints its message and exits 2. */
export class InputError extends Error {
  public override readonly name = "InputError";

  /**
   * @param label how the user named the input
   * @param problem what is wrong and what to do, without a final period
   */
  constructor(label: string, problem: string) {
    super(`${label}: ${problem}`);
  }
}
