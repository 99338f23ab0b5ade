import { Eip } from "@cdktf/provider-aws/lib/eip";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Listener, ProxiedRecord, SslMode, Zone } from "originproof";
import { EdgePrefixList, InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import { parseInput, reviewInputs } from "originproof/review";
import { synthApp } from "../../support/synth";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { aliasedIn, firewallIn, groupIn, instanceIn } from "./support";

/** One site in two regions, the second by a provider with an alias and with prefix lists. */
function fill(stack: TerraformStack): TerraformStack {
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const provider = aliasedIn(stack);
  const prefixList = new EdgePrefixList(stack, "Edge", { provider });
  const securityGroup = groupIn(stack);
  securityGroup.provider = provider;
  const listeners = [Listener.https()];
  const firewalls = {
    Ireland: firewallIn(stack),
    Virginia: firewallIn(stack, { provider, prefixList }, "Us-Firewall"),
    Adopted: OriginSecurityGroup.adopt(stack, "More", { securityGroup, listeners }),
  };
  const origins = Object.entries(firewalls).map(([id, firewall]) => {
    const instance = instanceIn(stack, `${id}Web`);
    const elasticIp = new Eip(stack, `${id}Ip`, { domain: "vpc" });
    instance.subnetId = "subnet-0123456789abcdef0";
    for (const resource of id === "Ireland" ? [] : [instance, elasticIp]) {
      resource.provider = provider;
    }
    return new InstanceOrigin(stack, id, { instance, elasticIp, firewalls: [firewall] });
  });
  const accountId = "0123456789abcdef0123456789abcdef";
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, ssl: SslMode.STRICT });
  new ProxiedRecord(stack, "Www", { zone, name: "www", origins });
  return stack;
}

afterAll(removeSandboxes);

describe("a site in two regions, by an aliased provider", () => {
  it("is proved at synth", () => {
    const app = synthApp((root) => void fill(new TerraformStack(root, "shop")));
    expect(app).toMatchObject({ error: undefined, stderr: "" });
  });
});

describeWithTerraform("the same, by terraform", () => {
  it("is proved in the plan, applies, and plans no change then", async () => {
    const stack = fill(new TerraformStack(Testing.app(), "shop"));
    const box = newSandbox({ configuration: JSON.parse(Testing.synth(stack)) });
    const plan = await box.plan();
    const { summary } = reviewInputs([parseInput(JSON.stringify(await box.show(plan)), "plan")]);
    expect(summary).toMatchObject({
      availability: { proved: 3, refuted: 0, undetermined: 0 },
      exclusivity: { proved: 3, refuted: 0, undetermined: 0 },
    });
    await box.apply(plan);
    expect((await box.plan()).changes).toBe(false);
    await box.destroy();
  });
});
