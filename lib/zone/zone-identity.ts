import { TerraformStack } from "cdktf";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";
import { claim, claimsOn } from "./claims";
import type { IZone } from "./zone";

/**
 * What a zone is known by across the app: the construct, its id, its name in its account. Two that
 * share a key are one zone; two that share none may still be.
 */
export function zoneKeys(zone: IZone): readonly string[] {
  return [`zone ${zone.node.addr}`, `zone ${textOf(zone, zone.zoneId)}`, `zone ${nameKey(zone)}`];
}

/** Are they known to be two zones? */
export function areDifferent(one: IZone, other: IZone): boolean {
  if (one === other) {
    return false;
  }
  const ids = [one.zoneId, other.zoneId];
  const differ = !ids.some(isUnresolved) && one.zoneId !== other.zoneId;
  return differ || one.zoneName !== other.zoneName;
}

/** An account has one zone of a name. @throws ConfigurationError `duplicate-zone` */
export function claimZone(zone: IZone): void {
  const keys = [`made ${nameKey(zone)}`];
  const [first] = claimsOn(zone, keys);
  if (first !== undefined) {
    throw new ConfigurationError(
      "duplicate-zone",
      `'name' is ${zone.zoneName}, a zone that ${first.construct.node.path} makes in the same ` +
        "account; hand that one on, or import it with Zone.fromZoneName in another stack",
      zone,
    );
  }
  claim(zone, keys);
}

function nameKey(zone: IZone): string {
  return `${zone.zoneName} in ${textOf(zone, zone.accountId)}`;
}

/** A reference written by hand means something else in another stack; cdktf's tokens don't. */
function textOf(zone: IZone, text: string): string {
  const isLocal = isUnresolved(text) && !text.includes("TfToken[");
  return isLocal ? `${TerraformStack.of(zone).node.path} ${text}` : text;
}
