import { stopError } from "../../edge/errors";
import type { Hop } from "../../model/hop";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";
import { shareOf } from "../words";

/** A route takes answers to a part of the edge elsewhere than to the internet gateway. */
export const capturesEdgeRange = defineRule({
  id: "route/captures-edge-range",
  severity: "error",
  title: "A route takes answers to Cloudflare's edge elsewhere than to the internet gateway",
  check: (context) =>
    context
      .refuted("route/captures-edge-range")
      .map(({ subject, hop, missing, family, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} takes answers to part of Cloudflare's edge away from the internet gateway: ${shareOf(missing, context.ranges)}`,
        why: `The longest prefix decides, whatever the firewalls admit${captures(hop)}. Visitors see ${stopError(hop.stop).text}.`,
        fix: "narrow that route to the network it is meant for, or add a longer one for Cloudflare's ranges to the internet gateway",
      })),
});

/** Which route it is, where it is known. */
function captures(hop: Hop): string {
  const found = hop.reasons.filter((reason) => reason.id === "aws/route-captures");
  return found.length === 0 ? "" : `: ${found.map((reason) => reason.text).join("; ")}`;
}
