import { createHash } from "node:crypto";
import { type ObjectValue, Unknown, type Value } from "../provider/value";
import type { CloudOptions } from "./options";
import type { CloudState } from "./state";

/** Gives out ids and addresses and fills the templates of semantics/. */
export class Issuer {
  constructor(
    private readonly options: CloudOptions,
    private readonly state: CloudState,
  ) {}

  /** `"sg-{hex:17}"`, `"arn:…/{id}"`: other names in braces are attributes. */
  fill(template: Value, attributes: ObjectValue): Value {
    if (Array.isArray(template)) return template.map((value) => this.fill(value, attributes));
    if (typeof template === "object" && template !== null) {
      const entries = Object.entries(template as ObjectValue);
      return Object.fromEntries(entries.map(([key, value]) => [key, this.fill(value, attributes)]));
    }
    if (typeof template !== "string") return template;
    if (/^\{[a-z0-9_]+\}$/.test(template) && template.slice(1, -1) in attributes) {
      return attributes[template.slice(1, -1)] ?? null;
    }
    return template.replace(/\{([a-z0-9_]+)(?::(\d+))?\}/g, (_, name: string, length?: string) =>
      this.one(name, Number(length ?? 0), attributes),
    );
  }

  hex(length: number): string {
    this.state.issued += 1;
    const text = `${this.options.seed}/${this.state.issued}`;
    return createHash("sha256").update(text).digest("hex").slice(0, length);
  }

  publicAddress(): string {
    return `${this.options.publicPrefix}.${1 + (this.count("public") % 254)}`;
  }

  ipv6Address(): string {
    return `2001:db8::${(16 + this.count("ipv6")).toString(16)}`;
  }

  /** In the subnet's block, after the five addresses that AWS keeps. */
  privateAddress(cidr = "172.31.0.0/20"): string {
    const [a, b, c] = cidr.split("/")[0]?.split(".") ?? [];
    return `${a}.${b}.${c}.${5 + (this.count("private") % 250)}`;
  }

  private one(name: string, length: number, attributes: ObjectValue): string {
    if (name === "hex") return this.hex(length);
    if (name === "uuid") return this.hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    if (name === "now") return new Date().toISOString().replace(/\.\d+Z$/, "Z");
    if (name === "public_address") return this.publicAddress();
    const value = attributes[name.replace(/_dashes$/, "_ip")];
    if (name.endsWith("_dashes")) return String(value ?? "").replaceAll(".", "-");
    if (value === null || value === undefined || value instanceof Unknown) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  private count(kind: string): number {
    const { counters } = this.state;
    const next = counters[`issued ${kind}`] ?? 0;
    counters[`issued ${kind}`] = next + 1;
    return next;
  }
}
