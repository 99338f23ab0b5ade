import type { Hop, Reason } from "../../../lib/model/hop";
import type { Path } from "../../../lib/model/path";
import { parseCidr } from "../../../lib/net/cidr";
import { CidrSet } from "../../../lib/net/cidr-set";
import type { View, Visitors } from "../../../lib/prove/rollout/offer";
import type { Scene } from "../../../lib/prove/rollout/world";

export const HOSTNAME = "www.example.com";
export const VIEW: View = { hostname: HOSTNAME, stable: new Set(), assumed: false };
export const HTTPS = { scheme: "https", port: 443, family: 4 } as const satisfies Visitors;

export function setOf(...cidrs: readonly string[]): CidrSet {
  const parsed = cidrs.flatMap((text) => {
    const found = parseCidr(text);
    return found.ok ? [found.value] : [];
  });
  if (parsed.length < cidrs.length) throw new Error(`no ranges: ${cidrs.join()}`);
  return CidrSet.of(4, parsed);
}

export const reason = (id: string): Reason => ({ id, subject: "aws_x.x", text: id });

/** A filter that admits these for certain, and perhaps those. */
export function hopOf(
  must: readonly string[],
  may: readonly string[] = must,
  more: Partial<Hop> = {},
): Hop {
  return {
    kind: "filter",
    resources: ["aws_security_group.web"],
    bounds: { must: setOf(...must), may: setOf(...may) },
    stop: "dropped",
    reasons: [],
    assumptions: [],
    internal: [],
    admissions: [],
    locked: false,
    ...more,
  } as Hop;
}

interface PathParts {
  readonly hops?: readonly Hop[];
  readonly flow?: Partial<Path["flow"]>;
  readonly more?: Partial<Path>;
}

export function pathOf({ hops = [hopOf(["0.0.0.0/0"])], flow = {}, more = {} }: PathParts): Path {
  return {
    flow: {
      hostname: HOSTNAME,
      record: "cloudflare_dns_record.www",
      input: "plan.json",
      family: 4,
      origin: { address: "203.0.113.1", port: 443, scheme: "https" } as Path["flow"]["origin"],
      certain: true,
      because: "",
      visitors: [{ scheme: "https", port: 443 }],
      ...flow,
    },
    route: { hops, assumptions: [] },
    reasons: [],
    assumptions: [],
    ...more,
  };
}

export function sceneOf(paths: readonly Path[], more: Partial<Scene> = {}): Scene {
  return { paths, answered: () => false, dnsOnly: () => false, ...more };
}
