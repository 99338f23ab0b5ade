import { stopError } from "../../edge/errors";
import { defineRule } from "../rule";
import { closedLegDraft } from "./closed-leg";

/** What filters a target lets its balancer in on none of the ports that it is sent to. */
export const secondLegClosed = defineRule({
  id: "listener/second-leg-closed",
  severity: "error",
  title: "A target does not let its balancer in",
  check: (context) =>
    context
      .refuted("listener/second-leg-closed")
      .map((group) =>
        closedLegDraft(
          group,
          `The balancer takes the connection and gets no answer from the target, so visitors see ${stopError(group.hop.stop).text}.`,
          "admit the balancer's security group on the port that the target group sends to, or correct that port",
        ),
      ),
});
