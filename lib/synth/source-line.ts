import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A line of the user's code. */
export interface SourceLine {
  /** Relative to the working directory where it lies below it, with `/` between folders. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Deep class hierarchies and frameworks put many frames between a construct and its caller. */
const STACK_DEPTH = 100;

/** The library runs from `lib` or from `dist`, and source maps lead from the second to the first. */
const LIBRARY = ["lib", "dist"].map((folder) => resolve(__dirname, "../..", folder) + sep);

const FRAME =
  /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/])(?!.*<anonymous>).*):(\d+):\d+\)?$/;

/** The line that called into the library; `null` where no frame is the user's. */
export function callerLine(): SourceLine | null {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_DEPTH;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return sourceLineOf(stack, process.cwd());
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
