import type { Template } from "../edge/expression/wildcard";
import type { EdgeSettings } from "../edge/flows";
import type { EdgeRule } from "../edge/rules";
import type { Assumption, Reason } from "./hop";
import type { Instance } from "./instance";
import type { Value } from "./value";

/** A zone that a record is in, whether the input holds it or only its id. */
export interface EdgeZone {
  /** The same for every record of the zone. */
  readonly key: string;
  /** Undefined where the input knows the zone by id only. */
  readonly name: string | undefined;
  /** The account's id, where the input has the zone and says so. */
  readonly account: string | undefined;
  /** Of Internal DNS: nobody on the internet sees its records. */
  readonly internal: boolean;
  readonly settings: Omit<EdgeSettings, "visitorPorts">;
  /** Rules of the edge that are or may be the zone's, in Cloudflare's order within each stage. */
  readonly rules: readonly ZoneRule[];
  /** Why flows of the zone are uncertain or unreadable: a paused zone, rules that are not read. */
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/** A rule of a zone. */
export interface ZoneRule extends EdgeRule {
  /** The zone's; undefined where it can't be told: then it may be a rule of any. */
  readonly key: string | undefined;
  /** Why what it does to the requests that it matches is not known. */
  readonly unread: Reason | undefined;
  /** It rewrites the path of what it matches, before other rules see it. */
  readonly rewrites: boolean;
  /** It sets the Host header that the origin sees. */
  readonly setsHost: boolean;
}

/** A DNS record or load balancer that Cloudflare proxies, or may proxy. */
export interface EdgeRecord {
  readonly instance: Instance;
  readonly zone: EdgeZone;
  /** As reports call it. */
  readonly hostname: string;
  /** Every text that it may be: with free parts where it is a wildcard, or not known in full. */
  readonly host: Template;
  /** `POOLS`: a load balancer, which has endpoints and no content. */
  readonly type: "A" | "AAAA" | "CNAME" | "POOLS";
  readonly content: Value;
  readonly proxied: boolean | "unknown";
  /** False: an unknown value decides whether it is proxied. */
  readonly certain: boolean;
  /** Visitor ports that are declared for it; undefined means 80 and 443. */
  readonly visitorPorts: readonly number[] | undefined;
}
