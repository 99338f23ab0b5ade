import { stopError } from "../../edge/errors";
import type { Hop } from "../../model/hop";
import { formatAddress } from "../../net/cidr";
import type { ProvedPath } from "../../prove/verdict";
import { defineRule } from "../rule";
import { isEmptyForEach } from "./empty-for-each";

/** A filter admits nothing of Cloudflare on a port that the zone's settings make it use. */
export const missesPort = defineRule({
  id: "firewall/misses-port",
  severity: "error",
  title: "A firewall closes a port that the zone's settings make Cloudflare use",
  check: (context) =>
    context
      .refuted("firewall/misses-port")
      .filter((group) => !isEmptyForEach(group, context))
      .map(({ subject, hop, missing, family, port, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} admits nothing of Cloudflare's edge on tcp/${port}`,
        why: `${wayTo(hop, because(context.proved, paths))}; ${who(context.proved, paths)} see ${stopError(hop.stop).text}.`,
        fix: fixFor(port, hop.stop === "dropped" ? because(context.proved, paths) : ""),
      })),
});

/** A target behind a balancer has a port of its own. */
function wayTo(hop: Hop, settings: string): string {
  return hop.stop === "dropped"
    ? `Cloudflare connects to that port (${settings})`
    : "The balancer passes Cloudflare's connections on to that port, with Cloudflare's address";
}

function because(proved: readonly ProvedPath[], paths: readonly number[]): string {
  const [first] = paths;
  return (first === undefined ? undefined : proved[first]?.path.flow.because) ?? "see its settings";
}

/** Visitors of one scheme only where the port serves no others. */
function who(proved: readonly ProvedPath[], paths: readonly number[]): string {
  const served = paths.flatMap((index) => proved[index]?.path.flow.visitors ?? []);
  const schemes = [...new Set(served.map((visitor) => visitor.scheme))];
  return schemes.length === 1 ? `${schemes[0]} visitors` : "visitors";
}

function fixFor(port: number, settings: string): string {
  const open = `admit Cloudflare's ranges on tcp/${port}`;
  // Only where that setting makes the flow: flexible and off use port 80 whatever it says.
  return settings.includes("always_use_https = off")
    ? `${open}, or set always_use_https to on, so that http visitors are redirected at the edge`
    : settings === ""
      ? open
      : `${open}, or change the settings that lead to it`;
}
