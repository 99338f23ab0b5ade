import type { Template } from "../../edge/expression/wildcard";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import type { EdgeZone } from "../../model/zone";
import { fullName as completed } from "../../model/zone-names";
import { attribute, bodyOf } from "../attributes";

/** A name of a zone: how reports call it, and every text that it may be. */
export interface ZoneName {
  readonly hostname: string;
  readonly host: Template;
}

/** The name in full and in lower case. */
export function hostnameOf(instance: Instance, zone: EdgeZone): ZoneName {
  const value = attribute(bodyOf(instance), "name");
  const given = value.kind === "known" && value.sensitive ? undefined : knownString(value);
  if (given !== undefined) {
    return { hostname: fullName(given, zone), host: hostOf(given, zone) };
  }
  const below = zone.name?.toLowerCase() ?? "";
  return { hostname: `(the name of ${instance.address})`, host: ["", below] };
}

/** A name of a zone as visitors write it. */
export function fullName(given: string, zone: EdgeZone): string {
  const name = completed(given, zone.name?.toLowerCase());
  return name === "@" ? `(the apex of ${zone.key})` : name;
}

/** What a known name may be: without the zone's name, one without a dot has yet to be completed. */
export function hostOf(given: string, zone: EdgeZone): Template {
  const name = fullName(given, zone);
  if (zone.name === undefined && (given === "@" || !name.includes("."))) {
    return given === "@"
      ? ["", ""]
      : [...starred(name).slice(0, -1), `${starred(name).at(-1)}.`, ""];
  }
  return starred(name);
}

/** A wildcard stands for everything below a name. */
function starred(name: string): Template {
  return name.startsWith("*") ? ["", name.slice(1)] : [name];
}
