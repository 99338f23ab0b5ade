import { stopError } from "../../edge/errors";
import type { RefutedGroup } from "../refuted";
import type { Draft } from "../rule";

/**
 * The draft of a finding about an address that can't work, whatever the firewalls say.
 *
 * @param why a main clause: why Cloudflare gets no answer there
 */
export function addressDraft(group: RefutedGroup, why: string, fix: string): Draft {
  const [reason] = group.hop.reasons;
  return {
    subject: group.subject,
    paths: group.paths,
    witness: null,
    what: `${group.subject} leads to an address that can't work: ${reason?.text ?? group.subject}`,
    why: `${why}; visitors see ${stopError(group.hop.stop).text}.`,
    fix,
  };
}
