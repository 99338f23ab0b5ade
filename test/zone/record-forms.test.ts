import type { TerraformStack } from "cdktf";
import {
  CloudflarePlan,
  FilteredElsewhere,
  type FilteredElsewhereProps,
  ProxiedRecord,
  type ProxiedRecordProps,
  Zone,
  type ZoneProps,
} from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { type Block, errorOf, ofType, only, synthStack } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";
const paid = { plan: CloudflarePlan.PRO };

function build(
  stack: TerraformStack,
  props: Partial<ProxiedRecordProps>,
  zoneProps: Partial<ZoneProps> = {},
): void {
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, ...zoneProps });
  const origins = props.origins ?? [new LiteralOrigin(stack, "Origin", "198.51.100.7")];
  new ProxiedRecord(stack, "Www", { zone, name: "www", ...props, origins });
}

function record(props: Partial<ProxiedRecordProps>, zone?: Partial<ZoneProps>): Block {
  return only(
    synthStack((stack) => build(stack, props, zone)),
    "cloudflare_dns_record",
  );
}

function recordTo(given: Omit<FilteredElsewhereProps, "reason">, name = "www"): readonly Block[] {
  const resources = synthStack((stack) => {
    const origin = new FilteredElsewhere(stack, "Lb", { reason: "test", ...given });
    build(stack, { origins: [origin], name });
  });
  return ofType(resources, "cloudflare_dns_record");
}

describe("a record to a name", () => {
  it.each(["@", "www", "*"])("is a CNAME, flattened by Cloudflare (%s)", (name) => {
    const [block, ...more] = recordTo({ hostname: "lb.example.net" }, name);
    expect(more).toEqual([]);
    expect(block).toMatchObject({
      type: "CNAME",
      content: "lb.example.net",
      proxied: true,
      ttl: 1,
    });
  });

  it("stands alone", () => {
    const error = errorOf(() =>
      synthStack((stack) => {
        const named = new FilteredElsewhere(stack, "Lb", {
          hostname: "lb.example.net",
          reason: "test",
        });
        build(stack, { origins: [named, new LiteralOrigin(stack, "Ip", "198.51.100.8")] });
      }),
    );
    expect(error).toMatchObject({
      code: "cname-beside-others",
      message:
        "[shop/Www] 'origins' has 2 addresses, one of them a DNS name, and DNS takes no other " +
        "record beside a CNAME; give that origin alone, or use origins with IP addresses",
    });
  });

  it("does not lead to itself", () => {
    expect(errorOf(() => recordTo({ hostname: "www.example.com" }))).toMatchObject({
      code: "points-to-itself",
      message:
        "[shop/Www] 'origins' has www.example.com, the record's own name; " +
        "give the origin's own name",
    });
  });
});

describe("a record to IPv6 alone", () => {
  it("is one AAAA record", () => {
    const [block, ...more] = recordTo({ ipv6: "2001:db8::7" });
    expect(more).toEqual([]);
    expect(block).toMatchObject({ type: "AAAA", content: "2001:db8::7" });
  });
});

describe("tags", () => {
  it("are written sorted, whatever the order", () => {
    const written = ["owner:shop", "stage:live"];
    expect(record({ tags: { owner: "shop", stage: "live" } }, paid).tags).toEqual(written);
    expect(record({ tags: { stage: "live", owner: "shop" } }, paid).tags).toEqual(written);
    expect(record({ tags: {} })).not.toHaveProperty("tags");
  });

  it("are escaped", () => {
    expect(record({ tags: { cost: "${5}" } }, paid).tags).toEqual(["cost:$${5}"]);
  });

  it("are refused on Free", () => {
    expect(errorOf(() => record({ tags: { owner: "shop" } }))).toMatchObject({
      code: "tags-not-in-plan",
      message:
        "[shop/Www] 'tags' has 1, and the plan free has none; " +
        "leave 'tags' out, or use a zone whose 'plan' is pro",
    });
  });

  it("are refused beyond 20", () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, "x"]));
    expect(record({ tags: many(20) }, paid).tags).toHaveLength(20);
    expect(errorOf(() => record({ tags: many(21) }, paid))).toMatchObject({
      code: "too-many-tags",
      message: "[shop/Www] 'tags' has 21, and a record takes 20; remove 1",
    });
  });

  it.each([{ "own er": "shop" }, { owner: "" }, { owner: "x".repeat(101) }, { "": "x" }])(
    "are refused as %j",
    (tags) => {
      expect(errorOf(() => record({ tags }, paid))).toMatchObject({ code: "invalid-tag" });
    },
  );
});

describe("settings of a zone", () => {
  it("are written as asked, and left alone unless asked", () => {
    const values = (props: Partial<ZoneProps>) =>
      Object.fromEntries(
        ofType(
          synthStack((stack) => build(stack, {}, props)),
          "cloudflare_zone_setting",
        ).map(({ setting_id, value }) => [setting_id, value]),
      );
    expect(values({ alwaysOnline: true, tlsClientAuth: false })).toMatchObject({
      always_online: "on",
      tls_client_auth: "off",
    });
    expect(Object.keys(values({})).sort()).toEqual(["always_use_https", "min_tls_version", "ssl"]);
  });
});
