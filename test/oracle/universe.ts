import { contains } from "../../sandbox/packets/addresses";
import { EDGE_4, EDGE_6 } from "../support/plan";

export const EDGE: readonly string[] = [...EDGE_4, ...EDGE_6];

/**
 * Ranges that no packet of the internet comes from. Written again, from IANA's registries, so that
 * nothing of the prover is asked; the few exceptions within them are left out.
 */
const NOT_GLOBAL: readonly string[] = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"],
  ...["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"],
  ...["::/3", "3fff::/20", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16"],
  "5f00::/16",
];

export const isEdge = (address: string): boolean => EDGE.some((cidr) => contains(cidr, address));

export const isOutside = (address: string): boolean =>
  !isEdge(address) && !NOT_GLOBAL.some((cidr) => contains(cidr, address));
