import { TerraformVariable } from "cdktf";
import { Duration, Listener, Zone } from "originproof";
import { errorOf, synthStack } from "../../support/synth";
import { accountId } from "./full-site";

it("refuses a number that Terraform decides wherever it is reckoned with", () => {
  synthStack((stack) => {
    const number = new TerraformVariable(stack, "n", { type: "number" }).numberValue;
    const refusals = [
      () => Listener.of("https", number),
      () => Duration.seconds(number),
      () => new Zone(stack, "Zone", { name: "example.com", accountId, maxHealthChecks: number }),
    ].map(errorOf);
    expect(refusals.map((error) => (error as { code?: string }).code)).toEqual([
      "token-for-literal",
      "token-for-literal",
      "token-for-literal",
    ]);
  });
});
