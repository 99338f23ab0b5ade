import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";

export function mixedReason(group: Instance): Reason {
  const text = `${group.address} has inline rules, which revoke what rule resources add at its next apply`;
  return { id: "aws/mixed-rule-styles", subject: group.address, text };
}

export function openReason(group: Instance): Reason {
  const text = `the inline rules of ${group.address} are known after apply`;
  return { id: "aws/rule-unknown", subject: group.address, text };
}

export function evidenceReason(group: Instance): Reason {
  const text = `${group.address} holds rules today that nothing in the input explains`;
  return { id: "aws/rules-by-hand", subject: group.address, text };
}

export function noOtherRules(group: Instance): Assumption {
  const text = `${group.address} has no rules besides those of the input`;
  return { id: "aws/other-rules", subject: group.address, text };
}

/**
 * Whether a list that no rule block explains is a `dynamic` block's or was made by hand, plan JSON
 * does not tell: either way it is there today, and this plan leaves it.
 */
export function rulesAsShown(group: Instance): Assumption {
  const text = `${group.address} keeps the rules that the plan shows for it`;
  return { id: "aws/rules-as-shown", subject: group.address, text };
}

/** `removed` blocks and `terraform state rm` leave the rule in the cloud. */
export function forgottenRule(rule: Instance): Assumption {
  const text = `${rule.address}, which this plan forgets, stays as it is`;
  return { id: "aws/forgotten-rule", subject: rule.address, text };
}

export function contestedReason(holder: Instance): Reason {
  const text = `${holder.address} has its own list of security groups, which takes off attached ones at its next apply`;
  return { id: "aws/attachment-contested", subject: holder.address, text };
}
