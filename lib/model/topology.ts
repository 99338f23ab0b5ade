import type { Reason } from "./hop";
import type { Input, Instance } from "./instance";
import type { Path } from "./path";

/** A proxied record without a flow, as Cloudflare documents them for Workers and redirects. */
export interface Originless {
  readonly hostname: string;
  readonly record: string;
  /** Label of the input that holds it. */
  readonly input: string;
  /** It has an address that marks a hostname without an origin; else every request is redirected. */
  readonly placeholder: boolean;
  /** Rules of the edge that serve it: Workers, redirects, another origin. */
  readonly servers: readonly string[];
  /** Why it is open what serves it. */
  readonly reasons: readonly Reason[];
}

/** A problem of a record that is no matter of hops: a name that can't be read, a bad type. */
export interface Topology {
  readonly inputs: readonly Input[];
  readonly instances: readonly Instance[];
  readonly paths: readonly Path[];
  readonly originless: readonly Originless[];
}
