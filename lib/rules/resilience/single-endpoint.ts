import { asBoolean, attribute, bodyOf } from "../../read/attributes";
import { endpointsOf } from "../../read/resources/cloudflare-load-balancer";
import type { Endpoint } from "../../read/resources/cloudflare-pool-endpoint";
import { mayBeBalancer } from "../balancer-address";
import { note } from "../note";
import { defineRule, type RuleContext } from "../rule";

/** A load balancer of Cloudflare that has nowhere else to send requests. */
export const singleEndpoint = defineRule({
  id: "resilience/single-endpoint",
  severity: "warning",
  title: "A load balancer of Cloudflare has one endpoint, so it can't fail over",
  check: (context) =>
    context.lookup.managed("cloudflare_load_balancer").flatMap((balancer) => {
      const enabled = attribute(bodyOf(balancer), "enabled");
      const off = enabled.kind === "known" && asBoolean(enabled.value) === false;
      const { endpoints, unread } = endpointsOf(context.lookup, balancer);
      const [only, ...others] = endpoints;
      const several = off || unread.length > 0 || others.length > 0 || !balancer.certain;
      return only === undefined || several || !isOne(only, context)
        ? []
        : [draft(balancer.address, only.pool.address, context)];
    }),
});

/** A balancer of AWS stands in several places by itself. */
function isOne({ certain, address, pool }: Endpoint, { lookup }: RuleContext): boolean {
  return certain && pool.mode === "managed" && !mayBeBalancer(lookup, address, pool);
}

function draft(balancer: string, pool: string, { proved }: RuleContext) {
  const paths = proved.flatMap(({ path }, index) => (path.flow.record === balancer ? [index] : []));
  return note(
    balancer,
    {
      what: `${balancer} has one endpoint in all its pools, in ${pool}`,
      why: "A load balancer sends requests elsewhere when an endpoint fails. With one endpoint there is no elsewhere, and visitors see the same error as without it.",
      fix: "add an endpoint at another address to the pool, or a second pool",
    },
    paths,
  );
}
