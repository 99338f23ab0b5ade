import { outcomeOf } from "../corpus/check";
import { entryNames, readEntry } from "../corpus/files";

/** The corpus, a test for each plan: which of them reach a mutant is so known. */
test.each(entryNames())("the review of %s is as labelled", (name) => {
  const { missed, falseAlarms, different } = outcomeOf(readEntry(name));
  expect([...missed, ...falseAlarms, ...different]).toEqual([]);
});
