import { Members } from "../../../lib/prove/rollout/order-members";

const SIZE = 1000;

const of = (numbers: readonly number[]): Members => {
  const made = new Members(SIZE);
  for (const each of numbers) made.add(each);
  return made;
};

const listed = (members: Members): readonly number[] =>
  Array.from({ length: SIZE }, (_, at) => at).filter((at) => members.has(at));

const FEW = [0, 31, 32, 33, 999];
/** More than are kept one by one. */
const MANY = Array.from({ length: 300 }, (_, at) => at * 3 + 1);
const BOTH = [...new Set([...FEW, ...MANY])].sort((a, b) => a - b);

describe("a set of numbers below a size", () => {
  it.each([
    ["few", FEW],
    ["many", MANY],
    ["as many as are kept one by one", MANY.slice(0, 256)],
    ["one more", MANY.slice(0, 257)],
  ])("holds what was added: %s", (_, numbers) => {
    expect(listed(of(numbers))).toEqual(numbers);
  });

  it.each([
    ["few to few", FEW, [5, 31], [0, 5, 31, 32, 33, 999]],
    ["few to many", MANY, FEW, BOTH],
    ["many to few", FEW, MANY, BOTH],
    ["many to many", MANY, [...MANY, ...FEW], BOTH],
  ])("takes all of another: %s", (_, own, others, all) => {
    const members = of(own);
    const given = of(others);
    members.addAll(given);
    expect(listed(members)).toEqual(all);
    expect(listed(given)).toEqual([...new Set(others)].sort((a, b) => a - b));
  });

  it("takes more after it was made large", () => {
    const members = of(MANY);
    members.add(0);
    members.add(1);
    expect([members.has(0), members.has(1), members.has(2)]).toEqual([true, true, false]);
  });

  it("grows large by others that are small", () => {
    const members = of(MANY.slice(0, 200));
    members.addAll(of(MANY.slice(150)));
    expect(listed(members)).toEqual(MANY);
  });
});
