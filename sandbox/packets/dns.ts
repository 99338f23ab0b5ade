import type { CloudState } from "../cloud/state";
import type { ObjectValue, Value } from "../provider/value";
import { all, blocks, one, text, texts } from "./inventory";

export interface DnsRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly proxied: boolean;
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly paused: boolean;
  /** What was set, by setting: `{ ssl: "strict" }`. The cloud has no defaults for the rest. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Where a hostname leads now. */
export interface Lookup {
  readonly zone: Zone | undefined;
  /** The records that answer for the name. */
  readonly records: readonly DnsRecord[];
  /** One proxied record makes all of the name proxied; none is while the zone is paused. */
  readonly proxied: boolean;
  /** What the edge connects to, or visitors where nothing is proxied. */
  readonly addresses: readonly string[];
  /** Names outside of the cloud's zones at which a CNAME ends, such as a balancer's. */
  readonly names: readonly string[];
  /** An enabled load balancer that answers instead of records. */
  readonly loadBalancer: string | undefined;
}

export function lookup(cloud: CloudState, hostname: string): Lookup {
  const zone = zoneOf(cloud, hostname);
  const balancer = loadBalancer(cloud, hostname);
  const records = balancer === undefined ? recordsOf(cloud, zone, hostname) : [];
  const ends =
    balancer === undefined
      ? records.map((record) => follow(cloud, record, 0))
      : [endpoints(cloud, balancer)];
  return {
    zone,
    records,
    proxied:
      zone?.paused !== true &&
      (balancer?.proxied === true || records.some(({ proxied }) => proxied)),
    addresses: [...new Set(ends.flatMap(({ addresses }) => addresses))],
    names: [...new Set(ends.flatMap(({ names }) => names))],
    loadBalancer: balancer === undefined ? undefined : text(balancer.id),
  };
}

function zoneOf(cloud: CloudState, hostname: string): Zone | undefined {
  const [zone] = all(cloud, "cloudflare_zone")
    .filter((z) => hostname === zoneName(z) || hostname.endsWith(`.${zoneName(z)}`))
    .sort((a, b) => zoneName(b).length - zoneName(a).length);
  if (zone === undefined) return undefined;
  return {
    id: text(zone.id),
    name: zoneName(zone),
    status: text(zone.status),
    paused: zone.paused === true,
    settings: zoneSettings(cloud, text(zone.id)),
  };
}

const zoneName = (zone: ObjectValue): string => text(zone.name) || text(zone.zone);

export function zoneSettings(cloud: CloudState, zone: string): Readonly<Record<string, unknown>> {
  const single = all(cloud, "cloudflare_zone_setting")
    .filter(({ zone_id }) => zone_id === zone)
    .map(({ setting_id, value }) => [text(setting_id), plain(value)] as const);
  const older = all(cloud, "cloudflare_zone_settings_override")
    .filter(({ zone_id }) => zone_id === zone)
    .flatMap(({ settings }) => blocks(settings))
    .flatMap((settings) => Object.entries(settings))
    .filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries([...older, ...single]);
}

/** A dynamic value is kept with its type. */
function plain(value: Value | undefined): unknown {
  const typed = value as { type?: unknown; value?: unknown } | null | undefined;
  const isTyped = typeof typed === "object" && typed !== null && "value" in typed;
  return isTyped ? typed.value : value;
}

/** An exact name before a wildcard; the wildcard nearest to the name before a wider one. */
function recordsOf(
  cloud: CloudState,
  zone: Zone | undefined,
  hostname: string,
): readonly DnsRecord[] {
  const all_ = records(cloud).filter(({ zoneId }) => zone === undefined || zoneId === zone.id);
  const labels = hostname.split(".");
  const wildcards = labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join(".")}`);
  for (const name of [hostname, ...wildcards]) {
    const found = all_.filter((record) => record.name === name);
    if (found.length > 0) return found.filter(({ type }) => ["A", "AAAA", "CNAME"].includes(type));
  }
  return [];
}

function records(cloud: CloudState): readonly (DnsRecord & { readonly zoneId: string })[] {
  return ["cloudflare_dns_record", "cloudflare_record"]
    .flatMap((type) => all(cloud, type))
    .map((record) => ({
      id: text(record.id),
      zoneId: text(record.zone_id),
      name: fullName(cloud, record),
      type: text(record.type),
      content: text(record.content) || text(record.value),
      proxied: record.proxied === true,
    }));
}

function fullName(cloud: CloudState, record: ObjectValue): string {
  const found = one(cloud, "cloudflare_zone", text(record.zone_id));
  const [zone, name] = [found === undefined ? "" : zoneName(found), text(record.name)];
  if (zone === "" || name === zone || name.endsWith(`.${zone}`)) return name;
  return name === "@" ? zone : `${name}.${zone}`;
}

interface Ends {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

function follow(cloud: CloudState, { type, content }: DnsRecord, depth: number): Ends {
  if (type !== "CNAME") return { addresses: [content], names: [] };
  const next = depth > 10 ? [] : recordsOf(cloud, zoneOf(cloud, content), content);
  if (next.length === 0) return { addresses: [], names: [content] };
  const ends = next.map((record) => follow(cloud, record, depth + 1));
  return {
    addresses: ends.flatMap(({ addresses }) => addresses),
    names: ends.flatMap(({ names }) => names),
  };
}

function loadBalancer(cloud: CloudState, hostname: string): ObjectValue | undefined {
  return all(cloud, "cloudflare_load_balancer").find(
    (balancer) => balancer.name === hostname && balancer.enabled !== false,
  );
}

function endpoints(cloud: CloudState, balancer: ObjectValue): Ends {
  const pools = [...texts(balancer.default_pools), text(balancer.fallback_pool)]
    .map((id) => one(cloud, "cloudflare_load_balancer_pool", id))
    .filter((pool) => pool !== undefined);
  const addresses = pools
    .filter(({ enabled }) => enabled !== false)
    .flatMap(({ origins }) => blocks(origins))
    .filter(({ enabled }) => enabled !== false)
    .map(({ address }) => text(address));
  const isAddress = (word: string) => /^[0-9.]+$/.test(word) || word.includes(":");
  return {
    addresses: addresses.filter(isAddress),
    names: addresses.filter((address) => !isAddress(address)),
  };
}
