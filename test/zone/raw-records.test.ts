import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import { FilteredElsewhere, ProxiedRecord, Zone } from "originproof";
import { synthApp } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";

function errorWith(more: object): string {
  const { error } = synthApp((app) => {
    const stack = new TerraformStack(app, "shop");
    new CloudflareProvider(stack, "Cloudflare");
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
    const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "8.8.8.8", reason: "test" });
    new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
    const own = { zoneId: zone.zoneId, name: "www.example.com", type: "A", content: "8.8.8.8" };
    new DnsRecord(stack, "Raw", { ttl: 1, proxied: true, ...own, ...more });
  });
  return error?.message ?? "";
}

describe("a record of the app's own beside one of the library's", () => {
  it("is refused where it is the same", () => {
    const message =
      "[shop] shop/Raw is the record that shop/Www makes, and Cloudflare takes it once; " +
      "remove one of the two";
    expect(errorWith({})).toContain(message);
    expect(errorWith({ name: "WWW.example.com" })).toContain(message);
  });

  it("is left alone where anything differs, or it is repeated", () => {
    for (const more of [
      { name: "api.example.com" },
      { content: "8.8.4.4" },
      { type: "AAAA", content: "2001:4860:4860::8888" },
      { zoneId: "023e105f4ecef8ad9ca31a8372d0c353" },
      { count: 1 },
    ]) {
      expect(errorWith(more)).not.toContain("shop/Raw is the record");
    }
  });
});
