import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";
import { familyText } from "../words";

/** A filter admits Cloudflare by one address family and not by the other. */
export const missesFamily = defineRule({
  id: "firewall/misses-family",
  severity: "error",
  title: "A firewall admits Cloudflare by one address family only",
  check: (context) =>
    context
      .refuted("firewall/misses-family")
      .map(({ subject, hop, missing, family, port, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} admits nothing of Cloudflare's ${familyText(family)} edge on tcp/${port}`,
        why: `The hostname has ${family === 6 ? "an AAAA" : "an A"} record, so Cloudflare connects by ${familyText(family)}; visitors whose requests go that way see ${stopError(hop.stop).text}.`,
        fix: `admit Cloudflare's ${familyText(family)} ranges on tcp/${port}, or remove the ${family === 6 ? "AAAA" : "A"} record`,
      })),
});
