import { createHash } from "node:crypto";
import type { Finding } from "./finding";

/** What a fingerprint is made of: no words, counts, lines or names of files. */
export interface Identity {
  readonly rule: string;
  readonly subject: string;
  /** What tells findings of one rule and subject apart. */
  readonly key: string;
}

/**
 * Fingerprints of findings in their order, each 64 hexadecimal digits, no two alike: the second
 * finding of one identity has a number.
 */
export function fingerprintsOf(findings: readonly Identity[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, subject, key }) => {
    const identity = JSON.stringify([rule, subject, key]);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return createHash("sha256")
      .update(before === 0 ? identity : `${identity} ${before + 1}`)
      .digest("hex");
  });
}

/** What a finding says about itself where its rule names nothing else. */
export function defaultKey(
  rule: string,
  flow: { readonly family: unknown; readonly origin: { readonly port: unknown } } | undefined,
): string {
  if (flow === undefined || !OF_PATHS.test(rule)) {
    return "";
  }
  return OF_PORT.has(rule) ? `IPv${flow.family} tcp/${flow.origin.port}` : `IPv${flow.family}`;
}

/** Rules about how paths of one family are treated. */
const OF_PATHS = /^(dns|exposure|firewall|listener|ranges|rollout|route|tls)\//;

/** Rules whose findings are of one port: another port is another defect. */
const OF_PORT: ReadonlySet<string> = new Set([
  "dns/changing-address",
  "dns/points-to-cloudflare",
  "dns/special-purpose-address",
  "firewall/misses-family",
  "firewall/misses-port",
  "listener/no-listener",
  "listener/port-not-proxied",
  "tls/listener-expects-tls",
  "tls/plain-listener",
]);

/** What a finding is known by from one review to the next. */
export function fingerprintOf(finding: Pick<Finding, "fingerprint">): string {
  return finding.fingerprint;
}
