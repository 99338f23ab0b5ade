import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { CloudflarePlan, type IOrigin, ProxiedRecord, ProxiedSite, Zone } from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { errorOf, ofType, resourcesOf } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";

interface Site {
  readonly stack: TerraformStack;
  readonly zone: Zone;
}

function site(app = Testing.app()): Site {
  const stack = new TerraformStack(app, "shop");
  const plan = CloudflarePlan.PRO;
  return { stack, zone: new Zone(stack, "Zone", { name: "example.com", accountId, plan }) };
}

/** An origin at a path below a scope. */
function originAt(scope: Construct, path: string, ip: string): LiteralOrigin {
  const ids = path.split("/");
  const home = ids.slice(0, -1).reduce<Construct>((at, id) => {
    return (at.node.tryFindChild(id) as Construct | undefined) ?? new Construct(at, id);
  }, scope);
  return new LiteralOrigin(home, ids.at(-1) ?? "", ip);
}

function recordOf({ stack, zone }: Site, origins: readonly IOrigin[]) {
  return new ProxiedRecord(stack, "Www", { zone, name: "www", origins });
}

describe("origins whose ids would be alike", () => {
  it.each<[string, string]>([
    ["x/y--z", "x/y/z"],
    ["x--y/z", "x/y/z"],
    ["x/y--z", "x--y/z"],
  ])("are refused, naming both: %s and %s", (one, other) => {
    const given = site();
    const origins = [
      originAt(given.stack, one, "198.51.100.7"),
      originAt(given.stack, other, "198.51.100.8"),
    ];
    const id = "x--y--z alike; rename one of the two";
    expect(errorOf(() => recordOf(given, origins))).toMatchObject({
      code: "colliding-ids",
      message:
        `[shop/Www] 'origins' has shop/${one} and shop/${other}, for which the id of what is made ` +
        `here would be A-${id}`,
    });
  });

  it("are refused where one lies in another stack", () => {
    const app = Testing.app();
    const given = site(app);
    const far = originAt(new TerraformStack(app, "blue"), "Origin", "198.51.100.7");
    const near = originAt(given.stack, "blue/Origin", "198.51.100.8");
    expect(errorOf(() => recordOf(given, [far, near]))).toMatchObject({ code: "colliding-ids" });
  });

  it("are refused of a site, for its checks too", () => {
    const { stack, zone } = site();
    const origins = ["x/y--z", "x/y/z"].map((path, n) => originAt(stack, path, `198.51.100.${n}`));
    const make = () => new ProxiedSite(stack, "Site", { zone, names: ["www"], origins });
    expect(errorOf(make)).toMatchObject({ code: "colliding-ids" });
  });

  it("are not those of ordinary paths, whose addresses are what they were", () => {
    const given = site();
    const paths = ["x/y", "x/z", "xy", "x-y", "x/y-z"];
    recordOf(
      given,
      paths.map((path, n) => originAt(given.stack, path, `198.51.100.${n}`)),
    );
    expect(ofType(resourcesOf(given.stack), "cloudflare_dns_record")).toHaveLength(paths.length);
    const addresses = Object.keys(resourcesOf(given.stack));
    expect(addresses.filter((address) => address.includes("Www_A"))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^cloudflare_dns_record\.Www_A-x--y_/)]),
    );
  });
});
