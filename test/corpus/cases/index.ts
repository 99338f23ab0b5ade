import type { Case } from "../case";
import { GROUPS, RULES } from "./groups";

export const CASES: readonly Case[] = [...GROUPS, ...RULES];
