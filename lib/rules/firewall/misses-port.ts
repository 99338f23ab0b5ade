import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import type { ProvedPath } from "../../prove/verdict";
import { defineRule } from "../rule";

/** A filter admits nothing of Cloudflare on a port that the zone's settings make it use. */
export const missesPort = defineRule({
  id: "firewall/misses-port",
  severity: "error",
  title: "A firewall closes a port that the zone's settings make Cloudflare use",
  check: (context) =>
    context
      .refuted("firewall/misses-port")
      .map(({ subject, hop, missing, family, port, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} admits nothing of Cloudflare's edge on tcp/${port}`,
        why: `Cloudflare connects to that port (${because(context.proved, paths)}); visitors see ${stopError(hop.stop).text}.`,
        fix: fixFor(port),
      })),
});

function because(proved: readonly ProvedPath[], paths: readonly number[]): string {
  const [first] = paths;
  return (first === undefined ? undefined : proved[first]?.path.flow.because) ?? "see its settings";
}

function fixFor(port: number): string {
  const open = `admit Cloudflare's ranges on tcp/${port}`;
  return port === 80
    ? `${open}, or set always_use_https to on, so that http visitors are redirected at the edge`
    : `${open}, or change the settings that lead to it`;
}
