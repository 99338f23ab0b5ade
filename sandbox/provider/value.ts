import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import type { CtyType } from "./schema";

/** What Terraform decides later. */
export class Unknown {
  toJSON(): string {
    return "(unknown)";
  }
}

export const UNKNOWN = new Unknown();

/** A value whose type travels with it: `cloudflare_zone_setting.value`. */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}

  toJSON(): Value {
    return this.value;
  }
}

export type Value =
  | null
  | string
  | number
  | boolean
  | Unknown
  | Dynamic
  | Value[]
  | { [name: string]: Value };
export type ObjectValue = { [name: string]: Value };

// Unknown is extension 0; 12 when Terraform adds what it knows of it, which is of no use here.
const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? Uint8Array.of(0) : null),
  decode: () => UNKNOWN,
});
codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

const encoder = new Encoder({ extensionCodec: codec });
const decoder = new Decoder({ extensionCodec: codec });

export function decode(bytes: Uint8Array): Value {
  return bytes.length === 0 ? null : received(decoder.decode(bytes));
}

export function encode(value: Value): Uint8Array {
  return encoder.encode(sent(value));
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Dynamic)
  );
}

/** Value and every key the type has, missing ones as null; JSON's form of a dynamic value read. */
export function conform(value: unknown, type: CtyType): Value {
  if (value === null || value === undefined) return null;
  if (value instanceof Unknown || value instanceof Dynamic) return value;
  if (type === "dynamic") return dynamicFromState(value);
  if (typeof type === "string") return value as Value;
  const [kind, inner] = type;
  if (kind === "object") {
    const record = value as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(inner).map(([name, t]) => [name, conform(record[name], t)]),
    );
  }
  if (kind === "map") {
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).map(([key, v]) => [key, conform(v, inner)]),
    );
  }
  if (kind === "tuple") {
    return (value as unknown[]).map((v, index) => conform(v, inner[index] ?? "dynamic"));
  }
  return (value as unknown[]).map((v) => conform(v, inner));
}

/** Terraform's state file has `{type, value}`; a JavaScript value gets the type it looks like. */
function dynamicFromState(value: unknown): Value {
  const record = value as { type?: CtyType; value?: unknown };
  if (typeof value === "object" && record.type !== undefined && "value" in record) {
    return new Dynamic(record.type, conform(record.value, record.type));
  }
  return new Dynamic(typeOf(value), value as Value);
}

function typeOf(value: unknown): CtyType {
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, inner]) => [name, typeOf(inner)]);
    return ["object", Object.fromEntries(members)];
  }
  return typeof value === "boolean" ? "bool" : (typeof value as CtyType);
}

function received(raw: unknown): Value {
  if (Array.isArray(raw)) {
    const [type, value] = raw as unknown[];
    if (raw.length === 2 && type instanceof Uint8Array) {
      return new Dynamic(JSON.parse(Buffer.from(type).toString("utf8")), received(value));
    }
    return raw.map(received);
  }
  if (typeof raw === "object" && raw !== null && !(raw instanceof Unknown)) {
    return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, received(value)]));
  }
  return raw as Value;
}

function sent(value: Value): unknown {
  if (value instanceof Dynamic) {
    return [Buffer.from(JSON.stringify(value.type)), sent(value.value)];
  }
  if (Array.isArray(value)) return value.map(sent);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sent(inner)]));
  }
  return value;
}

/** Same value; nothing equals an unknown one. Elements of sets come sorted from Terraform. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a instanceof Dynamic && b instanceof Dynamic) return equal(a.value, b.value);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => equal(value, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => equal(a[key] ?? null, b[key] ?? null));
  }
  return a === b;
}

/** Whether nothing in it is unknown. */
export function isKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (value instanceof Dynamic) return isKnown(value.value);
  if (Array.isArray(value)) return value.every(isKnown);
  if (isObject(value)) return Object.values(value).every(isKnown);
  return true;
}
