import { formatAddress } from "../../net/cidr";
import type { RefutedGroup } from "../refuted";
import type { Draft } from "../rule";

/** The draft of a finding about what passes between a balancer and a target. */
export function closedLegDraft(group: RefutedGroup, why: string, fix: string): Draft {
  const { subject, hop, missing, family, paths } = group;
  const [reason] = hop.reasons;
  return {
    subject,
    paths,
    witness: formatAddress(family, missing.lowest() ?? 0n),
    what: `the way from a balancer to its target is closed: ${reason?.text ?? subject}`,
    why,
    fix,
  };
}
