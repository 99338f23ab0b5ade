import { synthStack } from "../../support/synth";
import { fullSite, valuesIn } from "./full-site";

it("writes no expression with a missing operand or a reference turned into text", () => {
  const resources = synthStack((stack) => {
    fullSite(stack);
  });
  const texts = valuesIn(resources).filter((value) => typeof value === "string");
  const expressions = texts.filter((text) => /^\$\{.*\}$/.test(text));
  expect(expressions).toContain("${sha256(var.secret)}");
  expect(expressions.filter((text) => /undefined|"\$\$\{|TfToken/.test(text))).toEqual([]);
});
