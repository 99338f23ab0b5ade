import { defineRule } from "../rule";
import { addressDraft } from "./address";

/** A record holds the address that an instance has until its Elastic IP is associated. */
export const changingAddress = defineRule({
  id: "dns/changing-address",
  severity: "error",
  title: "A proxied record leads to an address that this configuration takes away",
  check: (context) =>
    context
      .refuted("dns/changing-address")
      .map((group) =>
        addressDraft(
          group,
          "AWS takes the address back when the Elastic IP is associated, and may give it to another customer",
          "give the record the public_ip of the aws_eip",
        ),
      ),
});
