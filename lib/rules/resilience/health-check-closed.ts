import { hopReasons } from "../by-reason";
import { note } from "../note";
import { defineRule } from "../rule";

/** A balancer can't reach its target for the health check, though it sends requests there. */
export const healthCheckClosed = defineRule({
  id: "resilience/health-check-closed",
  severity: "warning",
  title: "A balancer's health checks can't reach a target",
  check: (context) =>
    hopReasons(context, "aws/health-check-closed").map(({ reason, paths }) =>
      note(
        reason.subject,
        {
          what: reason.text,
          why: "A target that fails its checks gets no requests while another one passes them; only where all fail does the balancer send to all of them.",
          fix: "admit the balancer's security group, or its subnets, on the port of the health check, and let the balancer out to that port",
        },
        paths,
      ),
    ),
});
