import type { EdgeRecord } from "../model/zone";

type ByHostname = ReadonlyMap<string, readonly EdgeRecord[]>;

/** No name has more labels. */
const MOST_LABELS = 127;

/**
 * The records of the closest wildcard above a name, unless a name between is taken.
 *
 * @see https://developers.cloudflare.com/dns/manage-dns-records/reference/wildcard-dns-records/
 */
export function wildcardRecords(byHostname: ByHostname, name: string): readonly EdgeRecord[] {
  const labels = name.split(".", MOST_LABELS);
  for (let at = 1; at < labels.length; at++) {
    const parent = labels.slice(at).join(".");
    const found = byHostname.get(`*.${parent}`);
    if (found !== undefined || byHostname.has(parent)) {
      return found ?? [];
    }
  }
  return [];
}
