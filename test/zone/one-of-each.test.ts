import { type App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  EdgeService,
  FilteredElsewhere,
  type FilteredElsewhereProps,
  type IZone,
  OriginlessRecord,
  ProxiedRecord,
  Zone,
} from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { errorOf } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";
const otherAccount = "fedcba9876543210fedcba9876543210";
const zoneId = "023e105f4ecef8ad9ca31a8372d0c353";
const zoneName = "example.com";
const { REDIRECT, WORKER } = EdgeService;

interface Two {
  readonly shop: TerraformStack;
  readonly blog: TerraformStack;
}

function two(): Two {
  const app: App = Testing.app();
  return { shop: new TerraformStack(app, "shop"), blog: new TerraformStack(app, "blog") };
}

function zoneIn(stack: TerraformStack, id = "Zone", account = accountId): Zone {
  return new Zone(stack, id, { name: zoneName, accountId: account });
}

type To = Partial<Omit<FilteredElsewhereProps, "reason">>;

function recordIn(stack: Construct, id: string, zone: IZone, to: To, name = "www"): ProxiedRecord {
  const origin = new FilteredElsewhere(stack, `${id}Origin`, { ...to, reason: "test" });
  return new ProxiedRecord(stack, id, { zone, name, origins: [origin] });
}

describe("one record made twice", () => {
  it("is refused, naming both constructs, in one stack", () => {
    const { shop } = two();
    const zone = zoneIn(shop);
    recordIn(shop, "One", zone, { ipv4: "198.51.100.7" });
    const again = () => recordIn(shop, "Two", zone, { ipv4: "198.51.100.7" }, "www.example.com");
    expect(errorOf(again)).toMatchObject({
      code: "duplicate-record",
      message:
        "[shop/Two] 'origins' has shop/TwoOrigin, whose A record of www.example.com shop/One " +
        "makes already; remove one of the two",
    });
  });

  it.each<[string, (stacks: Two) => readonly IZone[]]>([
    [
      "the same construct",
      ({ shop }) => {
        const zone = zoneIn(shop);
        return [zone, zone];
      },
    ],
    [
      "the same literal id",
      ({ shop, blog }) =>
        [shop, blog].map((stack) => Zone.fromZoneId(stack, "Zone", { zoneId, zoneName })),
    ],
    [
      "a zone and the id that it has",
      ({ shop, blog }) => {
        const zone = zoneIn(shop);
        return [zone, Zone.fromZoneId(blog, "Zone", { zoneId: zone.zoneId, zoneName })];
      },
    ],
    [
      "the same name in the same account",
      ({ shop, blog }) => [zoneIn(shop), Zone.fromZoneName(blog, "Zone", { zoneName, accountId })],
    ],
  ])("is refused across stacks where the zone is %s", (_, zonesOf) => {
    const stacks = two();
    const [first, second] = zonesOf(stacks) as [IZone, IZone];
    recordIn(stacks.shop, "Www", first, { ipv6: "2001:db8::7" });
    const again = () => recordIn(stacks.blog, "Www", second, { ipv6: "2001:db8:0::0007" });
    expect(errorOf(again)).toMatchObject({
      code: "duplicate-record",
      message: expect.stringContaining("[blog/Www] 'origins' has blog/WwwOrigin, whose AAAA"),
    });
  });

  it("is refused through the zone that the app makes and an import of it, whichever is first", () => {
    const imports: readonly ((stack: TerraformStack) => IZone)[] = [
      (stack) => Zone.fromZoneName(stack, "Import", { zoneName }),
      (stack) => Zone.fromZoneName(stack, "Import", { zoneName, accountId }),
      (stack) => Zone.fromZoneId(stack, "Import", { zoneName, zoneId }),
    ];
    for (const make of imports) {
      const { shop, blog } = two();
      const zones = [zoneIn(shop), make(blog)] as const;
      for (const [name, [one, other]] of [zones, [...zones].reverse()].entries()) {
        const [id, hostname] = [`Www${name}`, `www${name}`];
        recordIn(shop, id, one as IZone, { ipv4: "198.51.100.7" }, hostname);
        expect(
          errorOf(() => recordIn(blog, id, other as IZone, { ipv4: "198.51.100.7" }, hostname)),
        ).toMatchObject({ code: "duplicate-record" });
      }
    }
  });

  it("is refused where the address is known after apply, and the origin is the same", () => {
    const { shop } = two();
    const zone = zoneIn(shop);
    const ipv4 = new TerraformVariable(shop, "ip", { type: "string" }).stringValue;
    const origins = [new FilteredElsewhere(shop, "Origin", { ipv4, reason: "test" })];
    new ProxiedRecord(shop, "One", { zone, name: "www", origins });
    const again = () => new ProxiedRecord(shop, "Two", { zone, name: "www", origins });
    expect(errorOf(again)).toMatchObject({ code: "duplicate-record" });
  });

  it("is refused for two origins of one address in one list", () => {
    const { shop } = two();
    const origins = ["A", "B"].map((id) => new LiteralOrigin(shop, id, "198.51.100.7"));
    const zone = zoneIn(shop);
    const make = () => new ProxiedRecord(shop, "Www", { zone, name: "www", origins });
    expect(errorOf(make)).toMatchObject({ code: "duplicate-record" });
  });

  it("is refused for two of one service", () => {
    const { shop, blog } = two();
    const zone = zoneIn(shop);
    new OriginlessRecord(shop, "Go", { zone, name: "go", servedBy: WORKER });
    const again = () => new OriginlessRecord(blog, "Go", { zone, name: "go", servedBy: WORKER });
    expect(errorOf(again)).toMatchObject({
      code: "duplicate-record",
      message:
        "[blog/Go] 'servedBy' is worker, a record of go.example.com that shop/Go makes already; " +
        "remove one of the two",
    });
  });
});

describe("records of one name that don't go together", () => {
  it.each<[To, To]>([
    [{ hostname: "lb.example.net" }, { ipv4: "198.51.100.7" }],
    [{ ipv4: "198.51.100.7" }, { hostname: "lb.example.net" }],
    [{ hostname: "lb.example.net" }, { hostname: "lb.example.org" }],
  ])("are refused: %j and %j", (one, other) => {
    const { shop, blog } = two();
    const zone = zoneIn(shop);
    recordIn(shop, "One", zone, one);
    expect(errorOf(() => recordIn(blog, "Two", zone, other))).toMatchObject({
      code: "cname-beside-others",
      message:
        "[blog/Two] 'origins' has blog/TwoOrigin, but shop/One makes a record of www.example.com " +
        "too, and DNS takes no other record beside a CNAME; remove one of the two",
    });
  });

  it("are refused where one has an origin and the other none, whichever is first", () => {
    const { shop, blog } = two();
    const zone = zoneIn(shop);
    const originless = (name: string) =>
      new OriginlessRecord(shop, `Go-${name}`, { zone, name, servedBy: REDIRECT });
    originless("go");
    const record = () => recordIn(blog, "Web", zone, { ipv4: "198.51.100.7" }, "go");
    expect(errorOf(record)).toMatchObject({
      code: "originless-beside-origins",
      message:
        "[blog/Web] 'origins' has blog/WebOrigin, but shop/Go-go has go.example.com served at " +
        "the edge, on an address that no host has; remove one of the two",
    });
    recordIn(blog, "Www", zone, { ipv4: "198.51.100.7" });
    expect(errorOf(() => originless("www"))).toMatchObject({
      code: "originless-beside-origins",
      message:
        "[shop/Go-www] 'name' is www.example.com, which blog/Www leads to origins; an origin's " +
        "address and one that no host has don't mix; remove one of the two",
    });
  });
});

describe("records that go together", () => {
  it("are several addresses of a name, a wildcard beside a name, and both services", () => {
    const { shop, blog } = two();
    const zone = zoneIn(shop);
    recordIn(shop, "A", zone, { ipv4: "198.51.100.7" });
    recordIn(blog, "B", zone, { ipv4: "198.51.100.8" });
    recordIn(blog, "C", zone, { ipv6: "2001:db8::7" });
    recordIn(shop, "Any", zone, { ipv4: "198.51.100.7" }, "*");
    recordIn(shop, "Apex", zone, { hostname: "lb.example.net" }, "@");
    new OriginlessRecord(shop, "Go", { zone, name: "go", servedBy: REDIRECT });
    new OriginlessRecord(shop, "Worker", { zone, name: "go", servedBy: WORKER });
    expect(shop.node.children.length).toBeGreaterThan(0);
  });

  it("are those of zones that are two, or may be", () => {
    const { shop, blog } = two();
    const inAccount = zoneIn(shop);
    const inOther = zoneIn(blog, "Zone", otherAccount);
    const unknown = Zone.fromZoneName(blog, "Unknown", { zoneName });
    for (const [index, zone] of [inAccount, inOther, unknown].entries()) {
      recordIn(blog, `Www${index}`, zone, { hostname: "lb.example.net" });
    }
    expect(blog.node.children.length).toBeGreaterThan(0);
  });

  it("are one that was taken out of the tree and one in its place", () => {
    const { shop } = two();
    const zone = zoneIn(shop);
    const around = new Construct(shop, "Around");
    recordIn(around, "Www", zone, { ipv4: "198.51.100.7" });
    shop.node.tryRemoveChild("Around");
    expect(recordIn(shop, "Www", zone, { ipv4: "198.51.100.7" }).hostname).toBe("www.example.com");
  });
});

describe("two zones of one name", () => {
  it("are refused in one account, naming both constructs, across stacks", () => {
    const { shop, blog } = two();
    zoneIn(shop);
    expect(errorOf(() => zoneIn(blog))).toMatchObject({
      code: "duplicate-zone",
      message:
        "[blog/Zone] 'name' is example.com, a zone that shop/Zone makes in the same account; " +
        "hand that one on, or import it with Zone.fromZoneName in another stack",
    });
  });

  it("are refused where the account is the same token, and not where it may be another", () => {
    const { shop, blog } = two();
    const account = new TerraformVariable(shop, "account", { type: "string" }).stringValue;
    zoneIn(shop, "One", account);
    expect(errorOf(() => zoneIn(shop, "Two", account))).toMatchObject({ code: "duplicate-zone" });
    zoneIn(shop, "Three", "${var.third}");
    expect(errorOf(() => zoneIn(shop, "Four", "${var.third}"))).toMatchObject({
      code: "duplicate-zone",
    });
    expect(zoneIn(blog, "Three", "${var.third}").zoneName).toBe(zoneName);
  });

  it("are allowed in two accounts, and an import beside the zone that the app makes", () => {
    const { shop, blog } = two();
    zoneIn(shop);
    zoneIn(shop, "Other", otherAccount);
    expect(Zone.fromZoneName(blog, "Zone", { zoneName, accountId }).zoneName).toBe(zoneName);
  });
});
