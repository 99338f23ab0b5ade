import { defineRule } from "../rule";
import { addressDraft } from "./address";

/** A proxied record leads to a private or reserved address. */
export const specialPurposeAddress = defineRule({
  id: "dns/special-purpose-address",
  severity: "error",
  title: "A proxied record leads to a private or reserved address",
  check: (context) =>
    context
      .refuted("dns/special-purpose-address")
      .map((group) =>
        addressDraft(
          group,
          "Cloudflare connects over the internet, where that address leads nowhere",
          "give the record the origin's public address",
        ),
      ),
});
