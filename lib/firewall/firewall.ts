import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { Listener } from "../origin/listener";

/** A filter that admits the edge, and nobody else, to the ports of an origin. */
export interface IOriginFirewall extends IConstruct {
  /** The ports it opens, ascending. */
  readonly listeners: readonly Listener[];
  /** Done once every rule is in place: depend on it, and on nothing else of the firewall. */
  readonly ready: TerraformResource;
}
