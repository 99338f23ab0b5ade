import type { Assumption } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import type { Family } from "../../net/cidr";
import { asBoolean, asNumber, attribute, bodyOf, listAttribute } from "../attributes";
import type { Lookup } from "../lookup";
import { machinesOf } from "./aws-machine";
import { subnetOf } from "./aws-subnet";

/**
 * Whether an instance has a public address of its own: as it says, or else as its subnet does.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
 */
export function publicAddress(lookup: Lookup, instance: Instance): boolean | undefined {
  const body = bodyOf(instance);
  const shown = knownString(attribute(body, "public_ip"));
  const asked = attribute(body, "associate_public_ip_address");
  if (shown !== undefined && instance.action !== "create") {
    return shown !== "";
  }
  // AWS gives one to an interface that it makes for the machine, never to one that exists.
  if (machinesOf(lookup).primaryOf(instance) !== undefined) {
    return false;
  }
  if (asked.kind !== "unset") {
    return asked.kind === "known" ? asBoolean(asked.value) : undefined;
  }
  const subnet = subnetOf(lookup, instance);
  if (subnet.kind !== "bound" || subnet.instance.type !== "aws_subnet") {
    return undefined;
  }
  const mapped = attribute(bodyOf(subnet.instance), "map_public_ip_on_launch");
  return mapped.kind === "known"
    ? asBoolean(mapped.value)
    : mapped.kind === "unset"
      ? false
      : undefined;
}

/** How an instance or interface is given IPv6 addresses: so many, or these. */
const IPV6 = ["ipv6_address_count", "ipv6_addresses", "ipv6_address_list"];

/**
 * Whether an instance or interface surely has an IPv6 address: as it says, or as its subnet gives to
 * all. Where nothing asks for one Terraform has none to put into a record, and the apply fails.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
 */
export function ownIpv6(lookup: Lookup, instance: Instance): true | undefined {
  const body = bodyOf(instance);
  const asked = IPV6.some((name) => {
    const list = listAttribute(body, name);
    return list !== "unset" && list.known.some((item) => asNumber(item) !== 0 && item !== "");
  });
  const subnet = subnetOf(lookup, instance);
  const given =
    subnet.kind === "bound"
      ? attribute(bodyOf(subnet.instance), "assign_ipv6_address_on_creation")
      : undefined;
  const all = given?.kind === "known" && asBoolean(given.value) === true;
  return asked || all ? true : undefined;
}

export function hasAddress({ address }: Instance, family: Family): Assumption {
  const what = family === 4 ? "a public address" : "an IPv6 address";
  return { id: "aws/public-address", subject: address, text: `${address} has ${what} of its own` };
}
