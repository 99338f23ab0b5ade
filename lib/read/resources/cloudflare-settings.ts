import {
  ALL_MODES,
  type EdgeSettings,
  NEW_ZONE_MODES,
  SSL_VALUES,
  type SslValue,
} from "../../edge/flows";
import type { Assumption } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { type Lookup, push } from "../lookup";
import {
  deletedOverrides,
  type Entry,
  isSame,
  OVERRIDE,
  overrideEntries,
  remaining,
  revertedEntries,
  type Setting,
  type SettingId,
  singleEntry,
} from "./cloudflare-setting-entries";
import type { ZoneKeys } from "./cloudflare-zone-keys";

/** Settings that the user declares for zones outside the input, by the zone's name. */
export type DeclaredSettings = ReadonlyMap<string, Partial<Record<SettingId, string>>>;

/** The settings of zones: single ones, and those that version 4 of the provider has in one block. */
export class ZoneSettings {
  readonly #entries = new Map<string, Entry[]>();
  /** Of a zone that can't be told. */
  readonly #strays: Entry[] = [];

  constructor(
    private readonly lookup: Lookup,
    private readonly keys: ZoneKeys,
    private readonly declared: DeclaredSettings,
  ) {
    const add = (instance: Instance, entries: readonly Entry[]) => {
      const key = keys.of(instance);
      for (const entry of entries) {
        key === undefined ? this.#strays.push(entry) : push(this.#entries, key, entry);
      }
    };
    for (const instance of lookup.managed("cloudflare_zone_setting")) {
      add(instance, singleEntry(instance));
    }
    for (const instance of lookup.managed(OVERRIDE)) {
      add(instance, overrideEntries(instance));
    }
    for (const instance of deletedOverrides(lookup)) {
      add(instance, revertedEntries(instance));
    }
  }

  /** The settings of a zone; `fresh` where this plan creates it. */
  public of(
    key: string,
    name: string | undefined,
    fresh: boolean,
  ): Omit<EdgeSettings, "visitorPorts"> {
    return {
      ssl: modes(this.setting(key, name, "ssl"), fresh),
      alwaysUseHttps: onOff(this.setting(key, name, "always_use_https"), fresh),
      automaticMode: automaticMode(this.setting(key, name, "ssl_automatic_mode")),
    };
  }

  /** What is taken on trust: settings that the input does not hold and the user declares. */
  public declaredFor(key: string, name: string | undefined): Assumption[] {
    const declared = name === undefined ? undefined : this.declared.get(name);
    return Object.entries(declared ?? {}).flatMap(([id, value]) => {
      const text = `the zone ${name} has ${id} = ${value}, as declared`;
      const held = this.entriesOf(key, name, id as SettingId).length > 0;
      return held ? [] : [{ id: "config/zone", subject: name ?? key, text }];
    });
  }

  /** The zone's own entries, then those of zones that may be this one. */
  private entriesOf(key: string, name: string | undefined, id: SettingId): readonly Entry[] {
    const akin = [...this.#entries].flatMap(([other, entries]) =>
      this.keys.same(key, other, name) === undefined ? entries : [],
    );
    const all = [...(this.#entries.get(key) ?? []), ...akin, ...this.#strays];
    return all.filter((entry) => entry.id === undefined || entry.id === id);
  }

  private setting(key: string, name: string | undefined, id: SettingId): Setting {
    const all = this.entriesOf(key, name, id);
    const [only, ...others] = remaining(all, id, this.lookup.removal);
    if (only === undefined) {
      const declared = name === undefined ? undefined : this.declared.get(name)?.[id];
      return declared === undefined ? "unset" : { known: declared };
    }
    const own = this.#entries.get(key) ?? [];
    const sure = [only, ...others].every((each) => each.id === id && own.includes(each));
    return sure && others.every((each) => isSame(each, only)) ? only.setting : "unreadable";
  }
}

/**
 * The modes that a zone may have. A new zone that sets none gets one of three from Cloudflare.
 *
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 */
function modes(setting: Setting, fresh: boolean): readonly SslValue[] {
  if (setting === "unset") {
    return fresh ? NEW_ZONE_MODES : ALL_MODES;
  }
  const known = setting === "unreadable" ? undefined : setting.known;
  const mode = SSL_VALUES.find((value) => value === known);
  return mode === undefined ? ALL_MODES : [mode];
}

/** Off on a new zone; what an existing one has is not in the input. */
function onOff(setting: Setting, fresh: boolean): "on" | "off" | "unknown" {
  if (setting === "unset") {
    return fresh ? "off" : "unknown";
  }
  return setting !== "unreadable" && (setting.known === "on" || setting.known === "off")
    ? setting.known
    : "unknown";
}

function automaticMode(setting: Setting): "custom" | "auto" | "unknown" {
  const known = setting === "unset" || setting === "unreadable" ? undefined : setting.known;
  return known === "custom" || known === "auto" ? known : "unknown";
}
