import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import { FilteredElsewhere, type FilteredElsewhereProps, ProxiedRecord, Zone } from "originproof";
import { parseSidecar } from "../../lib/read/sidecar";
import { errorOf, readStackFile, synthApp, synthStack } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";
const reason = "the data centre's firewall";

function addressesOf(given: Partial<FilteredElsewhereProps>) {
  let found: unknown;
  synthStack((stack) => {
    const origin = new FilteredElsewhere(stack, "Origin", { reason, ...given });
    expect([origin.firewalls, origin.dependencies]).toEqual([[], []]);
    found = origin.addresses;
  });
  return found;
}

function refusal(given: Partial<FilteredElsewhereProps>) {
  return errorOf(() => addressesOf(given));
}

describe("FilteredElsewhere", () => {
  it("is an origin with addresses of either family, or a name", () => {
    const [ipv4, ipv6, hostname] = ["198.51.100.7", "2001:db8::7", "lb.example.net"];
    expect(addressesOf({ ipv4, ipv6 })).toEqual([
      { type: "A", content: ipv4 },
      { type: "AAAA", content: ipv6 },
    ]);
    expect(addressesOf({ hostname })).toEqual([{ type: "CNAME", hostname }]);
  });

  it("is in the sidecar and in the report, with its reason, and leaves its path undetermined", () => {
    const synthesized = synthApp((app) => {
      const stack = new TerraformStack(app, "shop");
      new CloudflareProvider(stack, "Cloudflare");
      const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
      const ipv4 = new TerraformVariable(stack, "ip", { type: "string" }).stringValue;
      const token = new FilteredElsewhere(stack, "Token", { ipv4, reason: "by hand" });
      const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "8.8.8.8", reason });
      new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin, token] });
    });
    expect(synthesized.error).toBeUndefined();
    expect(synthesized.stderr).toContain("1 hostname: 0 proved, 0 refuted, 1 undetermined");
    expect(synthesized.stderr).toContain(
      "weakened  8.8.8.8 is filtered elsewhere (shop/Origin): the data centre's\n" +
        "          firewall",
    );
    const text = JSON.stringify(readStackFile(synthesized, "shop", "originproof.json"));
    const source = { file: "test/origin/filtered-elsewhere.test.ts", line: expect.any(Number) };
    const shared = { kind: "filtered-elsewhere", source, expires: null };
    expect(parseSidecar(text, "originproof.json").weakened).toEqual([
      {
        ...shared,
        constructPath: "shop/Token",
        addresses: ["(known after apply)"],
        reason: "by hand",
      },
      { ...shared, constructPath: "shop/Origin", addresses: ["8.8.8.8"], reason },
    ]);
  });

  it.each<[Partial<FilteredElsewhereProps>, string, string]>([
    [
      {},
      "no-address",
      "'ipv4', 'ipv6' and 'hostname' are all missing; give where the edge is to connect to",
    ],
    [
      { ipv4: "198.51.100.7", hostname: "lb.example.net" },
      "two-addresses",
      "'hostname' stands beside an IP address, and DNS takes no other record beside a CNAME; " +
        "remove one of the two",
    ],
    [
      { ipv4: "198.51.100.7", reason: " " },
      "reason-missing",
      "'reason' is \" \"; say in a few words why, since every report shows it",
    ],
    [
      { ipv4: "198.51.100.7", expires: "2027-02-30" },
      "invalid-expiry",
      '\'expires\' is "2027-02-30"; give a day such as "2027-01-31"',
    ],
    [
      { ipv4: "2001:db8::7" },
      "unusable-origin-address",
      "'ipv4' has \"2001:db8::7\", which is IPv6 in an A record; use type AAAA",
    ],
    [
      { hostname: "198.51.100.7" },
      "unusable-origin-address",
      "'hostname' has \"198.51.100.7\", which is an IP address in a CNAME record; use type A or AAAA",
    ],
    [
      { hostname: "localhost" },
      "unusable-origin-address",
      '\'hostname\' has "localhost", which is no full name; give one such as "lb.example.net"',
    ],
    [
      { hostname: "shop.onmicrosoft.com" },
      "unusable-origin-address",
      "'hostname' has \"shop.onmicrosoft.com\", which Cloudflare does not proxy to; " +
        "use the name of a web server",
    ],
    [
      { hostname: "lb.example.net." },
      "invalid-hostname",
      '\'hostname\' is "lb.example.net.", which ends in a dot; write "lb.example.net"',
    ],
  ])("refuses %j", (given, code, text) => {
    expect(refusal(given)).toMatchObject({ code, message: `[shop/Origin] ${text}` });
  });
});
