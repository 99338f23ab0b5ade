import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A line of the user's code. */
export interface SourceLine {
  /** Relative to the working directory where it lies below it, with `/` between folders. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * How many frames are looked at: nearly always few are enough, and each costs time. Deep class
 * hierarchies and frameworks put many between a construct and its caller.
 */
const DEPTHS = [6, 100];

/** The library runs from `lib` or from `dist`, and source maps lead from the second to the first. */
const LIBRARY = ["lib", "dist"].map((folder) => resolve(__dirname, "../..", folder) + sep);

const FRAME =
  /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/])(?!.*<anonymous>).*):(\d+):\d+\)?$/;

/** Lines by directory and stack trace: a loop makes thousands of constructs on one line. */
const KNOWN = new Map<string, SourceLine>();

/** The line that called into the library; `null` where no frame is the user's. */
export function callerLine(): SourceLine | null {
  const directory = process.cwd();
  for (const depth of DEPTHS) {
    const stack = stackOf(depth);
    const key = `${directory} ${stack}`;
    const line = KNOWN.get(key) ?? sourceLineOf(stack, directory);
    if (line !== null) {
      KNOWN.set(key, line);
      return line;
    }
  }
  return null;
}

function stackOf(depth: number): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const holder = { stack: "" };
  Error.captureStackTrace(holder, callerLine);
  const { stack } = holder;
  Error.stackTraceLimit = limit;
  return stack;
}

/**
 * The first frame of a stack trace that is neither this library's, a dependency's nor Node's.
 *
 * @param stack as `Error.stack` gives it
 * @param directory what files are relative to
 */
export function sourceLineOf(stack: string, directory: string): SourceLine | null {
  for (const text of stack.split("\n")) {
    const match = FRAME.exec(text.trimEnd());
    const [, place = "", line = ""] = match ?? [];
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    if (match !== null && isUsers(file)) {
      return { file: shorten(file, directory), line: Number(line) };
    }
  }
  return null;
}

function isUsers(file: string): boolean {
  const own = LIBRARY.some((folder) => file.startsWith(folder));
  return !own && !file.split(/[\\/]/).includes("node_modules");
}

function shorten(file: string, directory: string): string {
  const path = relative(directory, file);
  const outside = path.split(sep)[0] === ".." || isAbsolute(path);
  return (outside ? file : path).split(sep).join("/");
}
