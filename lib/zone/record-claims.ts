import type { IConstruct } from "constructs";
import { parseAddress } from "../net/cidr";
import { contentOf, type IOrigin, type OriginAddress } from "../origin/origin";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";
import { type Claim, claim, claimsOn } from "./claims";
import type { EdgeService } from "./edge-service";
import type { OriginlessRecord } from "./originless-record";
import type { ProxiedRecord } from "./proxied-record";
import type { IZone } from "./zone";
import { areAlike, areSame } from "./zone-identity";

const ORIGINLESS = "originless ";

/**
 * The one place that knows every record of the app, in whatever stack.
 *
 * @throws ConfigurationError `duplicate-record`, `cname-beside-others`, `originless-beside-origins`
 */
export function claimOriginRecord(
  record: ProxiedRecord,
  zone: IZone,
  origin: IOrigin,
  address: OriginAddress,
): void {
  const { hostname } = record;
  const what = `${address.type} ${identityOf(address, origin)}`;
  const others = othersOn(record, zone, hostname);
  const refuse = (code: string, text: string): never => {
    throw new ConfigurationError(code, `'origins' has ${origin.node.path}, ${text}`, record);
  };
  for (const { construct, what: other } of others) {
    const { path } = construct.node;
    if (other === what) {
      const made = `whose ${address.type} record of ${hostname} ${path} makes already`;
      refuse("duplicate-record", `${made}; remove one of the two`);
    }
    if (other.startsWith(ORIGINLESS)) {
      refuse("originless-beside-origins", `but ${serves(path, hostname)}`);
    }
    if (address.type === "CNAME" || other.startsWith("CNAME ")) {
      const rest = "and DNS takes no other record beside a CNAME; remove one of the two";
      refuse("cname-beside-others", `but ${path} makes a record of ${hostname} too, ${rest}`);
    }
  }
  claim(record, [proxiedKey(hostname)], what, zone);
}

/** @throws ConfigurationError `duplicate-record`, `originless-beside-origins` */
export function claimOriginless(record: OriginlessRecord, zone: IZone, by: EdgeService): void {
  const { hostname } = record;
  const what = `${ORIGINLESS}${by}`;
  for (const { construct, what: other } of othersOn(record, zone, hostname)) {
    const { path } = construct.node;
    if (other === what) {
      const text = `'servedBy' is ${by}, a record of ${hostname} that ${path} makes already`;
      throw new ConfigurationError("duplicate-record", `${text}; remove one of the two`, record);
    }
    if (!other.startsWith(ORIGINLESS)) {
      const text = `'name' is ${hostname}, which ${path} leads to origins`;
      const fix = "an origin's address and one that no host has don't mix; remove one of the two";
      throw new ConfigurationError("originless-beside-origins", `${text}; ${fix}`, record);
    }
  }
  claim(record, [proxiedKey(hostname)], what, zone);
}

/** What is claimed for a hostname in a zone, under whatever construct the app has the zone. */
function othersOn(scope: IConstruct, zone: IZone, hostname: string): readonly Claim[] {
  return claimsOn(scope, [proxiedKey(hostname)]).filter(
    (one) => one.zone !== undefined && (areSame(one.zone, zone) || areAlike(one.zone, zone)),
  );
}

/** The construct that proxies a name in any zone of the app, if one does. */
export function proxiedBy(scope: IConstruct, hostname: string): IConstruct | undefined {
  return claimsOn(scope, [proxiedKey(hostname)])[0]?.construct;
}

function proxiedKey(hostname: string): string {
  return `proxied ${hostname}`;
}

function serves(path: string, hostname: string): string {
  return (
    `${path} has ${hostname} served at the edge, on an address that no host has; ` +
    "remove one of the two"
  );
}

/** An address that Terraform decides is that of its origin, whatever the token's text. */
function identityOf(address: OriginAddress, origin: IOrigin): string {
  const content = contentOf(address);
  if (isUnresolved(content)) {
    return `of ${origin.node.addr}`;
  }
  const parsed = parseAddress(content);
  return parsed.ok ? parsed.value.text : content;
}
