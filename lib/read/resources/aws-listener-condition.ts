import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { attribute, type Block, bodyOf, nestedBlocks } from "../attributes";
import type { Action, Listening } from "./aws-listeners";

/** Why not all of the edge may pass: a certificate asked for, a condition on the source. */
export function closers(
  listening: Listening,
  rules: readonly Instance[],
  actions: readonly Action[],
): Reason[] {
  const subject = listening.resource;
  const found: Reason[] = [];
  if (asksForCertificate(listening.block)) {
    const text = `${subject} asks for a client certificate, and whether Cloudflare shows one that it accepts is not read`;
    found.push({ id: "aws/client-certificate", subject, text });
  }
  if (actions.some((action) => action.kind === "unknown")) {
    const text = `what ${subject} does with a request is known after apply, or not read`;
    found.push({ id: "aws/listener", subject, text });
  }
  if (actions.some((action) => action.kind === "loop")) {
    const text = `${subject} redirects requests to itself, so visitors go round in circles`;
    found.push({ id: "aws/listener", subject, text });
  }
  for (const rule of rules.filter((each) => hasCondition(each, "source_ip"))) {
    const text = `${rule.address} treats requests by their source, which is not read`;
    found.push({ id: "aws/listener-condition", subject: rule.address, text });
  }
  return found;
}

/** What looks at requests and may keep others than the edge out: may-only for exclusivity. */
export function selectors(
  listening: Listening,
  rules: readonly Instance[],
  actions: readonly Action[],
): Reason[] {
  const headers = rules.filter((rule) => hasCondition(rule, "http_header"));
  const texts = headers.map(({ address }): [string, string] => [
    address,
    `${address} asks for a header, which others may not know`,
  ]);
  if (actions.some((action) => action.kind === "authenticate")) {
    const { resource } = listening;
    texts.push([resource, `${resource} asks visitors to sign in, which others may not pass`]);
  }
  return texts.map(([subject, text]) => ({ id: "aws/listener-condition", subject, text }));
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html */
function asksForCertificate(block: Block): boolean {
  const { blocks, open } = nestedBlocks(block, "mutual_authentication");
  const modes = blocks.map((each) => attribute(each, "mode"));
  const lenient = modes.every(
    (mode) => mode.kind === "known" && (mode.value === "off" || mode.value === "passthrough"),
  );
  return open || !lenient;
}

function hasCondition(rule: Instance, name: string): boolean {
  const { blocks, open } = nestedBlocks(bodyOf(rule), "condition");
  return (
    open ||
    // A rule has some: those that only apply tells don't show.
    blocks.length === 0 ||
    blocks.some((each) => {
      const inner = nestedBlocks(each, name);
      return inner.open || inner.blocks.length > 0;
    })
  );
}
