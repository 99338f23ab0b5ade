import { TerraformStack, Testing } from "cdktf";
import { schemaProblems } from "../../support/cloudflare-schema";
import { fullSite } from "./full-site";

it("writes every name as the provider's schema has it", () => {
  const stack = new TerraformStack(Testing.app(), "shop");
  fullSite(stack);
  expect(schemaProblems(JSON.parse(Testing.synth(stack)))).toEqual([]);
});

it("finds what the provider would refuse", () => {
  const block = {
    zoneId: "x",
    zone_id: "x",
    name: "a",
    type: "A",
    proxied: "yes",
    id: "1",
    settings: { ipv4Only: true },
  };
  const json = { resource: { cloudflare_dns_record: { a: block }, cloudflare_dns: { b: {} } } };
  expect(schemaProblems(json)).toEqual([
    "cloudflare_dns_record.a.ttl is missing",
    "cloudflare_dns_record.a.zoneId is no attribute",
    'cloudflare_dns_record.a.proxied is no "bool"',
    "cloudflare_dns_record.a.id is computed and can't be set",
    "cloudflare_dns_record.a.settings.ipv4Only is no attribute",
    "cloudflare_dns is no type of the provider",
  ]);
});
