import type { Input, Instance } from "./instance";
import type { Path } from "./path";

/** A proxied record without a flow, as Cloudflare documents them for Workers and redirects. */
export interface Originless {
  readonly hostname: string;
  readonly record: string;
}

/** A problem of a record that is no matter of hops: a name that can't be read, a bad type. */
export interface Topology {
  readonly inputs: readonly Input[];
  readonly instances: readonly Instance[];
  readonly paths: readonly Path[];
  readonly originless: readonly Originless[];
}
