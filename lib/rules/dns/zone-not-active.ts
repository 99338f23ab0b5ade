import type { ProvedPath } from "../../prove/verdict";
import { type Draft, defineRule } from "../rule";

/** The zone only answers DNS, so visitors come to the origin themselves. */
export const zoneNotActive = defineRule({
  id: "dns/zone-not-active",
  severity: "error",
  title: "A zone is paused or not active yet, so visitors connect to the origin themselves",
  check: (context) => {
    const zones = new Map<string, { readonly paused: boolean; readonly paths: number[] }>();
    context.proved.forEach(({ path }, index) => {
      const reason = path.reasons.find(({ id }) => INACTIVE.has(id));
      if (reason !== undefined) {
        const paused = reason.id === "cloudflare/zone-paused";
        const zone = zones.get(reason.subject) ?? { paused, paths: [] };
        zone.paths.push(index);
        zones.set(reason.subject, zone);
      }
    });
    return [...zones].map(([subject, zone]) => draft(subject, zone, context.proved));
  },
});

const INACTIVE = new Set(["cloudflare/zone-paused", "cloudflare/zone-not-active"]);

function draft(
  subject: string,
  { paused, paths }: { readonly paused: boolean; readonly paths: readonly number[] },
  proved: readonly ProvedPath[],
): Draft {
  const locked = paths.some((index) => proved[index]?.exclusivity.verdict === "proved");
  const state = paused ? "paused" : "not active yet";
  return {
    subject,
    paths,
    // A new zone serves nobody until its name servers are named; a paused one does.
    severity: paused && locked ? "error" : "warning",
    witness: null,
    what: `${subject} is ${state}, so Cloudflare only answers DNS for its records`,
    why: locked
      ? "Visitors connect to the origin themselves meanwhile, and its firewall admits Cloudflare alone: they are cut off."
      : "Visitors connect to the origin themselves meanwhile, and see its address.",
    fix: paused
      ? "set paused to false, or admit those who need the site while the zone is paused"
      : "name Cloudflare's name servers at the registrar before visitors are sent to these hostnames",
  };
}
