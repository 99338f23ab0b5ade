import type { EdgeRanges } from "../edge/ranges";
import { type Bounds, intersectBounds, unknownBounds } from "../net/bounds";
import { type Family, parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import { entryOf, underAssumption } from "../prove/decide";
import type { ProvedPath } from "../prove/verdict";
import type { AdmissionChange, SourceChange } from "./review-types";
import { namedRanges } from "./words";

/** More blocks than these are told with Cloudflare's own ranges counted in, which makes few. */
const MOST_BLOCKS = 8;

/** Who gets through to the origin of a path, on its address, port and family. */
interface Admitted {
  /** By every way that the edge may take. */
  readonly passing: Bounds;
  /** By some way: one client port, one subnet will do. */
  readonly entering: Bounds;
  /** Comes from a sensitive value: no address is told. */
  readonly sensitive: boolean;
}

/** What is compared against. */
export interface AdmissionOptions {
  readonly edge: (family: Family) => CidrSet;
  readonly ranges: EdgeRanges;
  /** Ids of assumptions that nothing may rest on. */
  readonly forbidden: readonly string[];
}

/** What applies change in who gets through to the origins. Equal routes are compared once. */
export class AdmissionChanges {
  readonly #admitted = new Map<string, Admitted>();
  readonly #changes = new Map<string, AdmissionChange>();
  readonly #numbers = new WeakMap<object, number>();
  #last = 0;

  constructor(private readonly options: AdmissionOptions) {}

  /** The same path before and after the apply. */
  public of(before: ProvedPath, after: ProvedPath): AdmissionChange {
    const keys = [this.#keyOf(before), this.#keyOf(after)] as const;
    const key = keys.join(" ");
    const known =
      this.#changes.get(key) ?? this.#compare(this.#of(before, keys[0]), this.#of(after, keys[1]));
    this.#changes.set(key, known);
    return known;
  }

  /** Paths with the same key have the same hops, and as much of them is known. */
  #keyOf(proved: ProvedPath): string {
    const { route } = proved.path;
    const number = this.#numbers.get(route) ?? ++this.#last;
    this.#numbers.set(route, number);
    return this.#isOpen(proved) ? `${number}?` : `${number}`;
  }

  /** Nothing is known of a partial plan, nor of what rests on a forbidden assumption. */
  #isOpen({ path }: ProvedPath): boolean {
    const { hops, assumptions } = path.route;
    const rests = [...assumptions, ...hops.flatMap((hop) => hop.assumptions)];
    return (
      path.reasons.some(({ id }) => id === "input/partial") ||
      rests.some(({ id }) => this.options.forbidden.includes(id))
    );
  }

  #of(proved: ProvedPath, key: string): Admitted {
    const known = this.#admitted.get(key) ?? admittedOf(proved, this.#isOpen(proved));
    this.#admitted.set(key, known);
    return known;
  }

  #compare(before: Admitted, after: Admitted): AdmissionChange {
    const { ranges } = this.options;
    const { family } = before.passing.must;
    const edge = this.options.edge(family);
    const hidden = before.sensitive || after.sensitive;
    const among = (set: CidrSet, way: "passing" | "entering") =>
      changeWithin(set, before[way], after[way]);
    return {
      edge: told(among(edge, "passing"), hidden, (set) => namedRanges(set, ranges)),
      others: told(among(edge.complement(), "entering"), hidden, (set) => blocks(set, edge)),
    };
  }
}

function admittedOf({ path, assumptions }: ProvedPath, open: boolean): Admitted {
  const { family } = path.flow;
  const { hops } = path.route;
  const sensitive = hops.some((hop) => hop.sensitive);
  if (open) {
    return { passing: unknownBounds(family), entering: unknownBounds(family), sensitive };
  }
  // As the verdicts do: the tighter bounds count where the assumption is listed.
  const listed = new Set(assumptions.map(({ id, subject }) => `${id} ${subject}`));
  const taken = hops.map((hop) => {
    const assumed = hop.alternative?.assumption;
    const isListed = assumed !== undefined && listed.has(`${assumed.id} ${assumed.subject}`);
    return isListed ? underAssumption(hop) : hop;
  });
  return {
    passing: intersectBounds(
      family,
      taken.map((hop) => hop.bounds),
    ),
    entering: intersectBounds(family, taken.map(entryOf)),
    sensitive,
  };
}

interface SetChange {
  readonly added: CidrSet;
  readonly removed: CidrSet;
  readonly complete: boolean;
}

/** What is surely admitted on one side and surely not on the other, of some sources. */
function changeWithin(sources: CidrSet, before: Bounds, after: Bounds): SetChange {
  const isExact = ({ must, may }: Bounds) => may.minus(must).intersect(sources).isEmpty;
  return {
    added: after.must.minus(before.may).intersect(sources),
    removed: before.must.minus(after.may).intersect(sources),
    complete: isExact(before) && isExact(after),
  };
}

function told(
  { added, removed, complete }: SetChange,
  hidden: boolean,
  names: (set: CidrSet) => readonly string[],
): SourceChange {
  return hidden && !(added.isEmpty && removed.isEmpty)
    ? { added: [], removed: [], complete: false }
    : { added: names(added), removed: names(removed), complete };
}

/** The whole internet is `0.0.0.0/0`, though Cloudflare's ranges are not in the set. */
function blocks(set: CidrSet, edge: CidrSet): readonly string[] {
  const own = set.toCidrs();
  if (own.length <= MOST_BLOCKS) {
    return own;
  }
  return set
    .union(edge)
    .toCidrs()
    .filter((text) => {
      const cidr = parseCidr(text);
      return cidr.ok && !CidrSet.of(set.family, [cidr.value]).intersect(set).isEmpty;
    });
}
