import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";

/** VPC Block Public Access closes the internet gateways of the origin's VPC. */
export const publicAccessBlocked = defineRule({
  id: "route/public-access-blocked",
  severity: "error",
  title: "VPC Block Public Access keeps the internet out of the origin's subnet",
  check: (context) =>
    context
      .refuted("route/public-access-blocked")
      .map(({ subject, hop, missing, family, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} keeps everything from the internet out of the origin's subnet`,
        why: `It closes the internet gateways of every VPC of the account and region, whatever routes and firewalls say. Visitors see ${stopError(hop.stop).text}.`,
        fix: "add an aws_vpc_block_public_access_exclusion with allow-bidirectional for the origin's subnet or VPC",
      })),
});
