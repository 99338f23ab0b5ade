import { knownString } from "../model/value";
import type { EdgeRecord } from "../model/zone";
import { parseAddress } from "../net/cidr";

/** Addresses by which Cloudflare marks hostnames that Workers or redirects serve. */
const ORIGINLESS = new Set(["192.0.2.0", "192.0.2.1", "100::", "100::1"]);

/** @see https://developers.cloudflare.com/workers/configuration/routing/routes/ */
export function isOriginless(record: EdgeRecord): boolean {
  const address = record.content.kind === "known" ? knownString(record.content) : undefined;
  const parsed = address === undefined ? undefined : parseAddress(address);
  return parsed?.ok === true && ORIGINLESS.has(parsed.value.text);
}
