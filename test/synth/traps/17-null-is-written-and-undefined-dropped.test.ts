import { synthStack } from "../../support/synth";
import { fullSite, valuesIn } from "./full-site";

it("writes no null, and no empty object where a value was meant", () => {
  const resources = synthStack((stack) => {
    fullSite(stack);
  });
  expect(valuesIn(resources)).not.toContain(null);
  expect(JSON.stringify(resources)).not.toContain("{}");
});
