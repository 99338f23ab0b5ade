import { synthStack } from "../../support/synth";
import { fullSite, valuesIn } from "./full-site";

it("escapes every text that a user gives", () => {
  const resources = synthStack((stack) => {
    fullSite(stack);
  });
  const texts = valuesIn(resources).filter((value) => typeof value === "string");
  const given = texts.filter((text) => /\$\{[5x]\}|%\{(off|y)\}/.test(text));
  expect(given.length).toBeGreaterThanOrEqual(10);
  expect(given.filter((text) => /(?<!\$)\$\{[5x]|(?<!%)%\{/.test(text))).toEqual([]);
});
