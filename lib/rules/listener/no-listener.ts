import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";

/** A balancer has listeners, and none on the port that the edge uses. */
export const noListener = defineRule({
  id: "listener/no-listener",
  severity: "error",
  title: "A balancer has no listener on the port that Cloudflare connects to",
  check: (context) =>
    context
      .refuted("listener/no-listener")
      .map(({ subject, hop, missing, family, port, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} has no listener on tcp/${port}`,
        why: `Cloudflare connects to that port (${context.proved[paths[0] ?? -1]?.path.flow.because ?? "see the zone's settings"}); visitors see ${stopError(hop.stop).text}.`,
        fix: `add a listener on tcp/${port}, or change the settings that lead to that port`,
      })),
});
