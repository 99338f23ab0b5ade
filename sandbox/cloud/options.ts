import { createHash } from "node:crypto";
import type { Operation } from "./log";
import type { Steering } from "./steering";

/** A call that the cloud refuses. */
export interface Refusal {
  /** `AuthorizeSecurityGroupIngress`; any of the operation when absent. */
  readonly call?: string;
  readonly operation?: Operation;
  readonly type?: string;
  /** Text that the attributes asked for, as JSON, must hold. */
  readonly match?: string;
  /** How often. @default always */
  readonly times?: number;
  /** How many that fit are let through before. @default 0 */
  readonly after?: number;
  readonly message: string;
}

export interface CloudOptions {
  /** The folder of the state and the log. */
  readonly folder: string;
  readonly run: string;
  readonly seed: string;
  /** Milliseconds each call takes, at least and at most. */
  readonly delay: readonly [number, number];
  readonly refuse: readonly Refusal[];
  /** An order that the next apply is to take. */
  readonly steering: Steering | undefined;
  /** How many objects of a type there can be; `permissions` counts those of one security group. */
  readonly quota: Readonly<Record<string, number>>;
  /** Major version of the Cloudflare provider. */
  readonly cloudflare: 4 | 5;
  /** The first three bytes of public addresses. */
  readonly publicPrefix: string;
  /** The pinned edge ranges that `cloudflare_ip_ranges` answers, as a file. */
  readonly rangesFile: string | undefined;
}

/** Reads SANDBOX_* of the environment, which terraform hands on to its providers. */
export function optionsFrom(env: NodeJS.ProcessEnv): CloudOptions {
  const folder = env.SANDBOX_DIR;
  if (folder === undefined) {
    throw new Error(
      "SANDBOX_DIR is not set: run `npm run sandbox -- env` and export what it prints",
    );
  }
  const [from = 0, to = from] = (env.SANDBOX_DELAY ?? "0").split("-").map(Number);
  return {
    folder,
    run: env.SANDBOX_RUN ?? "",
    seed: env.SANDBOX_SEED ?? "",
    delay: [from, to],
    refuse: JSON.parse(env.SANDBOX_REFUSE ?? "[]"),
    steering: env.SANDBOX_STEERING === undefined ? undefined : JSON.parse(env.SANDBOX_STEERING),
    quota: JSON.parse(env.SANDBOX_QUOTA ?? "{}"),
    cloudflare: env.SANDBOX_CLOUDFLARE === "4" ? 4 : 5,
    publicPrefix: env.SANDBOX_PUBLIC_PREFIX ?? "203.0.113",
    rangesFile: env.SANDBOX_RANGES,
  };
}

/** The same for the same seed and words, whatever else runs beside it: 0 ≤ x < 1. */
export function chance(...words: readonly string[]): number {
  return createHash("sha256").update(words.join("\0")).digest().readUInt32BE(0) / 2 ** 32;
}
