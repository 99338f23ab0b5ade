import type { Reason } from "./hop";
import type { Input, Instance } from "./instance";
import type { Path } from "./path";

/** A tunnel that serves a hostname: `cloudflared` connects to Cloudflare, so nothing is opened. */
export interface Tunnelled {
  /** Terraform address, or a text where the input does not hold it. */
  readonly tunnel: string;
  /** Terraform address of its configuration, where the input has it. */
  readonly config: string | null;
  /** Whether an ingress rule is for the hostname; undefined where that can't be told. */
  readonly served: boolean | undefined;
}

/** A record that Cloudflare only answers DNS for: it tells everybody where its origin is. */
export interface DnsOnly {
  readonly hostname: string;
  readonly record: string;
  readonly input: string;
  readonly origins: readonly {
    readonly address: string | null;
    readonly resource: string | null;
  }[];
}

/** A proxied record without a flow, as Cloudflare documents them for Workers and redirects. */
export interface Originless {
  readonly hostname: string;
  readonly record: string;
  /** Label of the input that holds it. */
  readonly input: string;
  /** It has an address that marks a hostname without an origin; else every request is redirected. */
  readonly placeholder: boolean;
  readonly tunnel: Tunnelled | undefined;
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
  readonly dnsOnly: readonly DnsOnly[];
}
