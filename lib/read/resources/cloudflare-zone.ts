import { ALL_MODES, NEW_ZONE_MODES, SSL_VALUES, type SslValue } from "../../edge/flows";
import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { isObject, type Json, knownString, member, type Value } from "../../model/value";
import type { EdgeZone } from "../../model/zone";
import { attribute, bodyOf } from "../attributes";
import { type Binding, bind, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import { unreadEdgeRules } from "./cloudflare-unread";

/** What `zone_id` of another resource names. */
export const ZONE: Wanted = { types: ["cloudflare_zone"], attribute: "id" };

/** The data source has the id twice. */
const ZONE_DATA: Wanted = { types: ["cloudflare_zone"], attribute: "zone_id" };

type SettingId = "ssl" | "always_use_https" | "ssl_automatic_mode";

/** What the input says of a setting: its value, nothing, or something that can't be read. */
type Setting = { readonly known: string } | "unset" | "unreadable";

/** Finds the zone of a resource and what the input says of it. */
export class Zones {
  readonly #settings = new Map<string, Instance[]>();
  readonly #zones = new Map<string, EdgeZone>();
  readonly #strays: Instance[] = [];
  readonly #rules: ReturnType<typeof unreadEdgeRules>;

  constructor(
    private readonly lookup: Lookup,
    private readonly declared: ReadonlyMap<string, Partial<Record<SettingId, string>>>,
  ) {
    for (const setting of lookup.managed("cloudflare_zone_setting")) {
      const key = this.keyOf(setting);
      key === undefined ? this.#strays.push(setting) : push(this.#settings, key, setting);
    }
    this.#rules = unreadEdgeRules(lookup, (instance) => this.keyOf(instance));
  }

  /** The zone that an instance's `zone_id` names. */
  public zoneOf(instance: Instance): EdgeZone {
    const binding = this.bindingOf(instance);
    const key = this.keyOf(instance) ?? `unknown zone of ${instance.address}`;
    const named = binding.kind === "bound" && nameIn(binding.instance) !== undefined;
    const declared = named ? undefined : this.declaredName(instance);
    const cached = `${key} ${declared ?? ""}`;
    let zone = this.#zones.get(cached);
    if (zone === undefined) {
      zone = this.read(key, binding.kind === "bound" ? binding.instance : undefined, declared);
      this.#zones.set(cached, zone);
    }
    return zone;
  }

  private bindingOf(instance: Instance): Binding {
    const id = attribute(bodyOf(instance), "zone_id");
    const [found, ...others] = [ZONE, ZONE_DATA].map((wanted) =>
      bind(this.lookup, id, scopeOf(instance), wanted),
    );
    const bound = others.find((binding) => binding.kind === "bound");
    return found?.kind === "bound" ? found : (bound ?? found ?? { kind: "unset" });
  }

  /** One text per zone: its id where that is known, else the address of its block. */
  private keyOf(instance: Instance): string | undefined {
    const binding = this.bindingOf(instance);
    if (binding.kind === "foreign") {
      return binding.text;
    }
    if (binding.kind !== "bound") {
      return undefined;
    }
    const id = knownString(attribute(bodyOf(binding.instance), "id"));
    return id ?? `${this.lookup.numberOf(binding.instance.input)} ${binding.instance.address}`;
  }

  /** The zone that the configuration file declares for a record's name, the most specific one. */
  private declaredName(instance: Instance): string | undefined {
    const hostname = knownString(attribute(bodyOf(instance), "name"))?.toLowerCase() ?? "";
    return [...this.declared.keys()]
      .filter((name) => hostname === name || hostname.endsWith(`.${name}`))
      .sort((left, right) => right.length - left.length)[0];
  }

  private read(
    key: string,
    instance: Instance | undefined,
    declared: string | undefined,
  ): EdgeZone {
    const name = (instance && nameIn(instance)) ?? declared;
    const fresh = instance?.mode === "managed" && instance.action === "create";
    const setting = (id: SettingId) => this.setting(key, name, id);
    return {
      key,
      name,
      settings: {
        ssl: modes(setting("ssl"), fresh),
        alwaysUseHttps: onOff(setting("always_use_https"), fresh),
        automaticMode: automaticMode(setting("ssl_automatic_mode")),
      },
      reasons: [...inactive(instance), ...this.#rules(key)],
      assumptions: [
        ...(isKnownActive(instance) ? [] : [activeZone(name ?? instance?.address ?? key)]),
        ...this.declaredSettings(key, name),
      ],
    };
  }

  /** What is taken on trust: settings that the input does not hold and the user declares. */
  private declaredSettings(key: string, name: string | undefined): Assumption[] {
    const declared = name === undefined ? undefined : this.declared.get(name);
    return Object.entries(declared ?? {}).flatMap(([id, value]) => {
      const text = `the zone ${name} has ${id} = ${value}, as declared`;
      return this.isHeld(key, id as SettingId)
        ? []
        : [{ id: "config/zone", subject: name ?? key, text }];
    });
  }

  private isHeld(key: string, id: SettingId): boolean {
    return [...(this.#settings.get(key) ?? []), ...this.#strays].some((each) => mayBe(each, id));
  }

  private setting(key: string, name: string | undefined, id: SettingId): Setting {
    const found = (this.#settings.get(key) ?? []).filter((setting) => mayBe(setting, id));
    const strays = this.#strays.filter((setting) => mayBe(setting, id));
    if (found.length + strays.length > 0) {
      const [only, ...others] = found;
      return only === undefined || others.length + strays.length > 0
        ? "unreadable"
        : settingValue(only);
    }
    const declared = name === undefined ? undefined : this.declared.get(name)?.[id];
    return declared === undefined ? "unset" : { known: declared };
  }
}

function nameIn(zone: Instance): string | undefined {
  const name = attribute(bodyOf(zone), "name");
  return name.kind === "known" && name.sensitive ? undefined : knownString(name);
}

function mayBe(setting: Instance, id: SettingId): boolean {
  const value = attribute(bodyOf(setting), "setting_id");
  return value.kind !== "known" || value.value === id;
}

function settingValue(setting: Instance): Setting {
  const id = attribute(bodyOf(setting), "setting_id");
  const value = attribute(bodyOf(setting), "value");
  const text = value.kind === "known" ? dynamicText(value.value) : undefined;
  return id.kind !== "known" || text === undefined || !setting.certain
    ? "unreadable"
    : { known: text };
}

/** A dynamic value: as it is in plans, `{ value, type }` in state JSON. */
function dynamicText(value: Json): string | undefined {
  const inner = isObject(value) ? member(value, "value") : value;
  return typeof inner === "string" ? inner : undefined;
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

function inactive(instance: Instance | undefined): Reason[] {
  if (instance === undefined) {
    return [];
  }
  const paused: Value = attribute(bodyOf(instance), "paused");
  const status = knownString(attribute(bodyOf(instance), "status"));
  const subject = instance.address;
  if (paused.kind === "known" && paused.value === true) {
    return [
      {
        id: "cloudflare/zone-paused",
        subject,
        text: `${subject} is paused: Cloudflare only answers DNS, and visitors connect to the origin themselves`,
      },
    ];
  }
  if (paused.kind === "unknown" && paused.expression !== undefined) {
    return [
      {
        id: "cloudflare/zone-may-be-paused",
        subject,
        text: `${subject} may be paused: known after apply`,
      },
    ];
  }
  return status === undefined || status === "active" || instance.action === "create"
    ? []
    : [
        {
          id: "cloudflare/zone-not-active",
          subject,
          text: `${subject} is ${JSON.stringify(status)}: until it is active, its records are DNS-only`,
        },
      ];
}

function isKnownActive(instance: Instance | undefined): boolean {
  return instance !== undefined && knownString(attribute(bodyOf(instance), "status")) === "active";
}

function activeZone(subject: string): Assumption {
  return { id: "cloudflare/zone-active", subject, text: `the zone ${subject} is active` };
}
