import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";
import { shareOf } from "../words";

/** A filter admits a part of Cloudflare's ranges and stops the rest. */
export const missesEdgeRange = defineRule({
  id: "firewall/misses-edge-range",
  severity: "error",
  title: "A firewall drops a part of Cloudflare's edge",
  check: (context) =>
    context
      .refuted("firewall/misses-edge-range")
      .map(({ subject, hop, missing, family, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} drops part of Cloudflare's edge: ${shareOf(missing, context.ranges)}`,
        why: `Visitors whose requests pass through those addresses see ${stopError(hop.stop).text}; others don't.`,
        fix: "admit every range of Cloudflare's list; in cdktf, build the rules from EdgeRanges.pinned()",
      })),
});
