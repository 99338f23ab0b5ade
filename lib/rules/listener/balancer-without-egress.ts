import { stopError } from "../../edge/errors";
import { defineRule } from "../rule";
import { closedLegDraft } from "./closed-leg";

/** The security groups of a balancer let it out to none, or not all, of its targets. */
export const balancerWithoutEgress = defineRule({
  id: "listener/balancer-without-egress",
  severity: "error",
  title: "A balancer's security groups do not let it out to a target",
  check: (context) =>
    context
      .refuted("listener/balancer-without-egress")
      .map((group) =>
        closedLegDraft(
          group,
          `A security group that Terraform makes has no egress unless a rule gives it some; the balancer takes the connection and reaches nothing, so visitors see ${stopError(group.hop.stop).text}.`,
          `let ${group.subject} out to the target's group, on the port of the targets and of their health checks: in its own block where that has egress, which takes away other rules, else by an egress rule`,
        ),
      ),
});
