import type { CloudState } from "../cloud/state";
import { familyOf } from "./addresses";
import { type Answer, anyOf, stopped } from "./answer";
import { balancers } from "./balancers";
import { lookup } from "./dns";
import { reaches } from "./reaches";

export interface Visit {
  readonly hostname: string;
  /** An address of the edge. */
  readonly from: string;
  /** The origin's. */
  readonly port: number;
}

/**
 * Whether a connection from the edge gets to all that the hostname leads to now; undefined where it
 * leads to nothing of the address's family.
 */
export function arrives(cloud: CloudState, { hostname, from, port }: Visit): Answer | undefined {
  const { records, loadBalancer, proxied, addresses, names } = lookup(cloud, hostname);
  if (records.length === 0 && loadBalancer === undefined) {
    return stopped("name", hostname, "no record answers for it");
  }
  if (!proxied) return stopped("name", hostname, "it is not proxied: the edge doesn't connect");
  const family = familyOf(from);
  const places = [
    ...addresses.filter((address) => familyOf(address) === family),
    ...names.filter((name) => familiesOf(cloud, name).includes(family)),
  ];
  if (places.length === 0) return undefined;
  const ways = places.map((to) => reaches(cloud, { from, to, port }));
  return anyOf(ways, stopped("name", hostname, "it leads nowhere"));
}

/** A name that the cloud doesn't hold is asked, so that what it was is told as gone. */
function familiesOf(cloud: CloudState, name: string): readonly (4 | 6)[] {
  return balancers(cloud).find((balancer) => balancer.name === name)?.families ?? [4];
}
