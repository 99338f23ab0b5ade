import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { type Family, parseCidrLoose } from "../../net/cidr";
import { attribute, bodyOf } from "../attributes";
import type { Binding } from "../binding";
import { type Lookup, push } from "../lookup";
import { localRoute, type RouteEntry, unknownLocalRoute } from "./aws-route-entry";
import { type Key, keyOf, managedVpc, nameOf, vpcOf } from "./aws-vpc";

interface LocalRoutes {
  readonly entries: readonly RouteEntry[];
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/** The address ranges of VPCs: each is a route to the VPC itself. */
export class VpcRanges {
  readonly #secondary = new Map<Key, Instance[]>();

  constructor(lookup: Lookup) {
    for (const instance of lookup.managed("aws_vpc_ipv4_cidr_block_association")) {
      const key = keyOf(vpcOf(lookup, instance));
      if (key !== undefined) {
        push(this.#secondary, key, instance);
      }
    }
  }

  /**
   * The local routes of a VPC. Its IPv6 range comes from Amazon's pool or the account's own, and
   * what it is may stay unknown; IPv4 ranges are chosen freely and can overlap with the edge's.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  public of(vpc: Binding, family: Family): LocalRoutes {
    const managed = managedVpc(vpc);
    if (managed === undefined) {
      return family === 4 ? outside(vpc) : NO_ROUTES;
    }
    const name = family === 4 ? "cidr_block" : "ipv6_cidr_block";
    const blocks = family === 4 ? [managed, ...(this.#secondary.get(managed) ?? [])] : [managed];
    const entries = blocks.flatMap((block): readonly RouteEntry[] => {
      const value = attribute(bodyOf(block), name);
      const parsed = parseCidrLoose(knownString(value) ?? "");
      if (parsed.ok && parsed.value.family === family) {
        return [localRoute(block.address, parsed.value)];
      }
      return family === 4 && block.type !== "aws_default_vpc"
        ? [unknownLocalRoute(block.address, family)]
        : [];
    });
    return { ...NO_ROUTES, entries };
  }
}

const NO_ROUTES: LocalRoutes = { entries: [], reasons: [], assumptions: [] };

function outside(vpc: Binding): LocalRoutes {
  const key = keyOf(vpc);
  const subject = key === undefined ? "the VPC" : nameOf(key);
  const text = `the range of ${subject} holds no address of the internet`;
  return { ...NO_ROUTES, assumptions: [{ id: "aws/vpc-range", subject, text }] };
}
