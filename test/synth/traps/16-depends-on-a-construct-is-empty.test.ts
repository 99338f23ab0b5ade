import { ofType, synthStack } from "../../support/synth";
import { fullSite } from "./full-site";

it("names resources that exist in every depends_on of a record, and never none", () => {
  const resources = synthStack((stack) => {
    fullSite(stack);
  });
  const records = ofType(resources, "cloudflare_dns_record");
  expect(records).toHaveLength(5);
  for (const { depends_on: named } of records) {
    expect((named as string[]).length).toBeGreaterThan(0);
    expect((named as string[]).filter((address) => resources[address] === undefined)).toEqual([]);
  }
});
