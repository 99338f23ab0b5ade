import { TerraformStack } from "cdktf";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";
import { claim, claimsOn } from "./claims";
import type { IZone } from "./zone";

// Node metadata, unlike a WeakMap, is shared between copies of this library in one app.
const UNKNOWN_ACCOUNT = "originproof:unknown-account";

/**
 * What a zone is known by across the app: the construct, its id, its name in its account. Two that
 * share a key are one zone; two that share none may still be.
 */
export function zoneKeys(zone: IZone): readonly string[] {
  return [`zone ${zone.node.addr}`, `zone ${textOf(zone, zone.zoneId)}`, `zone ${nameKey(zone)}`];
}

/** Are they known to be one zone? */
export function areSame(one: IZone, other: IZone): boolean {
  const keys = zoneKeys(one);
  return one === other || zoneKeys(other).some((key) => keys.includes(key));
}

/** Its account is read from the zone itself, so that it may be any. */
export function declareUnknownAccount(zone: IZone): void {
  zone.node.addMetadata(UNKNOWN_ACCOUNT, true);
}

/**
 * Are they taken for one zone, in the absence of a key that they share? A name that the app both
 * makes once and looks up is one zone, if nothing says which account the looked up one is in.
 */
export function areAlike(one: IZone, other: IZone): boolean {
  const isUnknown = [one, other].some(hasUnknownAccount);
  return isUnknown && !areDifferent(one, other) && claimsOn(one, [madeKey(one)]).length < 2;
}

function hasUnknownAccount({ node }: IZone): boolean {
  return node.metadata.some(({ type }) => type === UNKNOWN_ACCOUNT);
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
  claim(zone, [...keys, madeKey(zone)]);
}

function madeKey({ zoneName }: IZone): string {
  return `made ${zoneName}`;
}

function nameKey(zone: IZone): string {
  return `${zone.zoneName} in ${textOf(zone, zone.accountId)}`;
}

/** A reference written by hand means something else in another stack; cdktf's tokens don't. */
function textOf(zone: IZone, text: string): string {
  const isLocal = isUnresolved(text) && !text.includes("TfToken[");
  return isLocal ? `${TerraformStack.of(zone).node.path} ${text}` : text;
}
