import { Token } from "cdktf";
import { synthStack } from "../../support/synth";
import { accountId, fullSite } from "./full-site";

it("keeps what was given as a literal in the attributes of constructs", () => {
  synthStack((stack) => {
    const { zone, record } = fullSite(stack);
    const literals = [zone.zoneName, zone.accountId, record.hostname];
    expect(literals).toEqual(["example.com", accountId, "www.example.com"]);
    expect(Token.isUnresolved(zone.zoneId)).toBe(true);
  });
});
