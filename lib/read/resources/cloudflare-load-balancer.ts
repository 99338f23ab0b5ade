import { ANY_TEXT } from "../../edge/expression/evaluate";
import type { Instance } from "../../model/instance";
import { isObject, UNSET } from "../../model/value";
import type { EdgeRecord } from "../../model/zone";
import {
  attribute,
  type Block,
  bodyOf,
  isConfigured,
  type ListValue,
  listAttribute,
  nestedBlocks,
} from "../attributes";
import { bindList, type ListBinding, type Wanted } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { hostnameOf } from "./cloudflare-hostname";
import { type Chosen, type Endpoints, endpointsIn } from "./cloudflare-pool-endpoint";
import { idsIn, mayApply } from "./cloudflare-pool-rules";
import { booleanOf, plainAttribute, setBlocks } from "./cloudflare-value";
import type { Zones } from "./cloudflare-zone";

/** A load balancer, and what it does to records of its name. */
export interface BalancerRecord {
  readonly record: EdgeRecord;
  /** Undefined: whether it is on, or proxied, is known after apply. */
  readonly enabled: boolean | undefined;
  readonly proxied: boolean | undefined;
}

/** @see https://developers.cloudflare.com/load-balancing/reference/dns-records/ */
export function readBalancers(
  lookup: Lookup,
  zones: Zones,
  visitorPorts: (record: Instance) => readonly number[] | undefined,
): readonly BalancerRecord[] {
  return lookup.managed("cloudflare_load_balancer").map((instance) => {
    const zone = zones.zoneOf(instance);
    const enabled = booleanOf(attribute(bodyOf(instance), "enabled"), true);
    const proxied = booleanOf(attribute(bodyOf(instance), "proxied"), false);
    const record: EdgeRecord = {
      instance,
      zone,
      ...hostnameOf(instance, zone),
      type: "POOLS",
      content: UNSET,
      proxied: proxied ?? "unknown",
      certain: instance.certain && enabled === true && proxied === true,
      visitorPorts: visitorPorts(instance),
    };
    return { record, enabled: instance.certain ? enabled : enabled && undefined, proxied };
  });
}

const POOL: Wanted = { types: ["cloudflare_load_balancer_pool"], attribute: "id" };

/** Attributes that name pools, in versions 5 and 4 of the provider: texts, lists, maps of lists. */
const POOL_ATTRIBUTES = [
  "default_pools",
  "default_pool_ids",
  "fallback_pool",
  "fallback_pool_id",
  "region_pools",
  "country_pools",
  "pop_pools",
  "pool_ids",
];

/**
 * Every enabled endpoint of every pool that a balancer can choose, the fallback included.
 *
 * @param host the hostname that it is asked for: rules about others don't count
 */
export function endpointsOf(
  lookup: Lookup,
  balancer: Instance,
  host: EdgeRecord["host"] = ANY_TEXT,
): Endpoints {
  const bindings = poolBindings(lookup, balancer, host);
  const pools = new Map<Instance, Chosen>();
  const unread: { subject: string; text: string }[] = [];
  for (const { certain, candidates, open, onlyIds, text } of bindings) {
    for (const member of certain) {
      if ("foreign" in member) {
        unread.push(outside(balancer, member.foreign));
      } else {
        pools.set(member, { certain: true, assumptions: [] });
      }
    }
    for (const pool of candidates.filter((each) => pools.get(each)?.certain !== true)) {
      const listed = { id: "binding/list-of-ids", subject: balancer.address, text: LISTED };
      pools.set(pool, { certain: onlyIds, assumptions: onlyIds ? [listed] : [] });
    }
    if (open) {
      unread.push(outside(balancer, text === "" ? "a value known after apply" : text));
    }
  }
  if (hasOpenRules(balancer)) {
    const text = `the rules of ${balancer.address}, which may choose other pools, are known after apply`;
    unread.push({ subject: balancer.address, text });
  }
  const all = [...pools].map(([pool, chosen]) => endpointsIn(pool, chosen));
  return {
    endpoints: all.flatMap((each) => each.endpoints),
    unread: [...unread, ...all.flatMap((each) => each.unread)],
  };
}

const LISTED = "its lists of pools hold the pools that they refer to, and nothing else";

function outside(balancer: Instance, text: string) {
  const { address } = balancer;
  return { subject: address, text: `${address} may choose a pool outside the input: ${text}` };
}

/** Rules that are not there to read, or what they override. */
function hasOpenRules(balancer: Instance): boolean {
  const body = bodyOf(balancer);
  // Version 4 has blocks, which somebody sets; version 5 fills in what nobody does.
  const older = ["default_pool_ids", "fallback_pool_id"].some((name) => isConfigured(body, name));
  const { blocks, open } = older ? setBlocks(body, "rules") : nestedBlocks(body, "rules");
  return (
    open ||
    blocks.some((rule) =>
      older
        ? setBlocks(rule, "overrides").open
        : plainAttribute(rule, "overrides").kind === "unknown",
    )
  );
}

function poolBindings(
  lookup: Lookup,
  balancer: Instance,
  host: EdgeRecord["host"],
): readonly ListBinding[] {
  const body = bodyOf(balancer);
  const { blocks: rules } = nestedBlocks(body, "rules");
  const overrides = rules
    .filter((rule) => booleanOf(plainAttribute(rule, "disabled"), false) !== true)
    .filter((rule) => mayApply(rule, host))
    .flatMap((rule) => nestedBlocks(rule, "overrides").blocks);
  const blocks = [body, ...overrides];
  return blocks.flatMap((block) => {
    // Version 4 has blocks of a region and its pools, version 5 a map of lists.
    const areas = AREAS.flatMap((name) => nestedBlocks(block, name).blocks).filter(isArea);
    return [block, ...areas].flatMap((each) =>
      POOL_ATTRIBUTES.flatMap((name) => {
        const list = poolList(each, name);
        return list === undefined ? [] : [bindList(lookup, list, scopeOf(balancer), POOL)];
      }),
    );
  });
}

const AREAS = ["region_pools", "country_pools", "pop_pools"];

function isArea({ values }: Block): boolean {
  return isObject(values) && Object.hasOwn(values, "pool_ids");
}

function poolList(block: Block, name: string): ListValue | undefined {
  const list = listAttribute(block, name);
  if (list === "unset" || list.known.some((item) => isObject(item) && "pool_ids" in item)) {
    return undefined;
  }
  const flat = list.known.flatMap(idsIn);
  const maps = list.known.some(isObject);
  // Nothing known in a map that is there: its lists are.
  const open = list.open || (maps && flat.includes(null));
  const known = flat.filter((item) => item !== null);
  return known.length === 0 && !open ? undefined : { ...list, known, open };
}
