import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { edgeRanges } from "../../lib/edge/ranges";
import type { Path } from "../../lib/model/path";
import type { Family } from "../../lib/net/cidr";
import { lastAddressOf } from "../../lib/net/cidr";
import type { CidrSet } from "../../lib/net/cidr-set";
import { globallyReachable } from "../../lib/net/special-purpose";
import { decideRoute } from "../../lib/prove/decide";
import { type PathWhy, whyPath } from "../../lib/prove/why";
import { parseInput } from "../../lib/read/parse-input";
import { readTopology } from "../../lib/read/topology";
import { NO_CONFIG } from "../../lib/rules/config";
import { readOptions } from "../../lib/rules/review";

const FIXTURES = join(__dirname, "../rules");
const files = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".tf.json"))
  .sort();
const options = readOptions(edgeRanges(), [], NO_CONFIG);

/** Both sides of every boundary of the edge and of what the hops of a path admit. */
function pointsOf({ route, flow }: Path): readonly bigint[] {
  const { family } = flow;
  const sets = route.hops.flatMap(({ bounds, entry = bounds }) => [
    bounds.must,
    bounds.may,
    entry.must,
    entry.may,
  ]);
  const ends = [edgeRanges().set(family), ...sets].flatMap(({ intervals }) =>
    intervals.flatMap(({ first, last }) => [first - 1n, first, last, last + 1n]),
  );
  const inside = ends.filter((each) => each >= 0n && each <= lastAddressOf(family));
  return [...new Set(inside)];
}

function pathsIn(file: string): readonly Path[] {
  const input = parseInput(readFileSync(join(FIXTURES, file), "utf8"), file);
  return readTopology([input], options).paths;
}

interface Asked {
  readonly why: PathWhy;
  readonly address: bigint;
  readonly isEdge: boolean;
}

function asked(path: Path): readonly Asked[] {
  return pointsOf(path).map((address) => {
    const isEdge = edgeRanges().set(path.flow.family).has(address);
    return { why: whyPath(path, { address, isEdge }), address, isEdge };
  });
}

const gets = ({ why }: Asked) => why.fate === "admitted" || why.fate === "partly";

/** Addresses for which the two disagree. */
function disagreements(path: Path): readonly string[] {
  const { family } = path.flow;
  const edge = edgeRanges().set(family);
  const { availability, exclusivity } = decideRoute(path.route, { family, edge, allowed: edge });
  const all = asked(path);
  return [
    ...all.filter((one) => one.isEdge && !agrees(one, availability.missing, availability.verdict)),
    ...all.filter((one) => isStranger(one, family) && !shutsOut(one, exclusivity)),
  ].map(({ why, address }) => `${address}: ${why.fate}`);
}

function agrees({ why, address }: Asked, missing: CidrSet | undefined, verdict: string): boolean {
  const lost = why.fate === "stopped" || why.fate === "partly";
  return verdict === "proved" ? why.fate === "admitted" : lost === (missing?.has(address) ?? false);
}

function isStranger({ address, isEdge }: Asked, family: Family): boolean {
  return !isEdge && globallyReachable(family).has(address);
}

function shutsOut(
  one: Asked,
  { verdict, others }: ReturnType<typeof decideRoute>["exclusivity"],
): boolean {
  return verdict === "proved"
    ? one.why.fate === "stopped"
    : gets(one) === (others?.has(one.address) ?? false);
}

describe.each(files)("%s", (file) => {
  const paths = pathsIn(file).filter(({ reasons }) => reasons.length === 0);

  it("says of every address what the review says of all of them", () => {
    expect(paths.flatMap(disagreements)).toEqual([]);
  });

  it("names rules that fit what the hop does", () => {
    const all = paths.flatMap(asked).flatMap(({ why }) => why.hops);
    const wrong = all.filter(({ fate, deciders }) => {
      const allow = deciders.some(({ effect }) => effect === "allow");
      const surely = deciders.length === 1 && deciders[0]?.sure === true;
      const denied = surely && deciders[0]?.effect === "deny";
      return (fate === "stopped" && surely && allow) || (fate === "admitted" && denied);
    });
    expect(wrong.map(({ hop, fate }) => [hop.name, fate])).toEqual([]);
  });
});

test("there are fixtures of every kind", () => {
  expect(files.length).toBeGreaterThan(80);
});
