import { EdgeRanges, FilteredElsewhere, HealthCheck, ProxiedRecord, Zone } from "originproof";
import { errorOf, synthStack } from "../../support/synth";
import { accountId, listToken } from "./full-site";

it("refuses a list that Terraform decides wherever each item is looked at", () => {
  expect(errorOf(() => EdgeRanges.of(listToken()))).toMatchObject({ code: "token-for-literal" });
  synthStack((stack) => {
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId, maxHealthChecks: 9 });
    const origin = new FilteredElsewhere(stack, "A", { ipv4: "198.51.100.7", reason: "test" });
    const hostname = "www.example.com";
    const codes = () =>
      new HealthCheck(stack, "Check", { zone, origin, hostname, expectedCodes: listToken() });
    expect(errorOf(codes)).toMatchObject({ code: "token-for-literal" });
    const visitorPorts = listToken() as never;
    const ports = () =>
      new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin], visitorPorts });
    expect(errorOf(ports)).toMatchObject({ code: "token-for-literal" });
  });
});
