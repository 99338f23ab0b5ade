import { stopError } from "../../edge/errors";
import type { Hop } from "../../model/hop";
import { formatAddress } from "../../net/cidr";
import { CLIENT_PORTS, type PortRange } from "../../net/port-range";
import { defineRule } from "../rule";

/** A network ACL lets requests in and stops answers to some client ports. */
export const aclDropsReplies = defineRule({
  id: "firewall/acl-drops-replies",
  severity: "error",
  title: "A network ACL stops the origin's answers to Cloudflare",
  check: (context) =>
    context
      .refuted("firewall/acl-drops-replies")
      .map(({ subject, hop, missing, family, paths }) => {
        const lowest = missing.lowest() ?? 0n;
        const witness = formatAddress(family, lowest);
        const { from, to } = CLIENT_PORTS;
        return {
          subject,
          paths,
          witness,
          what: `${subject} lets out no answers to Cloudflare on ${portsText(lostPorts(hop, lowest))}`,
          why: `A network ACL does not track connections, and Cloudflare connects from any port of ${from} to ${to}: connections from ${witness} on those get no answer. Visitors whose requests use one see ${stopError(hop.stop).text}.`,
          fix: `allow outbound TCP to ports ${from} to ${to} of every range of Cloudflare's`,
        };
      }),
});

/** The first run of client ports to which an address gets no answer. */
function lostPorts(hop: Hop, address: bigint): PortRange {
  const lost = (hop.replies ?? []).filter(({ bounds }) => !bounds.may.has(address));
  const [first, ...others] = lost.map(({ ports }) => ports);
  return others.reduce(
    (run, next) => (next.from === run.to + 1 ? { from: run.from, to: next.to } : run),
    first ?? CLIENT_PORTS,
  );
}

function portsText({ from, to }: PortRange): string {
  return from === to ? `client port ${from}` : `client ports ${from} to ${to}`;
}
