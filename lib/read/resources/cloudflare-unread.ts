import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString, member, type Value } from "../../model/value";
import { attribute, bodyOf } from "../attributes";
import { type Lookup, push } from "../lookup";
import type { ZoneKeys } from "./cloudflare-zone-keys";

/** Resources that can send a zone's requests elsewhere and are not read. */
const CHANGES: ReadonlyMap<string, string> = new Map([
  ["cloudflare_web3_hostname", "may take the place of a record's origin"],
]);

/**
 * Rules of the edge that this version does not read: each makes the zone's paths undetermined,
 * never proved or refuted beside them.
 */
export function unreadEdgeRules(
  lookup: Lookup,
  keys: ZoneKeys,
): (key: string, name: string | undefined) => readonly Reason[] {
  const byZone = new Map<string, Reason[]>();
  const everywhere: Reason[] = [];
  for (const [instance, text] of found(lookup)) {
    const reason = {
      id: "cloudflare/rule-not-read",
      subject: instance.address,
      text: `${instance.address} ${text}; originproof does not read that yet`,
    };
    const key = keys.of(instance);
    key === undefined ? everywhere.push(reason) : push(byZone, key, reason);
  }
  return (key, name) => [
    ...[...byZone].flatMap(([other, list]) => (keys.same(key, other, name) === false ? [] : list)),
    ...everywhere,
  ];
}

function found(lookup: Lookup): [Instance, string][] {
  const plain = [...CHANGES].flatMap(([type, text]) =>
    lookup.managed(type).map((instance): [Instance, string] => [instance, text]),
  );
  const modes = lookup.managed("cloudflare_zone_dns_settings").filter((instance) => {
    const mode = attribute(bodyOf(instance), "zone_mode");
    return mode.kind === "unknown" ? mode.expression !== undefined : !isStandard(mode);
  });
  return [
    ...plain,
    ...modes.map((instance): [Instance, string] => [instance, "may make every record DNS-only"]),
    ...dedicated(lookup).map((instance): [Instance, string] => [
      instance,
      "may give the zone egress addresses of its own, which Cloudflare's list does not hold",
    ]),
  ];
}

/**
 * Dedicated egress: such a zone connects from addresses outside the list.
 *
 * @see https://developers.cloudflare.com/smart-shield/configuration/dedicated-egress-ips/
 */
function dedicated(lookup: Lookup): readonly Instance[] {
  return lookup.managed("cloudflare_zone_setting").filter((instance) => {
    const id = attribute(bodyOf(instance), "setting_id");
    const value = attribute(bodyOf(instance), "value");
    const off = value.kind === "known" && member(value.value, "enabled") === false;
    return id.kind === "known" && id.value === "aegis" && !off;
  });
}

/** Zones are `standard` unless they are told to be `cdn_only` or `dns_only`. */
function isStandard(mode: Value): boolean {
  return mode.kind === "unset" || knownString(mode) === "standard";
}
