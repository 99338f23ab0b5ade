import type { Instance } from "../model/instance";
import type { Expression, Value } from "../model/value";
import type { EdgeRecord } from "../model/zone";
import { type Address, type Family, parseAddress } from "../net/cidr";
import type { Lookup } from "./lookup";
import { type Target as Referred, resolve, scopeOf } from "./references";
import { AWS_ADDRESSES } from "./resources/aws-address";

/** Where the edge connects to for a record. */
export type OriginTarget = {
  readonly family: Family;
  /** False: an unknown value decides whether it is this one. */
  readonly certain: boolean;
} & (
  | { readonly kind: "resource"; readonly instance: Instance; readonly attribute: string }
  | { readonly kind: "literal"; readonly address: Address; readonly sensitive: boolean }
  /** A name, a resource that is not read, a value known after apply. */
  | { readonly kind: "unread"; readonly subject: string; readonly text: string }
);

/** Addresses by which Cloudflare marks hostnames that Workers or redirects serve. */
const ORIGINLESS = new Set(["192.0.2.0", "192.0.2.1", "100::", "100::1"]);

/** @see https://developers.cloudflare.com/workers/configuration/routing/routes/ */
export function isOriginless(record: EdgeRecord): boolean {
  const address = record.content.kind === "known" ? textOf(record.content) : undefined;
  const parsed = address === undefined ? undefined : parseAddress(address);
  return parsed?.ok === true && ORIGINLESS.has(parsed.value.text);
}

/** Longer chains of CNAMEs are not followed. */
const LONGEST_CHAIN = 10;

/** Finds what records lead to, through CNAME chains inside the input. */
export class Targets {
  constructor(
    private readonly lookup: Lookup,
    private readonly byHostname: ReadonlyMap<string, readonly EdgeRecord[]>,
  ) {}

  /** Every origin that the edge may connect to for a record. */
  public of(record: EdgeRecord, depth = 0): readonly OriginTarget[] {
    if (record.type === "CNAME") {
      return this.ofName(record, depth);
    }
    const family = record.type === "A" ? 4 : 6;
    const { content, instance } = record;
    const text = content.kind === "known" ? textOf(content) : undefined;
    if (text !== undefined) {
      return [
        this.ofLiteral(text, family, content.kind === "known" && content.sensitive, instance),
      ];
    }
    const expression = content.kind === "unknown" ? content.expression : undefined;
    return this.ofExpression(expression, family, instance);
  }

  private ofLiteral(
    text: string,
    family: Family,
    sensitive: boolean,
    instance: Instance,
  ): OriginTarget {
    const parsed = parseAddress(text);
    if (!parsed.ok || parsed.value.family !== family) {
      return unread(
        family,
        instance.address,
        `the content of ${instance.address} is no IPv${family} address`,
      );
    }
    for (const known of AWS_ADDRESSES.filter((each) => each.family === family)) {
      const [found] = [text, parsed.value.text].flatMap((written) =>
        this.lookup.byValue(known.type, known.attribute, written),
      );
      if (found !== undefined) {
        const { attribute } = known;
        return { kind: "resource", family, certain: true, instance: found, attribute };
      }
    }
    return { kind: "literal", family, certain: true, address: parsed.value, sensitive };
  }

  private ofExpression(
    expression: Expression | undefined,
    family: Family,
    instance: Instance,
  ): readonly OriginTarget[] {
    if (expression === undefined) {
      const text = `the content of ${instance.address} is known after apply`;
      return [unread(family, instance.address, text)];
    }
    const found = resolve(this.lookup, expression, scopeOf(instance));
    const fitting = found.targets.map((target) => targetOf(target, family, instance));
    const opaque = found.opaque.map((part) =>
      unread(family, part.text, `what ${part.text} gives ${instance.address} is known after apply`),
    );
    const all = [...fitting, ...opaque];
    const certain = all.length === 1;
    return all.length === 0
      ? [
          unread(
            family,
            instance.address,
            `the content of ${instance.address} is known after apply`,
          ),
        ]
      : all.map((target) => ({ ...target, certain: certain && target.certain }));
  }

  /** A CNAME has the families of the name that it ends at. */
  private ofName(record: EdgeRecord, depth: number): readonly OriginTarget[] {
    const next = depth > LONGEST_CHAIN ? [] : this.next(record);
    if (next.length > 0) {
      return next.flatMap((target) => this.of(target, depth + 1));
    }
    const name = record.content.kind === "known" ? textOf(record.content) : undefined;
    const given = name ?? namesIn(record.content);
    const text =
      depth > LONGEST_CHAIN
        ? `the CNAMEs from ${record.instance.address} form a loop, or a very long chain`
        : `${given} is no name of this input: what its address admits is unknown`;
    return ([4, 6] as const).map((family) => ({ ...unread(family, given, text), certain: false }));
  }

  private next(record: EdgeRecord): readonly EdgeRecord[] {
    const { content, instance } = record;
    if (content.kind === "known") {
      const name = textOf(content)?.toLowerCase().replace(/\.$/, "");
      return name === undefined ? [] : (this.byHostname.get(name) ?? []);
    }
    if (content.kind !== "unknown" || content.expression === undefined) {
      return [];
    }
    const found = resolve(this.lookup, content.expression, scopeOf(instance));
    const named = found.targets.map((target) => target.instance);
    const all = [...this.byHostname.values()].flat();
    return found.opaque.length > 0 ? [] : all.filter((each) => named.includes(each.instance));
  }
}

function targetOf(target: Referred, family: Family, record: Instance): OriginTarget {
  const { instance, path } = target;
  const [first, ...rest] = path;
  const known = AWS_ADDRESSES.filter((each) => {
    return each.family === family && each.type === instance.type;
  });
  const match = known.find((each) => {
    const named = first !== undefined && "attribute" in first && first.attribute === each.attribute;
    return first === undefined || (named && rest.every((step) => "key" in step || "splat" in step));
  });
  if (match === undefined) {
    const text = `originproof does not read the address that ${instance.address} gives ${record.address}`;
    return unread(family, instance.address, text);
  }
  const { attribute } = match;
  return { kind: "resource", family, certain: instance.certain, instance, attribute };
}

function unread(family: Family, subject: string, text: string): OriginTarget {
  return { kind: "unread", family, certain: true, subject, text };
}

function textOf(value: Value): string | undefined {
  return value.kind === "known" && typeof value.value === "string" ? value.value : undefined;
}

function namesIn(value: Value): string {
  const references = value.kind === "unknown" ? (value.expression?.references ?? []) : [];
  const names = references.map((reference) => reference.text);
  return names.length === 0 ? "a value known after apply" : names.join(", ");
}
