import type { Case } from "../case";
import { ACLS } from "./acls";
import { ADDRESSES } from "./addresses";
import { BALANCER_CHANGES } from "./balancer-changes";
import { BALANCERS } from "./balancers";
import { DEFAULTS } from "./defaults";
import { EDGE_SIDE } from "./edge";
import { EDGE_RULES } from "./edge-rules";
import { EXPRESSIONS } from "./expressions";
import { GROUP_CHANGES } from "./group-changes";
import { GROUPS } from "./groups";
import { HIDDEN } from "./hidden";
import { IPV6 } from "./ipv6";
import { LISTS } from "./lists";
import { MORE } from "./more";
import { MOVES } from "./moves";
import { NAMES_AND_LEGS } from "./names-and-legs";
import { NETWORK_BALANCERS } from "./network-balancers";
import { NETWORK_CHANGES } from "./network-changes";
import { OLDER } from "./older";
import { RULE_CHANGES } from "./rollouts";
import { ROUTES } from "./routes";
import { RULES } from "./rules";

export const CASES: readonly Case[] = [
  ...[...GROUPS, ...RULES, ...ROUTES, ...ACLS, ...IPV6],
  ...[
    ...ADDRESSES,
    ...LISTS,
    ...HIDDEN,
    ...EXPRESSIONS,
    ...BALANCERS,
    ...NETWORK_BALANCERS,
    ...BALANCER_CHANGES,
    ...DEFAULTS,
  ],
  ...[...EDGE_SIDE, ...EDGE_RULES, ...OLDER],
  ...[...RULE_CHANGES, ...GROUP_CHANGES, ...MOVES, ...NETWORK_CHANGES, ...NAMES_AND_LEGS, ...MORE],
];
