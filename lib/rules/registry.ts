import { expired } from "./declared/expired";
import { tooBroad } from "./declared/too-broad";
import { unused } from "./declared/unused";
import { changingAddress } from "./dns/changing-address";
import { originlessUnserved } from "./dns/originless-unserved";
import { pointsToCloudflare } from "./dns/points-to-cloudflare";
import { specialPurposeAddress } from "./dns/special-purpose-address";
import { zoneNotActive } from "./dns/zone-not-active";
import { dnsOnlyRecord } from "./exposure/dns-only-record";
import { openToOthers } from "./exposure/open-to-others";
import { aclDropsReplies } from "./firewall/acl-drops-replies";
import { missesEdgeRange } from "./firewall/misses-edge-range";
import { missesFamily } from "./firewall/misses-family";
import { missesPort } from "./firewall/misses-port";
import { balancerWithoutEgress } from "./listener/balancer-without-egress";
import { noListener } from "./listener/no-listener";
import { portNotProxied } from "./listener/port-not-proxied";
import { secondLegClosed } from "./listener/second-leg-closed";
import { tunnelWithoutIngress } from "./listener/tunnel-without-ingress";
import { healthCheckClosed } from "./resilience/health-check-closed";
import { cutOffDuringApply } from "./rollout/cut-off-during-apply";
import { oldOriginDestroyedAtOnce } from "./rollout/old-origin-destroyed-at-once";
import { capturesEdgeRange } from "./route/captures-edge-range";
import { noInternetRoute } from "./route/no-internet-route";
import { publicAccessBlocked } from "./route/public-access-blocked";
import type { Rule } from "./rule";
import { listenerExpectsTls } from "./tls/listener-expects-tls";
import { plainListener } from "./tls/plain-listener";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  expired,
  tooBroad,
  unused,
  changingAddress,
  originlessUnserved,
  pointsToCloudflare,
  specialPurposeAddress,
  zoneNotActive,
  dnsOnlyRecord,
  openToOthers,
  aclDropsReplies,
  missesEdgeRange,
  missesFamily,
  missesPort,
  balancerWithoutEgress,
  noListener,
  portNotProxied,
  secondLegClosed,
  tunnelWithoutIngress,
  healthCheckClosed,
  cutOffDuringApply,
  oldOriginDestroyedAtOnce,
  capturesEdgeRange,
  noInternetRoute,
  publicAccessBlocked,
  listenerExpectsTls,
  plainListener,
];
