import type { Member, Operator } from "./program";
import { not, or, type Truth, xor } from "./truth";
import { matches, type Template, wildcardPattern } from "./wildcard";

/** A value on the stack of an evaluation. */
export type Operand =
  | { readonly kind: "text"; readonly text: Template; readonly never?: ReadonlySet<string> }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "truth"; readonly truth: Truth }
  | { readonly kind: "unknown" };

/** What holds of a template that is one text. */
export function known(template: Template | undefined, then: (text: string) => Truth): Truth {
  const [text] = template ?? [];
  return text === undefined || template?.length !== 1 ? undefined : then(text);
}

/** A comparison, as far as both sides are known. */
export function compare(operator: Operator, left: Operand, right: Operand): Truth {
  if (left.kind === "number" && right.kind === "number") {
    return compareNumbers(operator, left.value, right.value);
  }
  if (left.kind === "truth" && right.kind === "truth") {
    const same = not(xor(left.truth, right.truth));
    return operator === "eq" ? same : operator === "ne" ? not(same) : undefined;
  }
  return left.kind === "text" && right.kind === "text"
    ? known(right.text, (text) => compareTexts(operator, left, text))
    : undefined;
}

/** Whether a text is this one. */
function isText({ text: template, never }: Operand & { kind: "text" }, text: string): Truth {
  const found = matches(template, [text]);
  return found === undefined && never?.has(text) === true ? false : found;
}

function compareTexts(operator: Operator, left: Operand & { kind: "text" }, text: string): Truth {
  const template = left.text;
  switch (operator) {
    case "eq":
      return isText(left, text);
    case "ne":
      return not(isText(left, text));
    case "contains":
      return matches(template, ["", text, ""]);
    case "strict wildcard":
      return matches(template, wildcardPattern(text));
    case "wildcard": {
      const lower = template.map((part) => part.toLowerCase());
      return matches(lower, wildcardPattern(text.toLowerCase()));
    }
    default:
      return undefined;
  }
}

function compareNumbers(operator: Operator, left: number, right: number): Truth {
  switch (operator) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "lt":
      return left < right;
    case "le":
      return left <= right;
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    default:
      return undefined;
  }
}

/** Whether a value is one of a set. */
export function isIn(operand: Operand, set: readonly Member[]): Truth {
  return set.reduce<Truth>((found, member) => or(found, isMember(operand, member)), false);
}

function isMember(operand: Operand, member: Member): Truth {
  if (operand.kind === "text" && member.kind === "text") {
    return isText(operand, member.text);
  }
  if (operand.kind === "number" && member.kind === "number") {
    return operand.value === member.value;
  }
  return operand.kind === "number" && member.kind === "range"
    ? member.from <= operand.value && operand.value <= member.to
    : undefined;
}
