import type { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflarePlan, FilteredElsewhere, ProxiedRecord, Zone } from "originproof";
import { only, synthStack } from "../../support/synth";
import { accountId } from "./full-site";

it("appends to a list that is there, so a list of ours can be added to and not replaced", () => {
  const resources = synthStack((stack) => {
    const plan = CloudflarePlan.PRO;
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
    const origin = new FilteredElsewhere(stack, "A", { ipv4: "198.51.100.7", reason: "test" });
    const tags = { owner: "shop" };
    const www = new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin], tags });
    (www.node.children[0] as DnsRecord).addOverride("tags", ["stage:live"]);
  });
  expect(only(resources, "cloudflare_dns_record").tags).toEqual(["owner:shop", "stage:live"]);
});
