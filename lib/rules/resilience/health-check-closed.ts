import { defineRule } from "../rule";

/** A balancer can't reach its target for the health check, though it sends requests there. */
export const healthCheckClosed = defineRule({
  id: "resilience/health-check-closed",
  severity: "warning",
  title: "A balancer's health checks can't reach a target",
  check: (context) => {
    const found = new Map<string, { what: string; paths: number[] }>();
    context.proved.forEach(({ path }, index) => {
      for (const { id, subject, text } of path.route.hops.flatMap((hop) => hop.reasons)) {
        if (id === "aws/health-check-closed") {
          const known = found.get(subject) ?? { what: text, paths: [] };
          known.paths.push(index);
          found.set(subject, known);
        }
      }
    });
    return [...found].map(([subject, { what, paths }]) => ({
      subject,
      paths: [...new Set(paths)],
      witness: null,
      what,
      why: "A target that fails its checks gets no requests while another one passes them; only where all fail does the balancer send to all of them.",
      fix: "admit the balancer's security group, or its subnets, on the port of the health check, and let the balancer out to that port",
    }));
  },
});
