import { createHash } from "node:crypto";
import { edgeRanges, rangeListText } from "../edge/ranges";
import { type Cidr, type Family, parseCidr } from "../net/cidr";
import { ConfigurationError } from "../synth/configuration-error";
import { requireLiteral } from "../synth/literal";

/**
 * The address ranges that a firewall admits, in canonical text and order.
 *
 * @example
 * const ranges = EdgeRanges.pinned();
 */
export class EdgeRanges {
  /**
   * Cloudflare's ranges as pinned in this release of the library. Nothing is fetched: a list that
   * is read anew at each plan changes firewalls without a review.
   *
   * @see https://developers.cloudflare.com/fundamentals/concepts/cloudflare-ip-addresses/
   */
  static pinned(): EdgeRanges {
    const ranges = edgeRanges();
    return new EdgeRanges([...ranges.cidrs(4), ...ranges.cidrs(6)], ranges.date);
  }

  /**
   * A list of one's own. The proof at synth compares what the firewall admits with the pinned
   * ranges: one that is missing refutes availability, one that is too many refutes exclusivity.
   *
   * @param cidrs in network form, such as `198.51.100.0/24`; order and repetition don't matter
   * @throws ConfigurationError `invalid-cidr`, `no-range`, `token-for-literal`
   */
  static of(cidrs: readonly string[]): EdgeRanges {
    requireLiteral("cidrs", cidrs, '["198.51.100.0/24"]');
    if (cidrs.length === 0) {
      throw new ConfigurationError(
        "no-range",
        "'cidrs' is empty, which would cut off all of Cloudflare; use EdgeRanges.pinned()",
      );
    }
    return new EdgeRanges(cidrs.map(readCidr), undefined);
  }

  /** `sha256:` and the hash, in hex, of the list; the same for the same set of ranges. */
  readonly digest: string;

  private readonly list: readonly Cidr[];

  private constructor(
    cidrs: readonly Cidr[],
    /** The day the pinned list was last known to be valid; `undefined` for a list of one's own. */
    readonly date: string | undefined,
  ) {
    const byText = new Map(cidrs.map((cidr) => [cidr.text, cidr]));
    const text = rangeListText(byText.values());
    this.list = text.split("\n").flatMap((line) => byText.get(line) ?? []);
    this.digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
  }

  /** The ranges of a family, ascending by address. */
  cidrs(family: Family): readonly string[] {
    return this.list.filter((cidr) => cidr.family === family).map(({ text }) => text);
  }
}

function readCidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) {
    throw new ConfigurationError(
      "invalid-cidr",
      `'cidrs' has ${JSON.stringify(text)}, which ${parsed.problem}`,
    );
  }
  return parsed.value;
}
