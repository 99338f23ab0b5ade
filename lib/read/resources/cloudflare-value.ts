import { member, type Reference, UNSET, type Value } from "../../model/value";
import { asBoolean, attribute, type Block, nestedBlocks } from "../attributes";

/** Attributes that are texts: no number and no boolean comes of a reference to one. */
const TEXTS: ReadonlySet<string> = new Set([
  "address",
  "arn",
  "cname",
  "dns_name",
  "hostname",
  "id",
  "ip_address",
  "ipv6_addresses",
  "name",
  "private_ip",
  "public_dns",
  "public_ip",
]);

/**
 * A number or boolean of a nested attribute. Where the provider fills it in, it is unknown in a
 * plan, and the configuration shows one expression for the whole list: it is left to the provider
 * if nothing in that expression can be a number or boolean that apply has yet to tell.
 */
export function plainAttribute(block: Block, name: string): Value {
  const value = attribute(block, name);
  if (value.kind !== "unknown" || value.expression === undefined) {
    return value;
  }
  return value.expression.references.every(isText) ? UNSET : value;
}

/**
 * Nested blocks that somebody sets wherever they are there. A `dynamic` block whose elements are known
 * after apply leaves no trace in the configuration of a plan, so unknown is unknown here, never unset.
 */
export function setBlocks(block: Block, name: string): ReturnType<typeof nestedBlocks> {
  const { blocks, open } = nestedBlocks(block, name);
  return { blocks, open: open || block.unknown === true || member(block.unknown, name) === true };
}

function isText({ path }: Reference): boolean {
  const names = path.flatMap((step) => ("attribute" in step ? [step.attribute] : []));
  const last = names.at(-1);
  return last !== undefined && TEXTS.has(last);
}

/** A value of true or false; undefined where it is unknown. */
export function booleanOf(value: Value, unset: boolean): boolean | undefined {
  if (value.kind === "unset") {
    return unset;
  }
  return value.kind === "known" ? asBoolean(value.value) : undefined;
}
