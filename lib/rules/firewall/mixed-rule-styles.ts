import { hopReasons } from "../by-reason";
import { note } from "../note";
import { defineRule } from "../rule";

/** A group has inline rules and rules that are resources of their own: each apply undoes some. */
export const mixedRuleStyles = defineRule({
  id: "firewall/mixed-rule-styles",
  severity: "error",
  title: "A security group has inline rules and rule resources, which undo each other",
  check: (context) =>
    hopReasons(context, "aws/mixed-rule-styles").map(({ reason: { subject }, paths }) =>
      note(
        subject,
        {
          what: `${subject} has inline rules, and rule resources of the input add others to it`,
          why: "Terraform takes every rule that is not inline off the group whenever it updates it, and adds the rule resources again one apply later. What they admit is cut off in between, which visitors from there see as Error 522.",
          fix: "write all rules of the group in one form: as rule resources, with no `ingress` or `egress` in the group",
        },
        paths,
      ),
    ),
});
