import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import type { EdgeZone, ZoneRule } from "../../model/zone";
import { attribute, bodyOf } from "../attributes";
import { type Binding, bind, type Wanted } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { handlerRules } from "./cloudflare-handlers";
import { pageRules } from "./cloudflare-page-rules";
import { rulesetRules } from "./cloudflare-rulesets";
import { type DeclaredSettings, ZoneSettings } from "./cloudflare-settings";
import { unreadEdgeRules } from "./cloudflare-unread";

/** What `zone_id` of another resource names. */
export const ZONE: Wanted = { types: ["cloudflare_zone"], attribute: "id" };

/** The data source has the id twice. */
const ZONE_DATA: Wanted = { types: ["cloudflare_zone"], attribute: "zone_id" };

/** Finds the zone of a resource and what the input says of it. */
export class Zones {
  readonly #settings: ZoneSettings;
  readonly #zones = new Map<string, EdgeZone>();
  readonly #unread: ReturnType<typeof unreadEdgeRules>;
  readonly #rules: readonly ZoneRule[];

  constructor(
    private readonly lookup: Lookup,
    private readonly declared: DeclaredSettings,
  ) {
    const keyOf = (instance: Instance) => this.keyOf(instance);
    this.#settings = new ZoneSettings(lookup, keyOf, declared);
    this.#unread = unreadEdgeRules(lookup, keyOf);
    this.#rules = [
      ...rulesetRules(lookup, keyOf),
      ...pageRules(lookup, keyOf),
      ...handlerRules(lookup, keyOf),
    ];
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
    return {
      key,
      name,
      settings: this.#settings.of(key, name, fresh),
      rules: this.#rules.filter((rule) => rule.key === undefined || rule.key === key),
      reasons: [...inactive(instance), ...this.#unread(key)],
      assumptions: [
        ...(isKnownActive(instance) ? [] : [activeZone(name ?? instance?.address ?? key)]),
        ...this.#settings.declaredFor(key, name),
      ],
    };
  }
}

/** `name`, or `zone` of the older provider. */
function nameIn(zone: Instance): string | undefined {
  const named = attribute(bodyOf(zone), "name");
  const name = named.kind === "unset" ? attribute(bodyOf(zone), "zone") : named;
  return name.kind === "known" && name.sensitive ? undefined : knownString(name);
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
