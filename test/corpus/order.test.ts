import { entryNames, readEntry } from "./files";
import { wrongOrder } from "./order";

const small = entryNames()
  .map(readEntry)
  .filter(({ plan }) => plan.length < 1_000_000);

test("the order of each plan is the closure of terraform graph -plan", () => {
  expect(small.flatMap(wrongOrder)).toEqual([]);
});
