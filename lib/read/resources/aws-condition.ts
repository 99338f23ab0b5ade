import { type HostHeaders, isNamed } from "../../edge/hostname";
import type { Instance } from "../../model/instance";
import { type Block, bodyOf, listAttribute, nestedBlocks } from "../attributes";

/** What a condition of a listener rule may look at. */
const KINDS = [
  "host_header",
  "path_pattern",
  "http_header",
  "http_request_method",
  "query_string",
  "source_ip",
] as const;

type Kind = (typeof KINDS)[number];

/** A condition of a listener rule, as far as it tells requests apart by host or path. */
export interface Condition {
  /** The one thing that it looks at; undefined: more, or not known. */
  readonly kind: Kind | undefined;
  /** Patterns of which one must match; undefined: not all are known and read. */
  readonly patterns: readonly string[] | undefined;
}

/** The conditions of a rule: all of them must hold. */
export interface Conditions {
  readonly all: readonly Condition[];
  /** There may be more. */
  readonly open: boolean;
}

const READ = new WeakMap<Instance, Conditions>();

/** Read once for each rule: many hostnames ask for them. */
export function conditionsOf(rule: Instance): Conditions {
  const known = READ.get(rule);
  if (known !== undefined) {
    return known;
  }
  const { blocks, open } = nestedBlocks(bodyOf(rule), "condition");
  const read = { all: blocks.map(conditionOf), open };
  READ.set(rule, read);
  return read;
}

function conditionOf(block: Block): Condition {
  const [kind, ...others] = KINDS.filter((name) => {
    const inner = nestedBlocks(block, name);
    return inner.open || inner.blocks.length > 0;
  });
  const only = others.length === 0 ? kind : undefined;
  return { kind: only, patterns: only && patternsOf(block, only) };
}

/** The values of a condition, where all are known. */
function patternsOf(condition: Block, kind: Kind): readonly string[] | undefined {
  const { blocks, open } = nestedBlocks(condition, kind);
  const [pattern, ...others] = blocks;
  const list = pattern && listAttribute(pattern, "values");
  const regex = pattern && listAttribute(pattern, "regex_values");
  if (open || others.length > 0 || list === undefined || list === "unset" || list.open) {
    return undefined;
  }
  const values = list.known.filter((value) => typeof value === "string" && isRead(value));
  const whole = values.length === list.known.length && values.length > 0 && regex === "unset";
  return whole ? (values as readonly string[]) : undefined;
}

/** A backslash makes a wildcard a letter, which is not read; AWS takes 128 characters. */
function isRead(pattern: string): boolean {
  return !pattern.includes("\\") && pattern.length <= 128;
}

/**
 * Whether a condition on the host holds for each of the requests, for none, or it depends. Upper and
 * lower case are the same.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#host-conditions
 */
export function meetsHost({ patterns }: Condition, hosts: HostHeaders): boolean | undefined {
  const truths = hosts.all.map((header) =>
    anyOf(patterns?.map((pattern) => named(pattern, header))),
  );
  const [first] = truths;
  return truths.every((truth) => truth === first) ? first : undefined;

  function named(pattern: string, header: HostHeaders["all"][number]): boolean | undefined {
    const wild = pattern.includes("?");
    return wild ? undefined : isNamed(header, pattern.toLowerCase(), hosts.taken);
  }
}

/** One is enough; undefined: it is not known which there are. */
function anyOf(truths: readonly (boolean | undefined)[] | undefined): boolean | undefined {
  if (truths === undefined || truths.includes(true)) {
    return truths && true;
  }
  return truths.every((truth) => truth === false) ? false : undefined;
}
