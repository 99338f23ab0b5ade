import { type Assumption, type Hop, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { attribute, bodyOf } from "../attributes";
import { bind, type Wanted } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";

const SUBNET: Wanted = { types: ["aws_subnet", "aws_default_subnet"], attribute: "id" };

/** What decides which packets enter and leave a subnet, and that this version does not read. */
const UNREAD = [
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_network_acl_association",
  "aws_default_network_acl",
  "aws_route",
  "aws_route_table",
  "aws_route_table_association",
  "aws_default_route_table",
  "aws_main_route_table_association",
  "aws_vpc_block_public_access_options",
  "aws_networkfirewall_firewall",
];

/** What a subnet adds to a path: hops of its own, or assumptions where the input ends. */
export interface SubnetPart {
  readonly hops: readonly Hop[];
  readonly assumptions: readonly Assumption[];
}

/** The part of a path that the subnet of an instance or interface decides. */
export function subnetPart(lookup: Lookup, holder: Instance, family: Family): SubnetPart {
  const id = attribute(bodyOf(holder), "subnet_id");
  const subnet = bind(lookup, id, scopeOf(holder), SUBNET);
  const unread = UNREAD.flatMap((type) => lookup.managed(type)).map((found) => found.address);
  const managed = subnet.kind === "bound" && subnet.instance.mode === "managed";
  const unclear = subnet.kind === "uncertain" && lookup.managed("aws_subnet").length > 0;
  if (unread.length > 0 || managed || unclear) {
    const own = managed ? [subnet.instance.address] : [];
    return { hops: [unreadHop([...own, ...unread], holder, family)], assumptions: [] };
  }
  const name =
    subnet.kind === "foreign"
      ? subnet.text
      : subnet.kind === "bound"
        ? subnet.instance.address
        : `of ${holder.address}`;
  return { hops: [], assumptions: defaults(`the subnet ${name}`) };
}

function unreadHop(resources: readonly string[], holder: Instance, family: Family): Hop {
  const shown = resources.slice(0, 3).join(", ") + (resources.length > 3 ? ", …" : "");
  const text = `originproof does not read network ACLs and route tables yet, and ${shown} may be on the path`;
  const reason = { id: "aws/subnet-not-read", subject: holder.address, text };
  return plainHop("unknown", resources, unknownBounds(family), [reason]);
}

/**
 * A VPC's default network ACL admits everything both ways; a public subnet has a route to an
 * internet gateway.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
function defaults(subject: string): Assumption[] {
  return [
    {
      id: "aws/default-network-acl",
      subject,
      text: `${subject} has its VPC's default network ACL, which admits everything`,
    },
    {
      id: "aws/public-subnet",
      subject,
      text: `${subject} routes to an internet gateway`,
    },
  ];
}
