import type { Assumption } from "../model/hop";
import type { Instance } from "../model/instance";
import { type Expression, knownString, type Value } from "../model/value";
import type { EdgeRecord } from "../model/zone";
import { type Address, type Family, parseAddress } from "../net/cidr";
import type { Lookup } from "./lookup";
import { isOriginless } from "./originless";
import { type Target as Referred, resolve, scopeOf } from "./references";
import { AWS_ADDRESSES } from "./resources/aws-address";
import { familiesOf } from "./resources/aws-balancer-face";
import { balancerNamed, balancersIn } from "./resources/aws-balancer-name";

/** Where the edge connects to for a record. */
export type OriginTarget = {
  readonly family: Family;
  /** False: an unknown value decides whether it is this one. */
  readonly certain: boolean;
  /** A sensitive value led here: no address is printed. */
  readonly hidden?: boolean;
  readonly assumptions?: readonly Assumption[];
} & (
  | { readonly kind: "resource"; readonly instance: Instance; readonly attribute: string }
  | { readonly kind: "literal"; readonly address: Address; readonly sensitive: boolean }
  /** A name, a resource that is not read, a value known after apply. */
  | { readonly kind: "unread"; readonly subject: string; readonly text: string }
);

/** Longer chains of CNAMEs are not followed. */
const LONGEST_CHAIN = 50;

/** Finds what records lead to, through CNAME chains inside the input. */
export class Targets {
  #byInstance: ReadonlyMap<Instance, EdgeRecord> | undefined;

  constructor(
    private readonly lookup: Lookup,
    private readonly byHostname: ReadonlyMap<string, readonly EdgeRecord[]>,
  ) {}

  /** Every origin that the edge may connect to for a record. */
  public of(record: EdgeRecord): readonly OriginTarget[] {
    return this.from(record, new Set());
  }

  /** @param seen CNAMEs that were followed on the way: each is, once */
  private from(record: EdgeRecord, seen: Set<EdgeRecord>): readonly OriginTarget[] {
    if (record.type === "CNAME") {
      return this.ofName(record, seen);
    }
    const family = record.type === "A" ? 4 : 6;
    const { content, instance } = record;
    const text = content.kind === "known" ? knownString(content) : undefined;
    if (text !== undefined) {
      return isOriginless(record)
        ? []
        : this.ofLiteral(text, family, content.kind === "known" && content.sensitive, instance);
    }
    const expression = content.kind === "unknown" ? content.expression : undefined;
    return this.ofExpression(expression, family, instance);
  }

  private ofLiteral(
    text: string,
    family: Family,
    sensitive: boolean,
    instance: Instance,
  ): readonly OriginTarget[] {
    const parsed = parseAddress(text);
    if (!parsed.ok || parsed.value.family !== family) {
      const what = `the content of ${instance.address} is no IPv${family} address`;
      return [unread(family, instance.address, what)];
    }
    for (const known of AWS_ADDRESSES.filter((each) => each.family === family)) {
      const all = [...new Set([text, parsed.value.text])].flatMap((written) =>
        this.lookup.byValue(known.type, known.attribute, written),
      );
      const managed = all.filter((found) => found.mode === "managed");
      const found = managed.length > 0 ? managed : all.slice(0, 1);
      // Two blocks with one address, of two inputs: which of them is right can't be told.
      const certain = found.length === 1;
      if (found.length > 0) {
        const { attribute } = known;
        const shared = { kind: "resource", family, certain, attribute, hidden: sensitive } as const;
        return found.map((each) => ({ ...shared, instance: each }));
      }
    }
    return [{ kind: "literal", family, certain: true, address: parsed.value, sensitive }];
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
    if (all.length === 0 || found.wrapped) {
      const text = `the content of ${instance.address} is known after apply`;
      all.push(unread(family, instance.address, text));
    }
    const certain = all.length === 1;
    return all.map((target) => ({ ...target, certain: certain && target.certain }));
  }

  /** A CNAME has the families of the name that it ends at. */
  private ofName(record: EdgeRecord, seen: Set<EdgeRecord>): readonly OriginTarget[] {
    const endless = seen.has(record) || seen.size > LONGEST_CHAIN;
    seen.add(record);
    const { records: next, certain } = endless ? NO_RECORDS : this.next(record);
    if (next.length > 0) {
      const found = next.flatMap((target) => this.from(target, seen));
      return found.map((target) => ({ ...target, certain: certain && target.certain }));
    }
    const name = record.content.kind === "known" ? knownString(record.content) : undefined;
    const balancers = endless ? [] : this.ofBalancers(record, name);
    if (balancers.length > 0) {
      return balancers;
    }
    const hidden = record.content.kind === "known" && record.content.sensitive;
    const given = hidden ? this.lookup.hiddenText(name ?? "") : (name ?? namesIn(record.content));
    const text = endless
      ? `the CNAMEs from ${record.instance.address} form a loop, or a very long chain`
      : `${given} is no name of this input: what its address admits is unknown`;
    return ([4, 6] as const).map((family) => ({ ...unread(family, given, text), certain: false }));
  }

  /** Balancers whose name a CNAME gives, with the families that their addresses have. */
  private ofBalancers(record: EdgeRecord, name: string | undefined): readonly OriginTarget[] {
    const { content, instance } = record;
    const known = name === undefined ? undefined : balancerNamed(this.lookup, name);
    if (known !== undefined) {
      return namedTargets(known, true);
    }
    if (content.kind !== "unknown" || content.expression === undefined) {
      return [];
    }
    const { balancers, others } = balancersIn(this.lookup, content.expression, scopeOf(instance));
    const certain = balancers.length === 1 && others.length === 0;
    const rest = balancers.length === 0 ? [] : others.flatMap((text) => unreadName(text, instance));
    return [...balancers.flatMap((balancer) => namedTargets(balancer, certain)), ...rest];
  }

  /** The records whose name a CNAME gives. */
  private next(record: EdgeRecord): Next {
    const { content, instance } = record;
    if (content.kind === "known") {
      const name = knownString(content)?.toLowerCase().replace(/\.$/, "");
      const records = name === undefined ? [] : (this.byHostname.get(name) ?? []);
      // Records of one name are all in use, unless there may be none of one.
      return { records, certain: records.every((each) => each.instance.certain) };
    }
    if (content.kind !== "unknown" || content.expression === undefined) {
      return NO_RECORDS;
    }
    const found = resolve(this.lookup, content.expression, scopeOf(instance));
    const records = found.targets.flatMap((target) => this.recordNamed(target) ?? []);
    const closed = found.opaque.length === 0 && !found.wrapped;
    const all = closed && records.length === found.targets.length;
    return all
      ? { records, certain: records.length === 1 && records[0]?.instance.certain === true }
      : NO_RECORDS;
  }

  private recordNamed({ instance, path }: Referred): EdgeRecord | undefined {
    this.#byInstance ??= new Map(
      [...this.byHostname.values()].flat().map((record) => [record.instance, record]),
    );
    const [first] = path;
    const named = first !== undefined && "attribute" in first && NAMES.has(first.attribute);
    return named && path.length === 1 ? this.#byInstance.get(instance) : undefined;
  }
}

interface Next {
  readonly records: readonly EdgeRecord[];
  readonly certain: boolean;
}

const NO_RECORDS: Next = { records: [], certain: true };

/** Attributes of a record that hold its name; `hostname` in provider version 4. */
const NAMES: ReadonlySet<string> = new Set(["name", "hostname"]);

function namedTargets(instance: Instance, certain: boolean): OriginTarget[] {
  return familiesOf(instance).map((each) => ({
    kind: "resource",
    family: each.family,
    certain: certain && instance.certain && each.certain,
    instance,
    attribute: "dns_name",
  }));
}

function unreadName(subject: string, record: Instance): OriginTarget[] {
  const text = `what ${subject} gives ${record.address} is known after apply`;
  return ([4, 6] as const).map((family) => ({ ...unread(family, subject, text), certain: false }));
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
  const unseen = first === undefined && known.length > 1;
  const text = `the content of ${record.address} is ${attribute} of ${instance.address}, of which the input shows no attribute`;
  return {
    kind: "resource",
    family,
    certain: instance.certain,
    instance,
    attribute,
    assumptions: unseen ? [{ id: "binding/attribute", subject: record.address, text }] : [],
  };
}

function unread(family: Family, subject: string, text: string): OriginTarget {
  return { kind: "unread", family, certain: true, subject, text };
}

function namesIn(value: Value): string {
  const references = value.kind === "unknown" ? (value.expression?.references ?? []) : [];
  const names = references.map((reference) => reference.text);
  return names.length === 0 ? "a value known after apply" : names.join(", ");
}
