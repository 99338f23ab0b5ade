import { stopError } from "../../edge/errors";
import type { Hop } from "../../model/hop";
import { type Family, formatAddress } from "../../net/cidr";
import { type Draft, defineRule } from "../rule";
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
      ...wordsFor(subject, missing.equals(context.ranges.set(family)), family, hop),
      fix: `add a route for ${family === 4 ? "0.0.0.0/0" : "::/0"} to an internet gateway that is attached to the VPC, or move the origin to a subnet that has one`,
    })),
});

function wordsFor(subject: string, isAll: boolean, family: Family, hop: Hop): Words {
  const by = familyText(family);
  const code = stopError(hop.stop).text;
  return isAll
    ? {
        what: `${subject} has no ${by} route from the origin's subnet to an internet gateway`,
        why: `Nothing of the internet reaches the origin by ${by}, a public address notwithstanding. Visitors see ${code}.`,
      }
    : {
        what: `${subject} routes a part of Cloudflare's ${by} edge to no internet gateway`,
        why: `Answers to those addresses have no way out. Visitors whose requests pass through them see ${code}; others don't.`,
      };
}

type Words = Pick<Draft, "what" | "why">;
