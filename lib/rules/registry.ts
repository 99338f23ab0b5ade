import { added } from "./declared/added";
import { expired } from "./declared/expired";
import { tooBroad } from "./declared/too-broad";
import { unused } from "./declared/unused";
import { changingAddress } from "./dns/changing-address";
import { originlessUnserved } from "./dns/originless-unserved";
import { pointsToCloudflare } from "./dns/points-to-cloudflare";
import { specialPurposeAddress } from "./dns/special-purpose-address";
import { zoneNotActive } from "./dns/zone-not-active";
import { dnsOnlyRecord } from "./exposure/dns-only-record";
import { flexibleMode } from "./exposure/flexible-mode";
import { openToOthers } from "./exposure/open-to-others";
import { sideDoor } from "./exposure/side-door";
import { aclDropsReplies } from "./firewall/acl-drops-replies";
import { contestedAttachment } from "./firewall/contested-attachment";
import { emptyForEach } from "./firewall/empty-for-each";
import { missesEdgeRange } from "./firewall/misses-edge-range";
import { missesFamily } from "./firewall/misses-family";
import { missesPort } from "./firewall/misses-port";
import { mixedRuleStyles } from "./firewall/mixed-rule-styles";
import { ruleQuota } from "./firewall/rule-quota";
import { balancerWithoutEgress } from "./listener/balancer-without-egress";
import { noListener } from "./listener/no-listener";
import { portNotProxied } from "./listener/port-not-proxied";
import { secondLegClosed } from "./listener/second-leg-closed";
import { tunnelWithoutIngress } from "./listener/tunnel-without-ingress";
import { liveListUnguarded } from "./ranges/live-list-unguarded";
import { superset } from "./ranges/superset";
import { alertNeverFires } from "./resilience/alert-never-fires";
import { alertWithoutMechanism } from "./resilience/alert-without-mechanism";
import { healthCheckClosed } from "./resilience/health-check-closed";
import { healthCheckDistrustsCertificate } from "./resilience/health-check-distrusts-certificate";
import { healthCheckPort } from "./resilience/health-check-port";
import { healthCheckProxiedAddress } from "./resilience/health-check-proxied-address";
import { healthCheckWithoutHost } from "./resilience/health-check-without-host";
import { noAlert } from "./resilience/no-alert";
import { noEgress } from "./resilience/no-egress";
import { rateLimitCountsEdge } from "./resilience/rate-limit-counts-edge";
import { singleEndpoint } from "./resilience/single-endpoint";
import { cutOffDuringApply } from "./rollout/cut-off-during-apply";
import { deletesWhatStays } from "./rollout/deletes-what-stays";
import { leavesProxy } from "./rollout/leaves-proxy";
import { neverEnds } from "./rollout/never-ends";
import { oldOriginDestroyedAtOnce } from "./rollout/old-origin-destroyed-at-once";
import { capturesEdgeRange } from "./route/captures-edge-range";
import { noInternetRoute } from "./route/no-internet-route";
import { publicAccessBlocked } from "./route/public-access-blocked";
import type { Rule } from "./rule";
import { listenerExpectsTls } from "./tls/listener-expects-tls";
import { plainListener } from "./tls/plain-listener";
import { redirectLoop } from "./tls/redirect-loop";
import { schemeAgainstPort } from "./tls/scheme-against-port";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  added,
  expired,
  tooBroad,
  unused,
  changingAddress,
  originlessUnserved,
  pointsToCloudflare,
  specialPurposeAddress,
  zoneNotActive,
  dnsOnlyRecord,
  flexibleMode,
  openToOthers,
  sideDoor,
  aclDropsReplies,
  contestedAttachment,
  emptyForEach,
  missesEdgeRange,
  missesFamily,
  missesPort,
  mixedRuleStyles,
  ruleQuota,
  balancerWithoutEgress,
  noListener,
  portNotProxied,
  secondLegClosed,
  tunnelWithoutIngress,
  liveListUnguarded,
  superset,
  alertNeverFires,
  alertWithoutMechanism,
  healthCheckClosed,
  healthCheckDistrustsCertificate,
  healthCheckPort,
  healthCheckProxiedAddress,
  healthCheckWithoutHost,
  noAlert,
  noEgress,
  rateLimitCountsEdge,
  singleEndpoint,
  cutOffDuringApply,
  deletesWhatStays,
  leavesProxy,
  neverEnds,
  oldOriginDestroyedAtOnce,
  capturesEdgeRange,
  noInternetRoute,
  publicAccessBlocked,
  listenerExpectsTls,
  plainListener,
  redirectLoop,
  schemeAgainstPort,
];
