import { defineRule } from "../rule";
import { addressDraft } from "./address";

/** A proxied record leads back into Cloudflare. */
export const pointsToCloudflare = defineRule({
  id: "dns/points-to-cloudflare",
  severity: "error",
  title: "A proxied record leads to an address of Cloudflare's own",
  check: (context) =>
    context
      .refuted("dns/points-to-cloudflare")
      .map((group) =>
        addressDraft(
          group,
          "Cloudflare does not connect to itself as an origin",
          "give the record the origin's own public address",
        ),
      ),
});
