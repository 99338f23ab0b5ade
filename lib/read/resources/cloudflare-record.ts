import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import type { EdgeRecord, EdgeZone } from "../../model/zone";
import { asBoolean, attribute, bodyOf } from "../attributes";
import { type Lookup, push } from "../lookup";
import { hostnameOf } from "./cloudflare-hostname";
import { type BalancerRecord, readBalancers } from "./cloudflare-load-balancer";
import type { Zones } from "./cloudflare-zone";

/** Provider version 4 names the same record `cloudflare_record`, and its content `value`. */
const RECORD_TYPES = ["cloudflare_dns_record", "cloudflare_record"];

/** Every A, AAAA and CNAME record, with whether Cloudflare proxies it. */
interface Entry {
  readonly instance: Instance;
  readonly zone: EdgeZone;
  readonly hostname: string;
  readonly host: EdgeRecord["host"];
  readonly type: EdgeRecord["type"];
  readonly proxied: boolean | "unknown";
}

/** The records that Cloudflare proxies or may proxy, and the ones that it does not. */
export interface Records {
  readonly proxied: readonly EdgeRecord[];
  /** Records that Cloudflare only answers DNS for. */
  readonly dnsOnly: readonly EdgeRecord[];
  /** Every record that answers for a name, for chains; none where it has others alone. */
  readonly byHostname: ReadonlyMap<string, readonly EdgeRecord[]>;
  /** Names that have a record for certain, of whatever type: no wildcard answers for them. */
  readonly taken: ReadonlySet<string>;
}

/** Reads every address record of the input. */
export function readRecords(
  lookup: Lookup,
  zones: Zones,
  visitorPorts: (record: Instance) => readonly number[] | undefined,
): Records {
  const entries = RECORD_TYPES.flatMap((type) =>
    lookup.managed(type).flatMap((instance) => entryOf(instance, zones) ?? []),
  );
  const names = new Map<string, Sharing>();
  for (const entry of entries.filter((each) => each.type !== "CNAME")) {
    const sharing = names.get(entry.hostname) ?? { sure: new Set(), perhaps: false };
    names.set(entry.hostname, sharing);
    if (entry.proxied === true && entry.instance.certain) {
      sharing.sure.add(entry.zone.key);
    }
    sharing.perhaps ||= entry.proxied !== false;
  }
  const balancers = readBalancers(lookup, zones, visitorPorts);
  const proxied = balancers.flatMap(({ record, enabled, proxied: on }) =>
    enabled === false || on === false ? [] : [record],
  );
  const dnsOnly: EdgeRecord[] = [];
  const byHostname = new Map<string, EdgeRecord[]>();
  for (const { record } of balancers.filter((each) => each.enabled !== false)) {
    push(byHostname, record.hostname, record);
  }
  const shadows = shadowsOf(balancers);
  for (const entry of entries) {
    const shadow = shadows(entry);
    if (shadow === true) {
      continue;
    }
    const state = proxiedWith(entry, names.get(entry.hostname));
    const made = recordOf(entry, state, visitorPorts(entry.instance));
    const record = shadow === undefined ? { ...made, certain: false } : made;
    push(byHostname, entry.hostname, record);
    (state === false ? dnsOnly : proxied).push(record);
  }
  for (const name of otherNames(lookup, zones)) {
    byHostname.set(name, byHostname.get(name) ?? []);
  }
  return { proxied, dnsOnly, byHostname, taken: takenNames(byHostname) };
}

/** Names of records without an address: they keep a wildcard from answering as well. */
function otherNames(lookup: Lookup, zones: Zones): readonly string[] {
  return RECORD_TYPES.flatMap((type) => lookup.managed(type)).flatMap((instance) => {
    const type = attribute(bodyOf(instance), "type");
    const isOther = type.kind === "known" && typeIn(type) === undefined && instance.certain;
    return isOther && !zones.zoneOf(instance).internal
      ? [hostnameOf(instance, zones.zoneOf(instance)).hostname]
      : [];
  });
}

function takenNames(byHostname: Records["byHostname"]): ReadonlySet<string> {
  const sure = [...byHostname].filter(
    ([, all]) => all.length === 0 || all.some(({ instance }) => instance.certain),
  );
  return new Set(sure.map(([name]) => name));
}

/** Whether a load balancer answers instead of a record; undefined where it may. */
function shadowsOf(balancers: readonly BalancerRecord[]): (entry: Entry) => boolean | undefined {
  const byName = new Map<string, BalancerRecord[]>();
  for (const balancer of balancers.filter((each) => each.enabled !== false)) {
    push(byName, balancer.record.hostname, balancer);
  }
  return ({ hostname, zone }) => {
    const found = byName.get(hostname) ?? [];
    const sure = found.some(
      ({ record, enabled }) => enabled === true && record.zone.key === zone.key,
    );
    return sure ? true : found.length > 0 ? undefined : false;
  };
}

function entryOf(instance: Instance, zones: Zones): Entry | undefined {
  const body = bodyOf(instance);
  const type = typeIn(attribute(body, "type"));
  if (type === undefined) {
    return undefined;
  }
  const zone = zones.zoneOf(instance);
  if (zone.internal) {
    return undefined;
  }
  const proxied = attribute(body, "proxied");
  return {
    instance,
    zone,
    ...hostnameOf(instance, zone),
    type,
    proxied:
      proxied.kind === "unset"
        ? false
        : proxied.kind === "known"
          ? (asBoolean(proxied.value) ?? "unknown")
          : "unknown",
  };
}

/** What type a record has, or may have: one that is unknown is read as a name of any family. */
function typeIn(value: Value): EdgeRecord["type"] | undefined {
  if (value.kind !== "known") {
    return "CNAME";
  }
  const text = knownString(value)?.toUpperCase();
  return ADDRESS_TYPES.find((type) => type === text);
}

const ADDRESS_TYPES: readonly EdgeRecord["type"][] = ["A", "AAAA", "CNAME"];

/**
 * Several A and AAAA records on a name: one proxied makes all proxied.
 *
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
function proxiedWith(entry: Entry, sharing: Sharing | undefined): boolean | "unknown" {
  if (entry.proxied === true || entry.type === "CNAME" || sharing === undefined) {
    return entry.proxied;
  }
  if (sharing.sure.has(entry.zone.key)) {
    return true;
  }
  // Two texts can stand for one zone, so another record of the name may be in this one.
  return sharing.perhaps ? "unknown" : entry.proxied;
}

/** What the address records of a name do to each other. */
interface Sharing {
  /** Keys of the zones where one of them is proxied for certain. */
  readonly sure: Set<string>;
  /** One of them is or may be proxied, in whatever zone. */
  perhaps: boolean;
}

function recordOf(
  entry: Entry,
  proxied: boolean | "unknown",
  visitorPorts: readonly number[] | undefined,
): EdgeRecord {
  const body = bodyOf(entry.instance);
  const content = attribute(body, "content");
  return {
    instance: entry.instance,
    zone: entry.zone,
    hostname: entry.hostname,
    host: entry.host,
    type: entry.type,
    content: content.kind === "unset" ? attribute(body, "value") : content,
    proxied,
    certain: proxied === true && entry.instance.certain,
    visitorPorts,
  };
}
