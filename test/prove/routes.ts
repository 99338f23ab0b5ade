import type { Assumption, Hop, Reason } from "../../lib/model/hop";
import { plainHop } from "../../lib/model/hop";
import type { Flow, Path, Route } from "../../lib/model/path";
import { type Bounds, boundsOf, exactly } from "../../lib/net/bounds";
import { parseCidr } from "../../lib/net/cidr";
import { CidrSet } from "../../lib/net/cidr-set";

/** A set of IPv4 ranges, written in a line. */
export function setOf(text: string): CidrSet {
  const cidrs = text.split(" ").filter((each) => each !== "");
  return CidrSet.of(
    4,
    cidrs.flatMap((cidr) => {
      const parsed = parseCidr(cidr);
      return parsed.ok ? [parsed.value] : [];
    }),
  );
}

/** What is admitted surely, and what may be besides. */
export function admits(must: string, more = ""): Bounds {
  return boundsOf(setOf(must), setOf(must).union(setOf(more)));
}

export const ALL = exactly(CidrSet.all(4));

export function about(id: string, subject = "s"): Reason & Assumption {
  return { id, subject, text: `the text of ${id}` };
}

export function hop(bounds: Bounds, more: Partial<Hop> = {}): Hop {
  return { ...plainHop("filter", [], bounds, []), ...more };
}

export function route(hops: readonly Hop[], assumptions: readonly Assumption[] = []): Route {
  return { hops, assumptions };
}

export function path(over: Route, more: Partial<Path> = {}, flow: Partial<Flow> = {}): Path {
  const origin = { address: "8.8.8.8", resource: null, port: 443, scheme: "https" } as const;
  return {
    flow: {
      hostname: "www.example.com",
      record: "cloudflare_dns_record.www",
      input: "plan.json",
      family: 4,
      origin,
      certain: true,
      because: "ssl = strict",
      visitors: [],
      ...flow,
    },
    route: over,
    reasons: [],
    assumptions: [],
    ...more,
  };
}
