const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const BLANKS: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];
const PLANNED = Buffer.from('"planned_values"');
const CHANGES = Buffer.from('"resource_changes"');
const NOTHING = Buffer.from("{}");

/** Terraform writes it after the versions and variables; it is not looked for further on. */
const LATEST = 2 ** 20;

/**
 * The text of a plan with `planned_values` empty. That is a quarter of a plan, which says again
 * what `resource_changes` says; where the plan has those, nothing here reads it, so that it need
 * not be parsed either. Any other text, and one that is cut off, stays as it is.
 *
 * @param bytes of UTF-8, which are written over
 */
export function withoutPlannedValues(bytes: Buffer): Buffer {
  const brace = blanksEnd(bytes, 0);
  const found =
    bytes[brace] === OPEN_OBJECT
      ? memberFrom(bytes, brace, PLANNED, Math.min(bytes.length, LATEST))
      : undefined;
  const end =
    found === undefined || bytes[found] !== OPEN_OBJECT
      ? -1
      : nestedEnd(bytes, found, bytes.length);
  const after = end < 0 ? end : blanksEnd(bytes, end);
  if (
    found === undefined ||
    bytes[after] !== COMMA ||
    memberFrom(bytes, after, CHANGES, bytes.length) === undefined
  ) {
    return bytes;
  }
  const moved = end - NOTHING.length - found;
  bytes.copyWithin(moved, 0, found);
  NOTHING.copy(bytes, moved + found);
  return bytes.subarray(moved);
}

/**
 * Where the value of a member of the outermost object starts.
 *
 * @param from the brace or comma before a member
 */
function memberFrom(bytes: Buffer, from: number, name: Buffer, most: number): number | undefined {
  let at = from;
  do {
    const key = blanksEnd(bytes, at + 1);
    const end = bytes[key] === QUOTE ? stringEnd(bytes, key, most) : -1;
    const colon = end < 0 ? -1 : blanksEnd(bytes, end);
    if (bytes[colon] !== COLON) {
      return undefined;
    }
    const value = blanksEnd(bytes, colon + 1);
    if (name.equals(bytes.subarray(key, end))) {
      return value;
    }
    at = blanksEnd(bytes, valueEnd(bytes, value, most));
  } while (bytes[at] === COMMA);
  return undefined;
}

/** The first place that is no blank. */
function blanksEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (BLANKS.includes(bytes[at] ?? 0)) {
    at += 1;
  }
  return at;
}

/** What follows a value; beyond all bytes where it does not end before `most`. */
function valueEnd(bytes: Buffer, from: number, most: number): number {
  const first = bytes[from];
  const nested = first === OPEN_OBJECT || first === OPEN_LIST;
  if (nested || first === QUOTE) {
    const end = (nested ? nestedEnd : stringEnd)(bytes, from, most);
    return end < 0 ? bytes.length : end;
  }
  let at = from;
  while (at < most && bytes[at] !== COMMA && bytes[at] !== CLOSE_OBJECT) {
    at += 1;
  }
  return at;
}

/** What follows the object or list that starts here; -1 where it does not end before `most`. */
function nestedEnd(bytes: Buffer, from: number, most: number): number {
  let depth = 0;
  for (let at = from; at < most; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = stringEnd(bytes, at, most) - 1;
      if (at < 0) {
        return -1;
      }
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return -1;
}

/** What follows the string that starts here; -1 where it does not end before `most`. */
function stringEnd(bytes: Buffer, from: number, most: number): number {
  for (let at = from + 1; ; ) {
    const end = bytes.indexOf(QUOTE, at);
    if (end < 0 || end >= most) {
      return -1;
    }
    let escapes = 0;
    while (bytes[end - 1 - escapes] === BACKSLASH) {
      escapes += 1;
    }
    if (escapes % 2 === 0) {
      return end + 1;
    }
    at = end + 1;
  }
}
