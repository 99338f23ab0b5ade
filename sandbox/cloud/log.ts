import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Value } from "../provider/value";
import { memoryOf } from "./memory";

export type Operation = "create" | "read" | "update" | "delete" | "data" | "import";

/** What a call did to what a filter admits. */
export interface Effect {
  /** Id of the security group or prefix list. */
  readonly filter: string;
  readonly direction?: "ingress" | "egress";
  /** `"tcp 443-443 131.0.72.0/22"`; of a prefix list the range alone. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * One line of `calls.jsonl`. An operation of Terraform's is a `start`, one `call` for each request
 * that changed or read something, or `refuse` with its reason, and an `end`.
 */
export interface LogEntry {
  /** Counts from 1 without gaps over all processes; the order in which things happened. */
  readonly seq: number;
  /** ISO time with milliseconds. */
  readonly at: string;
  /** Which run of terraform, as the driver named it: `2-apply`. */
  readonly run: string;
  readonly event: "start" | "call" | "refuse" | "end";
  /** One id for all lines of one operation. */
  readonly op: string;
  readonly operation: Operation;
  readonly type: string;
  /** Known from the first call of a creation on. */
  readonly id?: string;
  /** The request, in the vendor's words: `AuthorizeSecurityGroupIngress`. */
  readonly call?: string;
  /** At `start` what was asked for, at `end` what is. Unknown values are missing. */
  readonly attributes?: Value;
  readonly effects?: readonly Effect[];
  /** Of a `refuse`. */
  readonly error?: string;
  /** Added by the driver where Terraform's state knows it: the protocol doesn't tell. */
  readonly address?: string;
}

export type NewEntry = Omit<LogEntry, "seq" | "at" | "address">;

const logFile = (folder: string): string => join(folder, "calls.jsonl");

/** Call it under the store's lock. */
export function append(folder: string, state: { sequence: number }, entry: NewEntry): void {
  state.sequence += 1;
  const line = { seq: state.sequence, at: new Date().toISOString(), ...entry };
  const memory = memoryOf(folder);
  if (memory === undefined) appendFileSync(logFile(folder), `${JSON.stringify(line)}\n`);
  else memory.log.push(line);
}

export function readLog(folder: string): readonly LogEntry[] {
  const memory = memoryOf(folder);
  if (memory !== undefined) return memory.log;
  try {
    const lines = readFileSync(logFile(folder), "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
