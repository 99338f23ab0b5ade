import { note } from "../note";
import { defineRule } from "../rule";
import { alertsOf } from "./alerts";

/** Cloudflare takes a policy that tells nobody. */
export const alertWithoutMechanism = defineRule({
  id: "resilience/alert-without-mechanism",
  severity: "warning",
  title: "An alert has nobody to tell",
  check: (context) =>
    alertsOf(context)
      .filter(({ enabled, heard, instance }) => enabled && !heard && instance.certain)
      .map(({ instance: { address } }) =>
        note(address, {
          what: `${address} names no e-mail address, webhook or PagerDuty service`,
          why: "The alert fires and nobody hears of it.",
          fix: "name at least one destination in `mechanisms`, such as an e-mail address, which every plan has",
        }),
      ),
});
