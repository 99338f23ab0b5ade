import { memoryOf } from "../../sandbox/cloud/memory";
import type {
  AclEntry,
  CloudObject,
  CloudState,
  Permission,
  Route,
} from "../../sandbox/cloud/state";
import { EMPTY } from "../../sandbox/cloud/state";
import type { Sandbox } from "../../sandbox/terraform";
import { cloudOf } from "./clones";

/** Of `aws_route.s12_0-0-0-0-0`: `s12`. */
export const siteOf = (address: string): string | undefined =>
  /\.(s\d+)(?![0-9])/.exec(address)?.[1];

/** Of `s12.example.com`: 12. */
export const numberOf = (hostname: string): number => Number(/^s(\d+)/.exec(hostname)?.[1]);

/** A site's part of the cloud right after a call. */
export interface SiteMoment {
  readonly seq: number;
  /** The call and what it was about: `CreateRoute of aws_route.s0_0-0-0-0-0`. */
  readonly call: string;
  readonly cloud: CloudState;
}

type Section = "objects" | "permissions" | "entries" | "routes" | "associations" | "gone";
type Parts = Record<Section, Map<string, unknown>>;

const DEFAULTS = [
  "default_security_group_id",
  "default_network_acl_id",
  "default_route_table_id",
  "main_route_table_id",
];

/**
 * Many sites share one cloud and have nothing in common: each is looked at by itself, so that a
 * packet is asked only about what is its own.
 */
export class Sites {
  readonly #owners = new Map<string, string>();
  readonly #moments = new Map<string, SiteMoment[]>();
  readonly #parts = new Map<string, Parts>();

  /** Where there is one site alone, everything is its own, whatever the name. */
  constructor(
    box: Sandbox,
    private readonly only?: string,
  ) {
    for (const [key, address] of box.addresses())
      this.own(key.slice(key.indexOf(" ") + 1), address);
    const memory = memoryOf(cloudOf(box.folder));
    if (memory === undefined) throw new Error("the cloud is not in memory");
    const { changes } = memory.history ? memory : memory.copy();
    const log = new Map(box.log().map((entry) => [entry.seq, entry]));
    for (const { seq, parts } of changes) {
      const { call = "", address, id } = log.get(seq) ?? {};
      const touched = new Set<string>();
      for (const { section, key, value } of parts) {
        for (const site of this.sitesOf(section, key, value)) {
          const own = this.partsOf(site)[section];
          if (value === undefined) own.delete(key);
          else own.set(key, value);
          touched.add(site);
        }
      }
      for (const site of touched) this.keep(site, seq, `${call} of ${address ?? id}`);
    }
  }

  /** A site's cloud after the last call that changed it. */
  public now(site: string): CloudState {
    return this.#moments.get(site)?.at(-1)?.cloud ?? structuredClone(EMPTY);
  }

  /** After each call that changed it, from this one on. */
  public since(site: string, seq: number): readonly SiteMoment[] {
    return (this.#moments.get(site) ?? []).filter((moment) => moment.seq > seq);
  }

  /** What it was right after this call. */
  public at(site: string, seq: number): CloudState | undefined {
    return (this.#moments.get(site) ?? []).findLast((moment) => moment.seq <= seq)?.cloud;
  }

  private own(id: string, address: string): void {
    const site = this.only ?? siteOf(address);
    if (site !== undefined) this.#owners.set(id, site);
  }

  private partsOf(site: string): Parts {
    const known = this.#parts.get(site) ?? {
      ...{ objects: new Map(), permissions: new Map(), entries: new Map() },
      ...{ routes: new Map(), associations: new Map(), gone: new Map() },
    };
    this.#parts.set(site, known);
    return known;
  }

  private keep(site: string, seq: number, call: string): void {
    const parts = this.partsOf(site);
    const record = (section: Section) => Object.fromEntries(parts[section]) as never;
    const cloud: CloudState = {
      ...structuredClone(EMPTY),
      ...{ sequence: seq, objects: record("objects"), entries: record("entries") },
      ...{ routes: record("routes"), associations: record("associations"), gone: record("gone") },
      permissions: [...parts.permissions.values()] as Permission[],
    };
    const list = this.#moments.get(site) ?? [];
    list.push({ seq, call, cloud });
    this.#moments.set(site, list);
  }

  /** Whose a part is. What is nobody's, such as a setting of the zone, matters to none. */
  private sitesOf(section: Section, key: string, value: unknown): readonly string[] {
    const mark = `${section} ${key}`;
    const known = value === undefined ? mark : ownerId(section, key, value);
    const site = this.#owners.get(known) ?? this.neighbour(section, value);
    if (site === undefined) {
      if (section === "objects" && !key.startsWith("cloudflare_zone_setting ")) {
        throw new Error(`${key} is of no site`);
      }
      return [];
    }
    this.#owners.set(mark, site);
    if (section === "objects" && value !== undefined) this.learn(value as CloudObject, site);
    return [site];
  }

  /** Of a creation that is refused half-way no state knows: its site is that of what it names. */
  private neighbour(section: Section, value: unknown): string | undefined {
    if (section !== "objects" || value === undefined) return undefined;
    const named = Object.values((value as CloudObject).attributes).flat();
    return named
      .map((id) => (typeof id === "string" ? this.#owners.get(id) : undefined))
      .find((site) => site !== undefined);
  }

  private learn({ type, attributes }: CloudObject, site: string): void {
    if (type !== "aws_vpc") return;
    for (const id of DEFAULTS.map((name) => attributes[name])) {
      if (typeof id === "string") this.#owners.set(id, site);
    }
  }
}

/** The id of the object that a part belongs to. */
function ownerId(section: Section, key: string, value: unknown): string {
  switch (section) {
    case "objects":
      return String((value as CloudObject).attributes.id);
    case "permissions":
      return (value as Permission).group;
    case "entries":
      return (value as AclEntry).acl;
    case "routes":
      return (value as Route).table;
    case "associations":
      return key.slice(key.indexOf(" ") + 1);
    case "gone":
      return key;
  }
}
