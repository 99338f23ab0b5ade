import { formatAddress } from "../../net/cidr";
import type { Act } from "../../prove/rollout/things";
import type { Rollout, Witness } from "../../prove/rollout/verdict";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { shareOf } from "../words";

/** In some state of the apply a part of the edge that is admitted before and after is not. */
export const cutOffDuringApply = defineRule({
  id: "rollout/cut-off-during-apply",
  severity: "error",
  title: "An apply cuts Cloudflare off for a while, though what it leaves is right",
  check: (context) => {
    const groups = new Map<string, { readonly witness: Witness; readonly paths: number[] }>();
    context.rollouts.forEach((rollout, index) => {
      const { witness } = rollout;
      if (rollout.verdict === "refuted" && witness !== undefined) {
        const key = keyOf(witness, rollout);
        const group = groups.get(key) ?? { witness, paths: [] };
        group.paths.push(index);
        groups.set(key, group);
      }
    });
    return [...groups.values()].map((group) => draft(group, context));
  },
});

function keyOf({ done, pending, cutOff, nameGone }: Witness, { verdict }: Rollout): string {
  const steps = [done, pending].map((acts) => acts.map(stepText));
  return JSON.stringify([verdict, steps, cutOff.toCidrs(), nameGone]);
}

function draft(
  { witness, paths }: { readonly witness: Witness; readonly paths: readonly number[] },
  context: RuleContext,
): Draft {
  const last = witness.done.at(-1);
  const subject = last?.step.address ?? "";
  const { family } = witness.cutOff;
  const hostname = context.proved[paths[0] ?? -1]?.path.flow.hostname ?? "";
  const what = witness.nameGone
    ? `the apply takes ${hostname} away for a while`
    : `the apply cuts off part of Cloudflare's edge for a while: ${shareOf(witness.cutOff, context.ranges)}`;
  const state = `${sentence(witness.done)} ${witness.done.length > 1 ? "are" : "is"} done before ${sentence(witness.pending)}`;
  const fate = witness.nameGone
    ? "In between the name does not resolve, and resolvers may remember that it does not."
    : "In between the origin gives those addresses no answer, and visitors see Error 522 or one of its kin.";
  return {
    subject,
    paths,
    witness: formatAddress(family, witness.cutOff.lowest() ?? 0n),
    what: `${subject}: ${what}`,
    why: `${capital(state)}. ${fate} An apply that is interrupted there stays so.`,
    fix: fixFor(witness),
  };
}

function fixFor({ done, pending, nameGone }: Witness): string {
  const last = done.at(-1);
  if (nameGone) {
    return "keep the type of the record, or give the new record a name of its own first";
  }
  if (last?.step.action === "update" && last.label !== undefined) {
    return "keep each range in a block of its own with create_before_destroy, so that nothing is taken away before its successor is there";
  }
  if (last?.step.replace === "delete-first") {
    const flag = `set create_before_destroy on ${last.step.address}`;
    return RULE.test(last.step.type)
      ? `${flag}, and keep each range in a block of its own, which AWS does not refuse as a duplicate`
      : flag;
  }
  const twin = pending.find(({ step }) => step.type === last?.step.type);
  if (last?.step.type.endsWith("_listener") && twin !== undefined) {
    return `write a moved block from ${last.step.address} to ${twin.step.address}, so that nothing is deleted`;
  }
  const next = pending[0]?.step.address ?? "the rest";
  return `apply ${next} first and the rest afterwards, or let ${last?.step.address ?? "the step"} depend on it`;
}

/** What AWS refuses where it is there already. */
const RULE = /_rule$|_route$|_entry$/;

/** `delete aws_security_group_rule.edge`. */
export function stepText({ step, label }: Act): string {
  const part = label === undefined ? "" : ` (${label})`;
  return `${step.action} ${step.address}${part}`;
}

function sentence(acts: readonly Act[]): string {
  const texts = acts.slice(0, 3).map(stepText);
  const more = acts.length - texts.length;
  return [...texts, ...(more > 0 ? [`${more} more`] : [])].join(", ") || "anything else";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
