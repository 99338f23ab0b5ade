import { defineRule } from "../rule";
import { addressDraft } from "./address";

/** A record holds an address that its machine loses: to an Elastic IP, or with an association. */
export const changingAddress = defineRule({
  id: "dns/changing-address",
  severity: "error",
  title: "A proxied record leads to an address that this configuration takes away",
  check: (context) =>
    context.refuted("dns/changing-address").map((group) => {
      const released = group.hop.resources.some((name) => /(^|\.)aws_eip\./.test(name));
      return released
        ? addressDraft(
            group,
            "the state names the machine already, so that Terraform has nothing to do for the Elastic IP, and the deletion takes it off",
            "apply once more, which associates it again; without a gap, remove the association from the state (a `removed` block with destroy = false)",
          )
        : addressDraft(
            group,
            "AWS takes the address back when the Elastic IP is associated, and may give it to another customer",
            "give the record the public_ip of the aws_eip",
          );
    }),
});
