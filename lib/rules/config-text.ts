import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { z } from "zod";

/** Something in the text that can't be used, where it stands. */
export interface TextProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** JSON with comments and trailing commas, as parsed. */
export type ParsedText =
  | { readonly ok: true; readonly value: unknown; readonly root: Node }
  | { readonly ok: false; readonly problem: TextProblem };

/** Reads JSON that a person wrote: comments and trailing commas are fine, a member twice is not. */
export function parseText(text: string): ParsedText {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (root === undefined || error !== undefined) {
    const words = WORDS[error === undefined ? "ValueExpected" : printParseErrorCode(error.error)];
    const problem = `is no JSON: ${words ?? "there is a character that JSON has not"}`;
    return { ok: false, problem: { ...placeOf(text, error?.offset ?? 0), text: problem } };
  }
  const twice = memberTwice(root);
  if (twice !== undefined) {
    const name = JSON.stringify(twice.value);
    const problem = { ...placeOf(text, twice.offset), text: `has the member ${name} twice` };
    return { ok: false, problem };
  }
  return { ok: true, value: getNodeValue(root), root };
}

const WORDS: Readonly<Record<string, string>> = {
  InvalidNumberFormat: "this is no number",
  PropertyNameExpected: "a member's name in double quotes is missing",
  ValueExpected: "a value is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing brace is missing",
  CloseBracketExpected: "a closing bracket is missing",
  EndOfFileExpected: "there is more behind the end",
  UnexpectedEndOfComment: "a comment does not end",
  UnexpectedEndOfString: "a text does not end on its line",
  InvalidEscapeCharacter: "this escape is unknown",
};

/** The name of the second member of that name, which would silently win. */
function memberTwice(node: Node): Node | undefined {
  const children = node.children ?? [];
  const names = new Set<unknown>();
  for (const name of node.type === "object" ? children.flatMap((each) => keyOf(each)) : []) {
    if (names.has(name.value)) {
      return name;
    }
    names.add(name.value);
  }
  return children.map(memberTwice).find((found) => found !== undefined);
}

function keyOf(property: Node): readonly Node[] {
  return property.children?.slice(0, 1) ?? [];
}

/** Says of a schema's first complaint where it is, which member it is about and what is wrong. */
export function issueProblem(text: string, root: Node, issue: z.core.$ZodIssue): TextProblem {
  const [unknown = ""] = issue.code === "unrecognized_keys" ? issue.keys : [];
  const path = [...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
  const member = unknown === "" ? path : [...path, unknown];
  const about = unknown === "" && issue.code !== "invalid_key" ? "value" : "name";
  const name = member.length === 0 ? "the file" : `'${member.join(".")}'`;
  return {
    ...placeOf(text, offsetOf(root, member, about)),
    text: `${name}: ${unknown === "" ? wordsOf(issue) : "there is no such member"}`,
  };
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") {
    return issue.issues[0]?.message ?? issue.message;
  }
  return issue.message.endsWith("received undefined") ? "is missing" : issue.message;
}

/** Of a member that is missing, the place of what it should be in. */
function offsetOf(root: Node, path: readonly (string | number)[], about: "name" | "value"): number {
  const node = findNodeAtLocation(root, [...path]);
  if (node === undefined) {
    return path.length === 0 ? root.offset : offsetOf(root, path.slice(0, -1), "value");
  }
  return about === "name" ? (node.parent?.offset ?? node.offset) : node.offset;
}

function placeOf(text: string, offset: number): Pick<TextProblem, "line" | "column"> {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
