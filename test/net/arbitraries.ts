import fc from "fast-check";
import { type Cidr, type Family, lastAddressOf, parseCidr } from "../../lib/net/cidr";
import { CidrSet } from "../../lib/net/cidr-set";

/** A window of 256 addresses in which sets can be compared with plain arrays, address by address. */
export interface Toy {
  readonly family: Family;
  readonly base: bigint;
}

/** A set twice: as the code under test has it, and as one flag for each address of the window. */
export interface Twin {
  readonly set: CidrSet;
  readonly flags: readonly boolean[];
}

export const TOY_SIZE = 256;

export const familyArb: fc.Arbitrary<Family> = fc.constantFrom<Family>(4, 6);

export const addressArb: fc.Arbitrary<{ family: Family; value: bigint }> = familyArb.chain(
  (family) =>
    fc.bigInt({ min: 0n, max: lastAddressOf(family) }).map((value) => ({ family, value })),
);

/** Windows at both ends of the address space and in the middle, where nothing is special. */
export const toyArb: fc.Arbitrary<Toy> = familyArb.chain((family) =>
  fc
    .constantFrom(0n, 0x0a000000n, lastAddressOf(family) - BigInt(TOY_SIZE - 1))
    .map((base) => ({ family, base })),
);

export function twinOf(toy: Toy, ends: readonly (readonly [number, number])[]): Twin {
  const flags = new Array<boolean>(TOY_SIZE).fill(false);
  for (const [from, to] of ends) {
    flags.fill(true, from, to + 1);
  }
  const intervals = ends.map(([from, to]) => ({
    first: toy.base + BigInt(from),
    last: toy.base + BigInt(to),
  }));
  return { set: CidrSet.ofIntervals(toy.family, intervals), flags };
}

/** Ends near each other and near the window's edges, so that intervals touch and overlap often. */
const endArb = fc.oneof(
  fc.integer({ min: 0, max: TOY_SIZE - 1 }),
  fc.integer({ min: 0, max: 9 }),
  fc.integer({ min: TOY_SIZE - 10, max: TOY_SIZE - 1 }),
);

const endsArb = fc.array(
  fc.tuple(endArb, endArb).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  { maxLength: 6 },
);

export function twinArb(toy: Toy): fc.Arbitrary<Twin> {
  return endsArb.map((ends) => twinOf(toy, ends));
}

/** Is each address of the window in the set exactly when its flag is up? */
export function flagsOf(toy: Toy, set: CidrSet): readonly boolean[] {
  return Array.from({ length: TOY_SIZE }, (_, index) => set.has(toy.base + BigInt(index)));
}

/** Blocks from canonical text. */
export function cidrs(...texts: readonly string[]): readonly Cidr[] {
  return texts.map((text) => {
    const parsed = parseCidr(text);
    if (!parsed.ok) {
      throw new Error(`${text} ${parsed.problem}`);
    }
    return parsed.value;
  });
}

/** A set from canonical text. */
export function set(family: Family, ...texts: readonly string[]): CidrSet {
  return CidrSet.of(family, cidrs(...texts));
}
