import type { Case } from "../case";
import { ACLS } from "./acls";
import { ADDRESSES } from "./addresses";
import { BALANCERS } from "./balancers";
import { EDGE_SIDE, OLDER } from "./edge";
import { GROUPS, RULES } from "./groups";
import { HIDDEN } from "./hidden";
import { IPV6 } from "./ipv6";
import { MORE } from "./more";
import { MOVES, NETWORK_CHANGES } from "./moves";
import { GROUP_CHANGES, RULE_CHANGES } from "./rollouts";
import { ROUTES } from "./routes";

export const CASES: readonly Case[] = [
  ...[...GROUPS, ...RULES, ...ROUTES, ...ACLS, ...IPV6],
  ...[...ADDRESSES, ...HIDDEN, ...BALANCERS, ...EDGE_SIDE, ...OLDER],
  ...[...RULE_CHANGES, ...GROUP_CHANGES, ...MOVES, ...NETWORK_CHANGES, ...MORE],
];
