import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import type { EdgeZone } from "../../model/zone";
import { attribute, bodyOf } from "../attributes";

/**
 * The name in full and in lower case. Cloudflare completes a name that does not end in the zone's.
 *
 * @see https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/create/
 */
export function hostnameOf(instance: Instance, zone: EdgeZone): string {
  const value = attribute(bodyOf(instance), "name");
  const given = value.kind === "known" && value.sensitive ? undefined : knownString(value);
  return given === undefined ? `(the name of ${instance.address})` : fullName(given, zone);
}

/** A name of a zone as visitors write it. */
export function fullName(given: string, zone: EdgeZone): string {
  const name = given.toLowerCase().replace(/\.$/, "");
  const apex = zone.name?.toLowerCase();
  if (name === "@") {
    return apex ?? `(the apex of ${zone.key})`;
  }
  return apex === undefined || name === apex || name.endsWith(`.${apex}`)
    ? name
    : `${name}.${apex}`;
}
