import type { Instance } from "../model/instance";
import type { Tunnelled } from "../model/topology";
import { type Expression, knownString } from "../model/value";
import type { EdgeRecord } from "../model/zone";
import { type Family, parseAddress } from "../net/cidr";
import { giverOf, whyUnread } from "./given-by";
import type { Lookup } from "./lookup";
import {
  namesIn,
  type OriginTarget,
  targetOf,
  unread,
  unreadName,
  unreadNames,
} from "./origin-target";
import { isOriginless } from "./originless";
import { type Follow, poolTargets } from "./pool-targets";
import { machinesNamed } from "./public-name";
import { isBanned, RecordNames } from "./record-names";
import { resolve, scopeOf } from "./references";
import { AWS_ADDRESSES } from "./resources/aws-address";
import { familiesOf } from "./resources/aws-balancer-face";
import { balancersIn, balancersNamed } from "./resources/aws-balancer-name";
import { endpointsOf } from "./resources/cloudflare-load-balancer";
import { Tunnels } from "./resources/cloudflare-tunnel";

/** Longer chains of CNAMEs are not followed. */
const LONGEST_CHAIN = 50;

/** Finds what records lead to, through CNAME chains inside the input. */
export class Targets {
  readonly #names: RecordNames;
  readonly #tunnels: Tunnels;

  constructor(
    private readonly lookup: Lookup,
    byHostname: ReadonlyMap<string, readonly EdgeRecord[]>,
  ) {
    this.#names = new RecordNames(lookup, byHostname);
    this.#tunnels = new Tunnels(lookup);
  }

  /** Every origin that the edge may connect to for a record. */
  public of(record: EdgeRecord): readonly OriginTarget[] {
    const trail: Trail = { seen: new Map(), endless: false };
    const found = this.from(record, trail);
    if (!trail.endless) {
      return found;
    }
    const subject = record.instance.address;
    const text = `the CNAMEs from ${subject} form a loop, or a very long chain`;
    return [...found, ...unreadNames(subject, text)].map((each) => ({ ...each, certain: false }));
  }

  /** Whether a record that is not proxied names one that is. */
  public isFronted(record: EdgeRecord): boolean {
    return this.#names.isFronted(record);
  }

  /** What a name leads to that the edge resolves instead of a record's own. */
  public named(record: EdgeRecord, name: string): readonly OriginTarget[] {
    return this.of({
      ...record,
      type: "CNAME",
      content: { kind: "known", value: name, sensitive: false },
    });
  }

  /** The tunnel that a record leads to, by however many CNAMEs: no connection of the edge's. */
  public tunnelOf(record: EdgeRecord, depth = 0): Tunnelled | undefined {
    if (record.type === "POOLS") {
      return this.tunnelOfPools(record);
    }
    const own = this.#tunnels.of(record);
    if (own !== undefined || record.type !== "CNAME" || depth > LONGEST_CHAIN) {
      return own;
    }
    const { hostname } = record;
    const [next, ...others] = this.#names.next(record).records;
    return next === undefined || others.length > 0
      ? undefined
      : this.tunnelOf({ ...next, hostname }, depth + 1);
  }

  /** The tunnel of a balancer's endpoints. Which hostname they are asked for is theirs to say. */
  private tunnelOfPools(balancer: EdgeRecord): Tunnelled | undefined {
    const { endpoints } = endpointsOf(this.lookup, balancer.instance, balancer.host);
    const found = endpoints.flatMap(({ pool, address }) => {
      const record = { ...balancer, instance: pool, type: "CNAME", content: address } as const;
      return this.tunnelOf(record) ?? [];
    });
    const [first] = found;
    return first === undefined ? undefined : { ...first, config: null, served: undefined };
  }

  private from(record: EdgeRecord, trail: Trail): readonly OriginTarget[] {
    if (record.type === "CNAME") {
      return this.followed(record, trail);
    }
    if (record.type === "POOLS") {
      return poolTargets(this.lookup, record, (pool) => this.follow(pool, trail));
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

  private follow(pool: EdgeRecord, trail: Trail): Follow {
    const { instance } = pool;
    return {
      literal: (text, family, sensitive) => this.ofLiteral(text, family, sensitive, instance),
      expression: (expression, family) => this.ofExpression(expression, family, instance),
      record: (record) => this.from(record, trail),
      next: (endpoint) => this.#names.next(endpoint).records,
    };
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
    const giver = giverOf(this.lookup, instance);
    const literal = { kind: "literal", family, certain: true, address: parsed.value } as const;
    return [{ ...literal, sensitive, ...(giver === undefined ? {} : { giver }) }];
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

  /** Follows a CNAME once, however many ways lead to it. */
  private followed(record: EdgeRecord, trail: Trail): readonly OriginTarget[] {
    const state = trail.seen.get(record);
    if (state !== undefined || trail.seen.size >= LONGEST_CHAIN) {
      trail.endless ||= state !== "done";
      return [];
    }
    trail.seen.set(record, "open");
    const found = this.ofName(record, trail);
    trail.seen.set(record, "done");
    return found;
  }

  /** A CNAME has the families of the name that it ends at. */
  private ofName(record: EdgeRecord, trail: Trail): readonly OriginTarget[] {
    if (this.#tunnels.of(record) !== undefined) {
      return [];
    }
    const { records: next, certain } = this.#names.next(record);
    const banned = next.find((each) => isBanned(record, each));
    if (banned !== undefined) {
      const { address } = banned.instance;
      return unreadNames(address, `${address} is proxied in another account: error 1014`);
    }
    if (next.length > 0) {
      const found = next.flatMap((target) => this.from(target, trail));
      return certain ? found : found.map((target) => ({ ...target, certain: false }));
    }
    const name = record.content.kind === "known" ? knownString(record.content) : undefined;
    const balancers = this.ofBalancers(record, name);
    const found = balancers.length > 0 ? balancers : machinesNamed(this.lookup, record, name);
    if (found.length > 0) {
      return found;
    }
    const hidden = record.content.kind === "known" && record.content.sensitive;
    const given = hidden ? this.lookup.hiddenText(name ?? "") : (name ?? namesIn(record.content));
    return unreadNames(given, whyUnread(this.lookup, record.instance, given));
  }

  /** Balancers whose name a CNAME gives, with the families that their addresses have. */
  private ofBalancers(record: EdgeRecord, name: string | undefined): readonly OriginTarget[] {
    const { content, instance } = record;
    const known = name === undefined ? [] : balancersNamed(this.lookup, name);
    if (known.length > 0) {
      return known.flatMap((balancer) => namedTargets(balancer, known.length === 1));
    }
    if (content.kind !== "unknown" || content.expression === undefined) {
      return [];
    }
    const { balancers, others } = balancersIn(this.lookup, content.expression, scopeOf(instance));
    const certain = balancers.length === 1 && others.length === 0;
    const rest = balancers.length === 0 ? [] : others.flatMap((text) => unreadName(text, instance));
    return [...balancers.flatMap((balancer) => namedTargets(balancer, certain)), ...rest];
  }
}

/** CNAMEs on the way from a record. */
interface Trail {
  readonly seen: Map<EdgeRecord, "open" | "done">;
  /** One leads back to itself, or there are too many. */
  endless: boolean;
}

function namedTargets(instance: Instance, certain: boolean): OriginTarget[] {
  return familiesOf(instance).map((each) => ({
    kind: "resource",
    family: each.family,
    certain: certain && instance.certain && each.certain,
    instance,
    attribute: "dns_name",
  }));
}
