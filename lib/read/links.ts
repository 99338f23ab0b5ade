import type { Configured, Instance } from "../model/instance";
import { type Expression, isObject, type Json, member } from "../model/value";
import { ZoneNames } from "../model/zone-names";
import { attribute, bodyOf } from "./attributes";
import { IDENTITY, isEverywhere, mayChange, NO_LINK } from "./link-rules";
import { Lookup, push } from "./lookup";
import { READ_TYPES } from "./read-types";
import { resolve, scopeOf } from "./references";
import type { ReadInput } from "./snapshot";

/** Ids of Amazon's and Cloudflare's kinds, for values that no resource of the input has. */
const ID = /^[a-z]+-[0-9a-z]{3,}$|^arn:|^[0-9a-f]{32}$/;
const ID_ATTRIBUTE = /(_id|_ids|_arn|_arns|security_groups|subnets|instances)$/;

/**
 * Which objects of the inputs have to do with which: what a hostname's paths depend on, before the
 * apply, after it and in between. It may find too many; `lib/prove/rollout` compares what it reads
 * of them with what it reads of everything.
 */
export class Links {
  readonly #numbers = new Map<object, number>();
  readonly #owners = new Map<string, string[]>();
  /** By object: what it names, and what names it and may change it. */
  readonly #edges = new Map<string, Set<string>>();
  readonly #names = new Map<string, string[]>();
  readonly #everywhere = new Set<string>();
  readonly #zones: ZoneNames;

  /**
   * @param reads the inputs
   * @param origins addresses outside the input → Terraform addresses of what is declared for them
   */
  constructor(reads: readonly ReadInput[], origins: ReadonlyMap<string, readonly string[]>) {
    for (const read of reads) {
      this.#numbers.set(read.input, this.#numbers.size);
      for (const [address, resources] of origins) {
        for (const resource of resources) {
          push(this.#owners, address, this.key({ input: read.input, address: resource }));
        }
      }
    }
    const all = reads.flatMap((read) => [...read.instances, ...(read.before ?? [])]);
    const looked = all.filter((instance) => READ_TYPES.has(instance.type));
    this.#zones = new ZoneNames(looked);
    for (const instance of looked) {
      this.own(instance);
    }
    for (const instance of looked) {
      this.linkValues(instance);
    }
    const lookup = new Lookup(reads);
    for (const instance of lookup.instances) {
      if (READ_TYPES.has(instance.type) && instance.unknown !== false) {
        this.linkReferences(instance, lookup);
      }
    }
  }

  /** The same for an object before and after the apply. */
  public key({ input, address }: Pick<Instance, "input" | "address">): string {
    return `${this.#numbers.get(input) ?? ""} ${address}`;
  }

  /** Records that may be a hostname's: its own, and wildcards above it. */
  public recordsOf(hostname: string): readonly string[] {
    const apex = hostname.startsWith(APEX) ? ["@"] : [];
    return [...namesOf(hostname), ...apex].flatMap((name) => this.#names.get(name) ?? []);
  }

  /** Everything that the objects depend on, themselves included. */
  public closure(starts: Iterable<string>): ReadonlySet<string> {
    const found = new Set<string>([...starts, ...this.#everywhere]);
    for (const key of found) {
      for (const next of this.#edges.get(key) ?? []) {
        found.add(next);
      }
    }
    return found;
  }

  private own(instance: Instance): void {
    const key = this.key(instance);
    for (const name of IDENTITY) {
      const value = name === "name" && !isNamed(instance) ? null : member(instance.values, name);
      for (const text of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
        if (typeof text === "string" && text !== "") {
          pushNew(this.#owners, text, key);
        }
      }
    }
    for (const name of this.#zones.of(instance)) {
      pushNew(this.#names, name, key);
    }
    if (isEverywhere(instance)) {
      this.#everywhere.add(key);
    }
  }

  private linkValues(instance: Instance): void {
    for (const [name, value] of isObject(instance.values) ? Object.entries(instance.values) : []) {
      if (NO_LINK.has(name)) {
        continue;
      }
      for (const text of textsIn(value).flatMap((each) => partsOf(each, instance))) {
        const owners = [...(this.#owners.get(text) ?? []), ...this.namedBy(text, instance)];
        for (const owner of owners) {
          this.link(instance, name, owner);
        }
        // What no resource of the input is may still tie those together that name it.
        if (owners.length === 0 && ID_ATTRIBUTE.test(name) && ID.test(text)) {
          this.link(instance, name, `value ${text}`);
        }
      }
    }
  }

  /** Records of a name that a resource of Cloudflare's leads to, and wildcards above it. */
  private namedBy(text: string, { type }: Instance): readonly string[] {
    const isName = type.startsWith("cloudflare_") && text.includes(".") && text.length < 255;
    return isName ? this.recordsOf(text.toLowerCase().replace(/\.$/, "")) : [];
  }

  /** What is known after apply, by what the configuration refers to. */
  private linkReferences(instance: Instance, lookup: Lookup): void {
    for (const [name, configured] of instance.configured ?? []) {
      if (attribute(bodyOf(instance), name).kind === "known" && !isPartly(instance, name)) {
        continue;
      }
      for (const expression of expressionsIn(configured)) {
        const found = resolve(lookup, expression, scopeOf(instance));
        for (const target of found.targets) {
          this.link(instance, name, this.key(target.instance));
        }
        if (found.opaque.some((part) => !part.outside) && ID_ATTRIBUTE.test(name)) {
          this.#everywhere.add(this.key(instance));
        }
        for (const part of found.opaque) {
          this.link(instance, name, `value ${part.text}`);
        }
      }
    }
  }

  private link(from: Instance, name: string, to: string): void {
    const key = this.key(from);
    if (key === to) {
      return;
    }
    this.edgesOf(key).add(to);
    if (mayChange(from, name)) {
      this.edgesOf(to).add(key);
    }
  }

  private edgesOf(key: string): Set<string> {
    const edges = this.#edges.get(key) ?? new Set<string>();
    this.#edges.set(key, edges);
    return edges;
  }
}

/** How a record may name a hostname: wholly, or by a wildcard above it. */
export function namesOf(hostname: string): readonly string[] {
  const labels = hostname.split(".");
  const tails = labels.map((_, at) => ["*", ...labels.slice(at + 1)].join("."));
  return [...new Set([hostname, ...tails, "*"])];
}

/** How hostnames begin that are the apex of a zone whose name is not known. */
const APEX = "(the apex of";

/** What others name by its name. */
function isNamed({ type }: Instance): boolean {
  return ["aws_security_group", "aws_autoscaling_group"].includes(type);
}

function pushNew(lists: Map<string, string[]>, text: string, key: string): void {
  if (lists.get(text)?.at(-1) !== key) {
    push(lists, text, key);
  }
}

/** A text, and the address or the name within where it is one of Spectrum's origins. */
function partsOf(text: string, { type }: Instance): readonly string[] {
  const [, six, other] =
    type === "cloudflare_spectrum_application"
      ? (/^\w+:\/\/(?:\[([^\]]+)\]|([^:]+)):/.exec(text) ?? [])
      : [];
  const within = six ?? other;
  return within === undefined ? [text] : [text, within];
}

function isPartly(instance: Instance, name: string): boolean {
  const mask = instance.unknown === true ? true : member(instance.unknown, name);
  return mask !== undefined && mask !== false;
}

/** Every text of a value, at any depth. */
function textsIn(value: Json, depth = 0): readonly string[] {
  if (typeof value === "string") {
    return value === "" ? [] : [value];
  }
  if (value === null || typeof value !== "object" || depth > 8) {
    return [];
  }
  return Object.values(value).flatMap((item) => textsIn(item as Json, depth + 1));
}

/** Every expression of an attribute, or of nested blocks. */
export function expressionsIn(configured: Configured): readonly Expression[] {
  return configured.kind === "expression"
    ? [configured.expression]
    : configured.blocks.flatMap((block) => [...block.values()].flatMap(expressionsIn));
}
