import { compare, isIn, known, type Operand } from "./compare";
import type { Operator, Program } from "./program";
import { and, not, or, type Truth, xor } from "./truth";
import { matches, type Template } from "./wildcard";

/**
 * Requests that expressions are asked about: one, where each template is one text, or all that fit.
 */
export interface Requests {
  readonly scheme: "http" | "https";
  readonly host: Template;
  /** Texts of the template that the hostname is not. */
  readonly taken?: ReadonlySet<string>;
  /** The visitor's port. */
  readonly port: number;
  /** With the leading slash, without the query. */
  readonly path: Template;
  /** Without the question mark. */
  readonly query: Template;
  /** Something may have rewritten path and query before the expression sees them. */
  readonly rewritten: boolean;
  /** Only the hostname is looked at: all else may be anything. */
  readonly hostAlone?: boolean;
}

/** Every path and query. */
export const ANY_PATH: Template = ["/", ""];
export const ANY_TEXT: Template = ["", ""];

const UNKNOWN: Operand = { kind: "unknown" };

/** Whether an expression holds for all of the requests, for none, or it depends. */
export function evaluate(program: Program, requests: Requests): Truth {
  const stack: Operand[] = [];
  const pop = (): Operand => stack.pop() ?? UNKNOWN;
  for (const step of program) {
    switch (step.op) {
      case "text":
        stack.push({ kind: "text", text: [step.text] });
        break;
      case "number":
        stack.push({ kind: "number", value: step.value });
        break;
      case "field":
        stack.push(fieldOf(step.name, requests));
        break;
      case "call":
        stack.push(call(step.name, stack.splice(-step.arguments)));
        break;
      case "in":
        stack.push(truth(isIn(pop(), step.set)));
        break;
      case "unknown":
        stack.push(UNKNOWN);
        break;
      case "operator": {
        const last = pop();
        stack.push(
          UNARY.has(step.operator) ? unary(step.operator, last) : both(step.operator, pop(), last),
        );
      }
    }
  }
  return truthOf(pop());
}

const UNARY: ReadonlySet<Operator> = new Set(["not", "index"]);

function truth(value: Truth): Operand {
  return { kind: "truth", truth: value };
}

function truthOf(operand: Operand): Truth {
  return operand.kind === "truth" ? operand.truth : undefined;
}

/**
 * The fields that the hostname, the visitor's scheme and port, and the path decide.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/
 */
function fieldOf(name: string, requests: Requests): Operand {
  if (requests.hostAlone === true && !OF_HOST.has(name)) {
    return UNKNOWN;
  }
  const text = textOf(name, requests);
  if (text !== undefined) {
    const { taken } = requests;
    return name === "http.host" && taken !== undefined
      ? { kind: "text", text, never: taken }
      : { kind: "text", text };
  }
  switch (name) {
    case "true":
    case "false":
      return truth(name === "true");
    case "ssl":
      return truth(requests.scheme === "https");
    case "cf.edge.server_port":
      return { kind: "number", value: requests.port };
    default:
      return UNKNOWN;
  }
}

/** What the hostname alone decides. */
const OF_HOST: ReadonlySet<string> = new Set(["http.host", "true", "false"]);

function textOf(name: string, requests: Requests): Template | undefined {
  const raw = name.startsWith("raw.");
  const seen = requests.rewritten && !raw;
  const path = seen ? ANY_PATH : requests.path;
  const query = seen ? ANY_TEXT : requests.query;
  switch (raw ? name.slice(4) : name) {
    case "http.host":
      return raw ? undefined : requests.host;
    case "http.request.uri.path":
      return path;
    case "http.request.uri.query":
      return query;
    case "http.request.uri":
      return uriOf(path, query);
    case "http.request.full_uri":
      return join([`${requests.scheme}://`], requests.host, portOf(requests), uriOf(path, query));
    default:
      return undefined;
  }
}

/** Whether the hostname is this one. */
export function isHost({ host, taken }: Requests, name: string): Truth {
  const found = matches(host, [name]);
  return found === undefined && taken?.has(name) === true ? false : found;
}

/** Whether other ports than the usual ones are in the URI is not documented. */
function portOf({ port }: Requests): Template {
  return port === 80 || port === 443 ? [""] : ANY_TEXT;
}

function uriOf(path: Template, query: Template): Template {
  const none = query.length === 1 && query[0] === "";
  return none ? path : query.length === 1 ? join(path, ["?"], query) : join(path, ANY_TEXT);
}

/** One after the other. */
export function join(...templates: readonly Template[]): Template {
  return templates.reduce((left, right) => [
    ...left.slice(0, -1),
    `${left.at(-1) ?? ""}${right[0] ?? ""}`,
    ...right.slice(1),
  ]);
}

/** @see https://developers.cloudflare.com/ruleset-engine/rules-language/functions/ */
function call(name: string, given: readonly Operand[]): Operand {
  const texts = given.flatMap((each) => (each.kind === "text" ? [each.text] : []));
  const [first, second] = texts;
  if (first === undefined || texts.length < given.length) {
    return UNKNOWN;
  }
  switch (name) {
    case "lower":
      // Keeps what a hostname is not: those are in lower case.
      return { ...given[0], kind: "text", text: first.map((part) => part.toLowerCase()) };
    case "upper":
      return { kind: "text", text: first.map((part) => part.toUpperCase()) };
    case "concat":
      return { kind: "text", text: join(...texts) };
    case "starts_with":
      return truth(known(second, (text) => matches(first, [text, ""])));
    case "ends_with":
      return truth(known(second, (text) => matches(first, ["", text])));
    default:
      return UNKNOWN;
  }
}

function unary(operator: Operator, operand: Operand): Operand {
  return operator === "not" ? truth(not(truthOf(operand))) : UNKNOWN;
}

function both(operator: Operator, left: Operand, right: Operand): Operand {
  switch (operator) {
    case "and":
      return truth(and(truthOf(left), truthOf(right)));
    case "or":
      return truth(or(truthOf(left), truthOf(right)));
    case "xor":
      return truth(xor(truthOf(left), truthOf(right)));
    default:
      return truth(compare(operator, left, right));
  }
}
