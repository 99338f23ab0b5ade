import type { Expression } from "../model/value";
import { knownString } from "../model/value";
import type { EdgeRecord } from "../model/zone";
import { type Family, parseAddress } from "../net/cidr";
import type { Lookup } from "./lookup";
import { type OriginTarget, unreadNames } from "./origin-target";
import { resolve, scopeOf } from "./references";
import { AWS_ADDRESSES } from "./resources/aws-address";
import { endpointsOf } from "./resources/cloudflare-load-balancer";
import type { Endpoint } from "./resources/cloudflare-pool-endpoint";

/** How addresses and names are followed, whoever gives them. */
export interface Follow {
  readonly literal: (text: string, family: Family, sensitive: boolean) => readonly OriginTarget[];
  readonly expression: (expression: Expression, family: Family) => readonly OriginTarget[];
  readonly record: (record: EdgeRecord) => readonly OriginTarget[];
  /** The records of the input that answer for the name that a CNAME has as its content. */
  readonly next: (record: EdgeRecord) => readonly EdgeRecord[];
}

/** What a load balancer leads to: each endpoint that it may choose, with the endpoint's port. */
export function poolTargets(
  lookup: Lookup,
  balancer: EdgeRecord,
  follow: (pool: EdgeRecord) => Follow,
): readonly OriginTarget[] {
  const { endpoints, unread } = endpointsOf(lookup, balancer.instance, balancer.host);
  const found = endpoints.flatMap((endpoint) => {
    const record: EdgeRecord = {
      ...balancer,
      instance: endpoint.pool,
      type: "CNAME",
      content: endpoint.address,
    };
    return targetsOf(lookup, record, follow(record)).map((target) => at(endpoint, target));
  });
  const rest = unread.flatMap(({ subject, text }) => unreadNames(subject, text));
  if (endpoints.length + unread.length > 0) {
    return [...found, ...rest];
  }
  const { address } = balancer.instance;
  return unreadNames(address, `${address} has no pool with an endpoint that is on`);
}

function at(endpoint: Endpoint, target: OriginTarget): OriginTarget {
  const { port, setsHost, certain, assumptions } = endpoint;
  return {
    ...target,
    certain: target.certain && certain,
    assumptions: [...(target.assumptions ?? []), ...assumptions],
    ...(port === undefined ? {} : { port }),
    ...(setsHost ? { setsHost } : {}),
  };
}

/** An endpoint's address: a literal of either family, a name, or a reference to either. */
function targetsOf(lookup: Lookup, record: EdgeRecord, follow: Follow): readonly OriginTarget[] {
  const { content, instance } = record;
  if (content.kind === "known") {
    const text = knownString(content) ?? "";
    const parsed = parseAddress(text);
    if (parsed.ok) {
      return follow.literal(text, parsed.value.family, content.sensitive);
    }
    return named(record, follow);
  }
  const expression = content.kind === "unknown" ? content.expression : undefined;
  if (expression === undefined) {
    const text = `the address of an origin of ${instance.address} is known after apply`;
    return unreadNames(instance.address, text);
  }
  const families = addressFamilies(lookup, expression, record);
  return families.length === 0
    ? named(record, follow)
    : families.flatMap((family) => follow.expression(expression, family));
}

/** Cloudflare answers for a name that it proxies with addresses of its own. */
function named(record: EdgeRecord, follow: Follow): readonly OriginTarget[] {
  const first = follow.next(record).find(({ proxied }) => proxied !== false);
  if (first === undefined) {
    return follow.record(record);
  }
  const { address } = record.instance;
  const verb = first.proxied === true ? "proxies" : "may proxy";
  const what = `an origin of ${address} is the name of ${first.instance.address}, which Cloudflare ${verb}: error 1000`;
  return unreadNames(address, what);
}

/** The families of the addresses that an expression refers to; none where it refers to names. */
function addressFamilies(
  lookup: Lookup,
  expression: Expression,
  { instance }: EdgeRecord,
): readonly Family[] {
  const { targets } = resolve(lookup, expression, scopeOf(instance));
  const found = targets.flatMap((target) => {
    const [first] = target.path;
    const named = first !== undefined && "attribute" in first ? first.attribute : undefined;
    return AWS_ADDRESSES.filter(
      ({ type, attribute }) => type === target.instance.type && attribute === named,
    ).map(({ family }) => family);
  });
  return ([4, 6] as const).filter((family) => found.includes(family));
}
