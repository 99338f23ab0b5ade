import { expired } from "./declared/expired";
import { changingAddress } from "./dns/changing-address";
import { pointsToCloudflare } from "./dns/points-to-cloudflare";
import { specialPurposeAddress } from "./dns/special-purpose-address";
import { openToOthers } from "./exposure/open-to-others";
import { missesEdgeRange } from "./firewall/misses-edge-range";
import { missesFamily } from "./firewall/misses-family";
import { missesPort } from "./firewall/misses-port";
import { portNotProxied } from "./listener/port-not-proxied";
import type { Rule } from "./rule";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  expired,
  changingAddress,
  pointsToCloudflare,
  specialPurposeAddress,
  openToOthers,
  missesEdgeRange,
  missesFamily,
  missesPort,
  portNotProxied,
];
