import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { type TerraformProvider, TerraformStack, Testing } from "cdktf";
import {
  CloudflarePlan,
  HealthCheck,
  NotificationDestination,
  NotificationWebhook,
  OriginAlerts,
  ProxiedRecord,
  ProxiedSite,
  Zone,
} from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { errorOf, ofType, resourcesOf } from "../support/synth";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

const accountId = "0123456789abcdef0123456789abcdef";
const plan = CloudflarePlan.PRO;

function stackIn(app = Testing.app(), id = "shop") {
  const stack = new TerraformStack(app, id);
  new CloudflareProvider(stack, "Cloudflare");
  const partner = new CloudflareProvider(stack, "Partner", { alias: "partner" });
  return { stack, partner, origin: new LiteralOrigin(stack, "Origin", "198.51.100.7") };
}

function zoneWith(stack: TerraformStack, provider: TerraformProvider): Zone {
  return new Zone(stack, "Zone", { name: "example.com", accountId, plan, provider });
}

function siteIn({ stack, partner, origin }: ReturnType<typeof stackIn>): TerraformStack {
  const zone = zoneWith(stack, partner);
  const notify = [NotificationDestination.email("ops@example.com")];
  new ProxiedSite(stack, "Site", { zone, names: ["www"], origins: [origin], notify });
  return stack;
}

afterAll(removeSandboxes);

describe("the provider of Cloudflare's resources", () => {
  it("is the zone's for all that belongs to it", () => {
    const blocks = Object.values(resourcesOf(siteIn(stackIn())));
    expect(blocks.length).toBeGreaterThan(6);
    expect(blocks.map(({ provider }) => provider)).toEqual(blocks.map(() => "cloudflare.partner"));
  });

  it("is the stack's default unless told", () => {
    const { stack, origin } = stackIn();
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
    new ProxiedSite(stack, "Site", { zone, names: ["www"], origins: [origin] });
    for (const block of Object.values(resourcesOf(stack))) {
      expect(block).not.toHaveProperty("provider");
    }
  });

  it("is not the zone's in another stack, where that provider isn't", () => {
    const app = Testing.app();
    const shop = stackIn(app);
    const blog = stackIn(app, "blog");
    const zone = zoneWith(shop.stack, shop.partner);
    new ProxiedRecord(blog.stack, "Www", { zone, name: "www", origins: [blog.origin] });
    const [record] = ofType(resourcesOf(blog.stack), "cloudflare_dns_record");
    expect(record).not.toHaveProperty("provider");
  });

  it("is refused from another stack, and where it is another vendor's", () => {
    const app = Testing.app();
    const { partner } = stackIn(app, "blog");
    const { stack, origin } = stackIn(app);
    expect(errorOf(() => zoneWith(stack, partner))).toMatchObject({
      code: "provider-elsewhere",
      message:
        "[shop/Zone] 'provider' is of the stack blog, and a resource takes one of its own stack; " +
        "make a CloudflareProvider in shop",
    });
    const aws = new AwsProvider(stack, "Aws");
    const known = { zoneName: "example.net", plan };
    const zone = Zone.fromZoneName(stack, "Imported", known);
    const shared = { zone, provider: aws };
    const hostname = "www.example.net";
    const notify = [NotificationDestination.email("ops@example.com")];
    const url = "https://alerts.example.net/x";
    const makes = [
      () => Zone.fromZoneName(stack, "A", { ...known, provider: aws }),
      () => new ProxiedRecord(stack, "B", { ...shared, name: "www", origins: [origin] }),
      () => new HealthCheck(stack, "C", { ...shared, origin, hostname }),
      () => new OriginAlerts(stack, "D", { ...shared, notify }),
      () => new NotificationWebhook(stack, "E", { accountId, name: "x", url, provider: aws }),
    ];
    for (const make of makes) {
      expect(errorOf(make)).toMatchObject({ code: "wrong-provider" });
    }
  });
});

describeWithTerraform("an alias with real terraform", () => {
  it("is deployed, and planned again without a change", async () => {
    const box = newSandbox({ configuration: JSON.parse(Testing.synth(siteIn(stackIn()))) });
    await box.apply();
    const { resource_changes: changes = [] } = (await box.show(await box.plan())) as {
      resource_changes?: readonly { readonly change: { readonly actions: readonly string[] } }[];
    };
    expect(changes.length).toBeGreaterThan(6);
    expect(changes.filter(({ change }) => change.actions.join() !== "no-op")).toEqual([]);
  });
});
