/**
 * Makes a resource without the stack traces that its binding keeps for tokens of attributes that
 * nobody asks for. To write them out takes longer than to make the resource, where thousands are
 * made, and several times as long under ts-node, which maps each frame to its source. Errors keep
 * theirs: one is written out where it is read, which is after this.
 */
export function withoutStackTraces<T>(make: () => T): T {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = () => "";
  try {
    return make();
  } finally {
    Error.prepareStackTrace = before;
  }
}
