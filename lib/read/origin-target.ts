import type { Assumption } from "../model/hop";
import type { Instance } from "../model/instance";
import type { Value } from "../model/value";
import type { Address, Family } from "../net/cidr";
import type { Target as Referred } from "./references";
import { AWS_ADDRESSES } from "./resources/aws-address";

/** Where the edge connects to for a record. */
export type OriginTarget = {
  readonly family: Family;
  /** False: an unknown value decides whether it is this one. */
  readonly certain: boolean;
  /** A port of its own, whatever the edge would use: an endpoint of a pool. */
  readonly port?: number;
  /** It is sent another Host header than the visitor's. */
  readonly setsHost?: boolean;
  /** A sensitive value led here: no address is printed. */
  readonly hidden?: boolean;
  readonly assumptions?: readonly Assumption[];
} & (
  | { readonly kind: "resource"; readonly instance: Instance; readonly attribute: string }
  | {
      readonly kind: "literal";
      readonly address: Address;
      readonly sensitive: boolean;
      /** The block of the input that it comes from, which is not read. */
      readonly giver?: string;
    }
  /** A name, a resource that is not read, a value known after apply. */
  | { readonly kind: "unread"; readonly subject: string; readonly text: string }
);

export function unreadName(subject: string, record: Instance): OriginTarget[] {
  return unreadNames(subject, `what ${subject} gives ${record.address} is known after apply`);
}

/** A name may have addresses of either family. */
export function unreadNames(subject: string, text: string): OriginTarget[] {
  return ([4, 6] as const).map((family) => ({ ...unread(family, subject, text), certain: false }));
}

export function targetOf(target: Referred, family: Family, record: Instance): OriginTarget {
  const { instance, path } = target;
  const [first, ...rest] = path;
  const known = AWS_ADDRESSES.filter((each) => {
    return each.type === instance.type && each.family === family;
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
  return {
    kind: "resource",
    family,
    certain: instance.certain,
    instance,
    attribute,
    ...(unseen ? { assumptions: [unseenAttribute(record, instance, attribute)] } : {}),
  };
}

function unseenAttribute(record: Instance, origin: Instance, attribute: string): Assumption {
  const text = `the content of ${record.address} is ${attribute} of ${origin.address}, of which the input shows no attribute`;
  return { id: "binding/attribute", subject: record.address, text };
}

export function unread(family: Family, subject: string, text: string): OriginTarget {
  return { kind: "unread", family, certain: true, subject, text };
}

export function namesIn(value: Value): string {
  const references = value.kind === "unknown" ? (value.expression?.references ?? []) : [];
  const names = references.map((reference) => reference.text);
  return names.length === 0 ? "a value known after apply" : names.join(", ");
}
