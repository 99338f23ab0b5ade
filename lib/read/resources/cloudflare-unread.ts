import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString, member, type Value } from "../../model/value";
import { attribute, bodyOf } from "../attributes";
import { type Lookup, push } from "../lookup";

/** Resources that can send a zone's requests elsewhere, and what they can change. */
const CHANGES: ReadonlyMap<string, string> = new Map([
  ["cloudflare_page_rule", "may change the SSL mode, the origin or redirect"],
  ["cloudflare_load_balancer", "may take the place of a record's origin"],
  ["cloudflare_workers_route", "may answer instead of the origin"],
  ["cloudflare_worker_route", "may answer instead of the origin"],
  ["cloudflare_workers_custom_domain", "may answer instead of the origin"],
  ["cloudflare_worker_domain", "may answer instead of the origin"],
  ["cloudflare_snippet_rules", "may answer instead of the origin"],
  ["cloudflare_cloud_connector_rules", "may take the place of a record's origin"],
  ["cloudflare_spectrum_application", "may take the place of a record's origin"],
  ["cloudflare_zone_settings_override", "sets the SSL mode and Always Use HTTPS in one block"],
]);

/** Phases of a ruleset that decide how, or whether, the edge connects to the origin. */
const PHASES: ReadonlySet<string> = new Set([
  "http_request_origin",
  "http_config_settings",
  "http_request_dynamic_redirect",
  "http_request_redirect",
  "http_request_snippets",
  "http_request_cloud_connector",
]);

/**
 * Rules of the edge that this version does not read: each makes the zone's paths undetermined,
 * never proved or refuted beside them.
 */
export function unreadEdgeRules(
  lookup: Lookup,
  keyOf: (instance: Instance) => string | undefined,
): (key: string) => readonly Reason[] {
  const byZone = new Map<string, Reason[]>();
  const everywhere: Reason[] = [];
  for (const [instance, text] of found(lookup)) {
    const reason = {
      id: "cloudflare/rule-not-read",
      subject: instance.address,
      text: `${instance.address} ${text}; originproof does not read ${instance.type} yet`,
    };
    const key = keyOf(instance);
    key === undefined ? everywhere.push(reason) : push(byZone, key, reason);
  }
  return (key) => [...(byZone.get(key) ?? []), ...everywhere];
}

function found(lookup: Lookup): [Instance, string][] {
  const plain = [...CHANGES].flatMap(([type, text]) =>
    lookup.managed(type).map((instance): [Instance, string] => [instance, text]),
  );
  const rulesets = lookup.managed("cloudflare_ruleset").filter((instance) => {
    const phase = knownString(attribute(bodyOf(instance), "phase"));
    return phase === undefined || PHASES.has(phase);
  });
  const modes = lookup.managed("cloudflare_zone_dns_settings").filter((instance) => {
    const mode = attribute(bodyOf(instance), "zone_mode");
    return mode.kind === "unknown" ? mode.expression !== undefined : !isStandard(mode);
  });
  const text = "may change the port, the SSL mode or the origin";
  return [
    ...plain,
    ...rulesets.map((instance): [Instance, string] => [instance, text]),
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
