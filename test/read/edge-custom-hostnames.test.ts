import { type PlannedResource, reviewPlan, type Written } from "../support/plan";
import { record, site } from "../support/site";

const ZONE = { zone_id: ["cloudflare_zone.main.id"] };

const custom = (values: Written = {}, refs: PlannedResource["refs"] = {}): PlannedResource => ({
  address: "cloudflare_custom_hostname.shop",
  values: { hostname: "shop.example.net", ...values },
  refs: { ...ZONE, ...refs },
});

const fallback = (parts: Partial<PlannedResource> = {}): PlannedResource => ({
  address: "cloudflare_custom_hostname_fallback_origin.main",
  values: { origin: "www.example.com" },
  refs: ZONE,
  ...parts,
});

function lines(...more: readonly PlannedResource[]): string[] {
  const found = reviewPlan([...site(), ...more]).paths;
  return found
    .filter((path) => path.record === "cloudflare_custom_hostname.shop")
    .map(({ hostname, family, origin, availability }) => {
      const where = origin.resource ?? origin.address ?? "?";
      return `${hostname} ${where} ${family} ${origin.port} ${availability.verdict}`;
    })
    .sort();
}

const PROVED = ["shop.example.net aws_eip.web 4 443 proved"];
const open = (name: string) =>
  [4, 6].map((family) => `shop.example.net ${name} ${family} 443 undetermined`);
const NONE = "(the fallback origin of example.com)";

describe("custom hostnames", () => {
  it("lead to the fallback origin of their zone, by value and by reference", () => {
    expect(lines(custom(), fallback())).toEqual(PROVED);
    const referred = fallback({
      values: {},
      refs: { ...ZONE, origin: ["cloudflare_dns_record.www.name"] },
    });
    expect(lines(custom(), referred)).toEqual(PROVED);
  });

  it("lead to an origin server of their own where they have one", () => {
    const own = { custom_origin_server: "www.example.com" };
    expect(lines(custom(own), fallback({ values: { origin: "x.example.com" } }))).toEqual(PROVED);
  });

  it.each<[string, readonly PlannedResource[], string]>([
    ["there is no fallback origin", [], NONE],
    ["there are two", [fallback(), fallback({ address: `${fallback().address}2` })], NONE],
    ["it is another zone's", [fallback({ refs: { zone_id: ["cloudflare_zone.other.id"] } })], NONE],
    [
      "its name is none of the input",
      [fallback({ values: { origin: "x.example.com" } })],
      "x.example.com",
    ],
  ])("are undetermined where %s", (_, more, name) => {
    const other = { address: "cloudflare_zone.other", values: { name: "example.org" } };
    expect(lines(custom(), other, ...more)).toEqual(open(name));
  });

  it("that Workers serve have no path", () => {
    const marker = {
      ...record({ values: { name: "none.example.com", type: "AAAA", content: "100::" } }),
      address: "cloudflare_dns_record.none",
    };
    const found = lines(custom(), marker, fallback({ values: { origin: "none.example.com" } }));
    expect(found).toEqual([]);
  });
});
