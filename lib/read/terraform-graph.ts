import type { TerraformGraph } from "../model/apply";
import { InputError } from "./input-error";

const COMMAND = "terraform graph -plan=<plan file>";

/** Terraform puts this before the name of every vertex. */
const PREFIX = "[root] ";

/**
 * Reads what `terraform graph -plan=tfplan` writes: one vertex or edge a line, names quoted as Go
 * does. Attributes are skipped.
 *
 * @throws InputError where the text is no such graph
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/dag/dot.go
 */
export function parseTerraformGraph(text: string, label: string): TerraformGraph {
  if (!/^\s*digraph\s*\{/.test(text)) {
    throw new InputError(label, `${wrongKind(text)}; give the output of '${COMMAND}'`);
  }
  const edges = new Map<string, string[]>();
  let closed = false;
  for (const line of linesOf(text)) {
    closed = line.trim() === "}";
    const from = nameAt(line, 0);
    if (from !== undefined) {
      readLine(edges, line, from);
    }
  }
  if (!closed) {
    throw new InputError(label, `was cut off; give the whole output of '${COMMAND}'`);
  }
  return { label, edges };
}

function wrongKind(text: string): string {
  if (text.trim() === "") {
    return "is empty";
  }
  return /^\s*digraph/.test(text)
    ? "is the graph of a configuration, which does not tell what the plan does"
    : "is no graph of Terraform's";
}

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    if (line.trim() !== "") {
      yield line;
    }
  }
}

function readLine(edges: Map<string, string[]>, line: string, from: Name): void {
  const known = edges.get(from.name) ?? [];
  edges.set(from.name, known);
  const arrow = /\s*->\s*/y;
  arrow.lastIndex = from.end;
  const found = arrow.exec(line);
  const to = found === null ? undefined : nameAt(line, arrow.lastIndex);
  if (to !== undefined) {
    known.push(to.name);
    if (!edges.has(to.name)) {
      edges.set(to.name, []);
    }
  }
}

interface Name {
  readonly name: string;
  readonly end: number;
}

/** A quoted name at a place of a line, without Terraform's prefix. */
function nameAt(line: string, at: number): Name | undefined {
  let start = at;
  while (line[start] === "\t" || line[start] === " ") {
    start += 1;
  }
  if (line[start] !== '"') {
    return undefined;
  }
  let end = start + 1;
  while (end < line.length && line[end] !== '"') {
    end += line[end] === "\\" ? 2 : 1;
  }
  const name = end < line.length ? unquoted(line.slice(start + 1, end)) : "";
  return name.startsWith(PREFIX) ? { name: name.slice(PREFIX.length), end: end + 1 } : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" },
};

/** Undoes strconv.Quote. */
function unquoted(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g,
    (_whole, two?: string, four?: string, eight?: string, one?: string) => {
      const code = Number.parseInt(two ?? four ?? eight ?? "", 16);
      if (one !== undefined) {
        return ESCAPES[one] ?? one;
      }
      return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}
