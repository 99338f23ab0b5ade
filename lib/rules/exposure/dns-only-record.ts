import type { DnsOnly } from "../../model/topology";
import type { ProvedPath } from "../../prove/verdict";
import { push } from "../../read/lookup";
import { type Draft, defineRule, type RuleContext } from "../rule";

/** A DNS-only record tells everybody the address that a lock keeps to Cloudflare. */
export const dnsOnlyRecord = defineRule({
  id: "exposure/dns-only-record",
  severity: "warning",
  title: "A DNS-only record shows the address of an origin that admits Cloudflare alone",
  check: ({ topology, proved }: RuleContext) => {
    const locked = lockedOrigins(topology.dnsOnly.length === 0 ? [] : proved);
    return topology.dnsOnly.flatMap((record) => draftOf(record, locked));
  },
});

/** Paths that only Cloudflare gets through, by their origin. */
function lockedOrigins(proved: readonly ProvedPath[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  proved.forEach(({ path, exclusivity }, index) => {
    const filtered = path.route.hops.some((hop) => hop.kind === "filter");
    if (exclusivity.verdict === "proved" && filtered) {
      const key = keyOf(path.flow.origin);
      push(found, key, index);
    }
  });
  return found;
}

function keyOf({
  resource,
  address,
}: {
  readonly resource: string | null;
  readonly address: string | null;
}): string {
  return resource ?? address ?? "";
}

function draftOf(record: DnsOnly, locked: ReadonlyMap<string, readonly number[]>): Draft[] {
  const origins = [...new Set(record.origins.map(keyOf))].filter((key) => locked.has(key));
  const [first] = origins;
  if (first === undefined) {
    return [];
  }
  return [
    {
      subject: record.record,
      paths: [...new Set(origins.flatMap((key) => locked.get(key) ?? []))],
      witness: null,
      what: `${record.hostname} is not proxied and leads to ${first}, which admits Cloudflare alone on its proxied paths`,
      why: "Everybody who asks for this name learns the origin's address. The firewall keeps them out of the proxied ports, but floods of traffic and attacks on other ports can be sent there.",
      fix: "proxy the record, give the other service an address of its own, or acknowledge the finding",
    },
  ];
}
