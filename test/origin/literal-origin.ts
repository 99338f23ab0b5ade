import { Construct } from "constructs";
import type { IOrigin, IOriginFirewall, OriginAddress } from "originproof";

/** An origin of literal addresses, which the library has no construct for yet. */
export class LiteralOrigin extends Construct implements IOrigin {
  readonly addresses: readonly OriginAddress[];
  readonly firewalls: readonly IOriginFirewall[] = [];
  readonly dependencies = [];

  constructor(scope: Construct, id: string, ...contents: readonly string[]) {
    super(scope, id);
    this.addresses = contents.map((content) => ({
      type: content.includes(":") ? "AAAA" : "A",
      content,
    }));
  }
}
