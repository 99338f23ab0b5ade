import type { Case } from "../case";
import { ACLS } from "./acls";
import { GROUPS, RULES } from "./groups";
import { IPV6 } from "./ipv6";
import { ROUTES } from "./routes";

export const CASES: readonly Case[] = [...GROUPS, ...RULES, ...ROUTES, ...ACLS, ...IPV6];
