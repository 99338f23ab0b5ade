import type { Blocks } from "../support/aws-web";
import type { Change } from "./rollout-oracle";

/** The same change of the site with this number. */
export function renamed({ seed, before, after }: Change, to: number): Change {
  const [from = ""] = Object.keys(before.aws_vpc ?? {});
  const name = new RegExp(`\\b${from}(?![0-9])`, "g");
  const as = (site: Blocks): Blocks => JSON.parse(JSON.stringify(site).replaceAll(name, `s${to}`));
  return { seed, before: as(before), after: as(after) };
}
