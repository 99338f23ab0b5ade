import { defineRule } from "../rule";

/** A hostname that a tunnel gets and no rule of its configuration is for. */
export const tunnelWithoutIngress = defineRule({
  id: "listener/tunnel-without-ingress",
  severity: "error",
  title: "A hostname leads to a tunnel that has no ingress rule for it",
  check: ({ topology }) =>
    topology.originless.flatMap(({ hostname, tunnel }) =>
      tunnel?.served === false && tunnel.config !== null
        ? [
            {
              subject: tunnel.config,
              paths: [],
              witness: null,
              what: `${tunnel.config} has no ingress rule for ${hostname}, which leads to ${tunnel.tunnel}`,
              why: "The tunnel answers by its last rule, which is an error status: visitors of this hostname never get to a service.",
              fix: `add an ingress rule with hostname = ${JSON.stringify(hostname)} before the last one`,
            },
          ]
        : [],
    ),
});
