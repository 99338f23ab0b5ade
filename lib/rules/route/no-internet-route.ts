import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";
import { familyText } from "../words";

/** The subnet of an origin has no route to an internet gateway. */
export const noInternetRoute = defineRule({
  id: "route/no-internet-route",
  severity: "error",
  title: "The origin's subnet has no route to an internet gateway",
  check: (context) =>
    context.refuted("route/no-internet-route").map(({ subject, hop, missing, family, paths }) => ({
      subject,
      paths,
      witness: formatAddress(family, missing.lowest() ?? 0n),
      what: `${subject} has no ${familyText(family)} route from the origin's subnet to an internet gateway`,
      why: `Nothing of the internet reaches the origin by ${familyText(family)}, a public address notwithstanding. Visitors see ${stopError(hop.stop).text}.`,
      fix: `add a route for ${family === 4 ? "0.0.0.0/0" : "::/0"} to an internet gateway that is attached to the VPC, or move the origin to a subnet that has one`,
    })),
});
