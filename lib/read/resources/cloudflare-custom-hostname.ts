import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import type { EdgeRecord, EdgeZone } from "../../model/zone";
import { attribute, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";
import type { Zones } from "./cloudflare-zone";

const FALLBACK = "cloudflare_custom_hostname_fallback_origin";

/**
 * Hostnames of customers that a zone serves as its own: each leads to its origin server, or to the
 * zone's fallback origin. Whether the customer's DNS leads to Cloudflare is not asked.
 *
 * @see https://developers.cloudflare.com/cloudflare-for-platforms/cloudflare-for-saas/
 */
export function customHostnames(lookup: Lookup, zones: Zones): readonly EdgeRecord[] {
  return lookup.managed("cloudflare_custom_hostname").map((instance): EdgeRecord => {
    const zone = zones.zoneOf(instance);
    const own = attribute(bodyOf(instance), "custom_origin_server");
    const name = attribute(bodyOf(instance), "hostname");
    const given = name.kind === "known" && !name.sensitive ? knownString(name) : undefined;
    const hostname = given?.toLowerCase().replace(/\.$/, "");
    return {
      instance,
      zone,
      hostname: hostname ?? `(the name of ${instance.address})`,
      host: hostname === undefined ? ["", ""] : [hostname],
      type: "CNAME",
      content: own.kind === "unset" ? fallbackOf(instance, zone, [lookup, zones]) : own,
      proxied: true,
      certain: instance.certain,
      visitorPorts: undefined,
    };
  });
}

/** The name that a zone's hostnames lead to that have none of their own. */
function fallbackOf(
  instance: Instance,
  zone: EdgeZone,
  [lookup, zones]: readonly [Lookup, Zones],
): Value {
  const found = lookup.managed(FALLBACK).filter((each) => zones.zoneOf(each).key === zone.key);
  const [only, ...others] = found;
  const origin = only && attribute(bodyOf(only), "origin");
  const text = `(the fallback origin of ${zone.name ?? zone.key})`;
  const none: Value = { kind: "known", value: text, sensitive: false };
  if (only === undefined || origin === undefined || others.length > 0 || !only.certain) {
    return none;
  }
  return origin.kind === "known" || isBeside(only, instance) ? origin : none;
}

/** Its references mean the same as beside the other: no key, and the same module. */
function isBeside(fallback: Instance, instance: Instance): boolean {
  const [one, other] = [fallback, instance].map(({ modules }) => JSON.stringify(modules));
  return fallback.key === undefined && fallback.input === instance.input && one === other;
}
