import { defineRule } from "../rule";

/** A placeholder address without anything visible that answers for the hostname. */
export const originlessUnserved = defineRule({
  id: "dns/originless-unserved",
  severity: "warning",
  title: "A proxied record has a placeholder address, and nothing visible serves it",
  check: ({ topology }) =>
    topology.originless
      .filter(({ placeholder, servers, reasons }) => {
        return placeholder && servers.length === 0 && reasons.length === 0;
      })
      .map(({ hostname, record }) => ({
        subject: record,
        paths: [],
        witness: null,
        what: `${hostname} has no origin, and no Worker, redirect or origin rule of the input serves it`,
        why: "Cloudflare can't connect to a placeholder address. Visitors see Error 522 unless something answers before that, such as a Worker that is deployed elsewhere.",
        fix: "add the Workers route or redirect rule for this hostname, or acknowledge the finding where another tool deploys it",
      })),
});
