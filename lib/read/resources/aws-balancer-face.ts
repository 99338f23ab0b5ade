import type { Instance } from "../../model/instance";
import type { Value } from "../../model/value";
import type { Family } from "../../net/cidr";
import { attribute, bodyOf } from "../attributes";
import { BALANCERS } from "./aws-arn";

/** Types whose `dns_name` a record may name. */
export const BALANCER_TYPES: readonly string[] = [...BALANCERS, "aws_elb"];

/** Whether AWS's default holds. What is not known of a data source is not left out. */
function isLeftOut(balancer: Instance, value: Value): boolean {
  return value.kind === "unset" && balancer.mode === "managed";
}

/** What kind of balancer it is; undefined where that is known after apply, or not read. */
export function kindOf(balancer: Instance): "application" | "network" | "classic" | undefined {
  if (balancer.type === "aws_elb") {
    return "classic";
  }
  const type = attribute(bodyOf(balancer), "load_balancer_type");
  const kind = isLeftOut(balancer, type) ? "application" : type.kind === "known" && type.value;
  return kind === "application" || kind === "network" ? kind : undefined;
}

/** The families of the addresses behind a balancer's name, and whether each is sure. */
export function familiesOf(
  balancer: Instance,
): readonly { readonly family: Family; readonly certain: boolean }[] {
  const type = attribute(bodyOf(balancer), "ip_address_type");
  const name = isLeftOut(balancer, type) || balancer.type === "aws_elb" ? "ipv4" : type;
  switch (typeof name === "string" ? name : name.kind === "known" && name.value) {
    case "ipv4":
      return [{ family: 4, certain: true }];
    case "dualstack":
      return [
        { family: 4, certain: true },
        { family: 6, certain: true },
      ];
    case "dualstack-without-public-ipv4":
      return [{ family: 6, certain: true }];
    default:
      return [
        { family: 4, certain: false },
        { family: 6, certain: false },
      ];
  }
}

/** Whether a balancer has no addresses of the internet; undefined: known after apply. */
export function isInternal(balancer: Instance): boolean | undefined {
  const internal = attribute(bodyOf(balancer), "internal");
  return isLeftOut(balancer, internal)
    ? false
    : internal.kind === "known"
      ? internal.value === true || internal.value === "true"
      : undefined;
}
