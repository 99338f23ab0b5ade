import type { DnsOnly } from "../../model/topology";
import type { ProvedPath } from "../../prove/verdict";
import { type Draft, defineRule, type RuleContext } from "../rule";

/** Visitors of a name that is no longer proxied come themselves, and a lock keeps them out. */
export const leavesProxy = defineRule({
  id: "rollout/leaves-proxy",
  severity: "error",
  title: "A record leaves the proxy, and its origin admits Cloudflare alone",
  check: (context) => {
    const proxied = new Set(context.proved.map(({ path }) => path.flow.hostname));
    const left = context.topology.dnsOnly.filter(({ hostname }) => !proxied.has(hostname));
    return left.flatMap((record) => draftOf(record, context));
  },
});

function draftOf(record: DnsOnly, { past, steps, proved }: RuleContext): Draft[] {
  const touched = new Set(steps.map(({ address }) => address));
  const origins = record.origins.map(keyOf);
  const locked = past.find(
    (each) =>
      each.path.flow.hostname === record.hostname &&
      origins.includes(keyOf(each.path.flow.origin)) &&
      isLocked(each) &&
      !each.path.route.hops.some(({ resources }) => resources.some((name) => touched.has(name))),
  );
  if (locked === undefined) {
    return [];
  }
  const origin = keyOf(locked.path.flow.origin);
  const paths = proved.flatMap(({ path }, index) =>
    keyOf(path.flow.origin) === origin ? [index] : [],
  );
  return [
    {
      subject: record.record,
      paths,
      witness: null,
      what: `${record.hostname} is no longer proxied, and ${origin} goes on to admit Cloudflare alone`,
      why: "Visitors then connect to the origin themselves, from their own addresses, which its firewall drops: the site is down for everybody as soon as resolvers have the new answer.",
      fix: `leave ${record.record} proxied, or open the origin to everybody in an apply before this one`,
    },
  ];
}

function isLocked({ path, exclusivity }: ProvedPath): boolean {
  const filtered = path.route.hops.some((hop) => hop.kind === "filter");
  return exclusivity.verdict === "proved" && filtered;
}

function keyOf(origin: { readonly resource: string | null; readonly address: string | null }) {
  return origin.resource ?? origin.address ?? "";
}
