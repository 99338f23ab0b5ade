import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import type { EdgeZone, ZoneRule } from "../../model/zone";
import { attribute, bodyOf, nestedBlocks } from "../attributes";
import type { Lookup } from "../lookup";
import { unreadModules } from "../unread-modules";
import { handlerRules } from "./cloudflare-handlers";
import { pageRules } from "./cloudflare-page-rules";
import { perhaps } from "./cloudflare-rule";
import { rulesetRules } from "./cloudflare-rulesets";
import { type DeclaredSettings, ZoneSettings } from "./cloudflare-settings";
import { unreadEdgeRules } from "./cloudflare-unread";
import { nameIn, ZoneKeys } from "./cloudflare-zone-keys";

/** Finds the zone of a resource and what the input says of it. */
export class Zones {
  readonly #keys: ZoneKeys;
  readonly #settings: ZoneSettings;
  readonly #zones = new Map<string, EdgeZone>();
  /** By the block that makes a zone or finds it, where that tells the zone's name. */
  readonly #named = new Map<Instance, EdgeZone>();
  readonly #unread: ReturnType<typeof unreadEdgeRules>;
  readonly #rules: readonly ZoneRule[];

  constructor(
    private readonly lookup: Lookup,
    private readonly declared: DeclaredSettings,
  ) {
    const keys = new ZoneKeys(lookup);
    const keyOf = (instance: Instance) => keys.of(instance);
    this.#keys = keys;
    this.#settings = new ZoneSettings(lookup, keys, declared);
    this.#unread = unreadEdgeRules(lookup, keys);
    this.#rules = [
      ...rulesetRules(lookup, keys),
      ...pageRules(lookup, keyOf),
      ...handlerRules(lookup, keyOf),
    ];
  }

  /** The zone that an instance's `zone_id` names. */
  public zoneOf(instance: Instance): EdgeZone {
    const binding = this.#keys.bindingOf(instance);
    const block = binding.kind === "bound" ? binding.instance : undefined;
    const known = block && this.#named.get(block);
    return known ?? this.find(instance, block);
  }

  private find(instance: Instance, block: Instance | undefined): EdgeZone {
    const key = this.#keys.of(instance) ?? `unknown zone of ${instance.address}`;
    const named = block !== undefined && nameIn(block) !== undefined;
    const declared = named ? undefined : this.declaredName(instance);
    const cached = `${key} ${declared ?? ""}`;
    const zone = this.#zones.get(cached) ?? this.read(key, block, declared);
    this.#zones.set(cached, zone);
    if (named) {
      this.#named.set(block, zone);
    }
    return zone;
  }

  /** The zone that the configuration file declares for a record's name, the most specific one. */
  private declaredName(instance: Instance): string | undefined {
    const hostname = knownString(attribute(bodyOf(instance), "name"))?.toLowerCase() ?? "";
    return [...this.declared.keys()]
      .filter((name) => hostname === name || hostname.endsWith(`.${name}`))
      .sort((left, right) => right.length - left.length)[0];
  }

  private rulesOf(key: string, name: string | undefined): readonly ZoneRule[] {
    return this.#rules.flatMap((rule) => {
      const same = rule.key === undefined ? undefined : this.#keys.same(key, rule.key, name);
      return same === false ? [] : same === true ? rule : perhaps(rule);
    });
  }

  private read(
    key: string,
    instance: Instance | undefined,
    declared: string | undefined,
  ): EdgeZone {
    const name = (instance && nameIn(instance)) ?? declared;
    const subject = name ?? instance?.address ?? key;
    const handed = instance === undefined ? [] : unreadModules(this.lookup, instance);
    const fresh = instance?.mode === "managed" && instance.action === "create";
    return {
      key,
      name,
      account: instance && accountOf(instance),
      internal: instance !== undefined && isInternal(instance),
      settings: this.#settings.of(key, name, fresh),
      rules: this.rulesOf(key, name),
      reasons: [...inactive(instance), ...handed, ...this.#unread(key, name)],
      assumptions: [
        ...(isKnownActive(instance) ? [] : [activeZone(subject)]),
        ...(fresh ? [] : [noOtherRules(subject)]),
        ...this.#settings.declaredFor(key, name),
        ...ledHere(instance),
      ],
    };
  }
}

/** `account` of provider version 5, `account_id` of version 4. */
function accountOf(zone: Instance): string | undefined {
  const body = bodyOf(zone);
  const [account] = nestedBlocks(body, "account").blocks;
  return knownString(account ? attribute(account, "id") : attribute(body, "account_id"));
}

/**
 * Resolvers of the account alone answer for the names of an internal zone, and nothing of it is
 * proxied, whatever its records say. A public zone may have the same name.
 *
 * @see https://developers.cloudflare.com/dns/internal-dns/internal-zones/internal-dns-records/
 */
function isInternal(zone: Instance): boolean {
  return knownString(attribute(bodyOf(zone), "type")) === "internal";
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

/**
 * The DNS of a partial or secondary zone is somebody else's: it says which names lead here.
 *
 * @see https://developers.cloudflare.com/dns/zone-setups/
 */
function ledHere(instance: Instance | undefined): Assumption[] {
  const type = instance && attribute(bodyOf(instance), "type");
  if (instance === undefined || type === undefined || type.kind === "unset") {
    return [];
  }
  const text = `the DNS of ${instance.address}, which is not Cloudflare's alone, leads its proxied names to Cloudflare`;
  return type.kind === "known" && type.value === "full"
    ? []
    : [{ id: "cloudflare/dns-elsewhere", subject: instance.address, text }];
}

function isKnownActive(instance: Instance | undefined): boolean {
  return instance !== undefined && knownString(attribute(bodyOf(instance), "status")) === "active";
}

/** A zone that the plan creates has no rules yet. */
function noOtherRules(subject: string): Assumption {
  const text = `the zone ${subject} has no rules besides those of the input that change how Cloudflare connects`;
  return { id: "cloudflare/other-rules", subject, text };
}

function activeZone(subject: string): Assumption {
  return { id: "cloudflare/zone-active", subject, text: `the zone ${subject} is active` };
}
