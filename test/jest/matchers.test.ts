import "originproof/jest";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { Annotations, type App, TerraformResource, TerraformStack, Testing } from "cdktf";
import { Acknowledgements, FilteredElsewhere, Listener, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import { extendExpect, type MatcherResult } from "originproof/jest";
import { errorOf } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";

function stackIn(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  return stack;
}

interface Site {
  readonly firewall: OriginSecurityGroup;
  readonly record: ProxiedRecord;
}

/** A site that is proved; each part in a stack of its own where several are given. */
function siteIn(names: TerraformStack, web = names, net = names, id = "Www"): Site {
  const name = id === "Www" ? "example.com" : "example.net";
  const zone = new Zone(names, "Zone", { name, accountId });
  const vpcId = "vpc-0123456789abcdef0";
  const firewall = new OriginSecurityGroup(net, "Firewall", {
    vpcId,
    listeners: [Listener.https()],
  });
  const subnetId = "subnet-0123456789abcdef0";
  const instance = new Instance(web, "Web", { ami: "ami-0123456789abcdef0", subnetId });
  const elasticIp = new Eip(web, "Address", { domain: "vpc" });
  const origin = new InstanceOrigin(web, "Origin", { instance, elasticIp, firewalls: [firewall] });
  return {
    firewall,
    record: new ProxiedRecord(names, id, { zone, name: "www", origins: [origin] }),
  };
}

/** Drops the rule of one range, as an override does that nobody remembers. */
function dropRange({ firewall }: Site, cidr: string): void {
  const id = `443-${cidr.replace(/[.:/]/g, "-")}`;
  const rule = firewall.node.findAll().find(({ node }) => node.id === id);
  rule?.node.scope?.node.tryRemoveChild(id);
}

describe("toBeProved", () => {
  it("passes for a stack, its app, and the JSON of both", () => {
    const app = Testing.app();
    const stack = stackIn(app, "shop");
    siteIn(stack);
    expect(stack).toBeProved();
    expect(app).toBeProved();
    expect(Testing.synth(stack)).toBeProved();
    // Again: nothing is left behind in the stack.
    expect(stack).toBeProved();
  });

  it("fails with the report when a range is dropped by an override", () => {
    const stack = stackIn(Testing.app(), "shop");
    const site = siteIn(stack);
    dropRange(site, "131.0.72.0/22");
    const error = errorOf(() => expect(stack).toBeProved());
    expect(String(error)).toContain("firewall/misses-edge-range");
    expect(String(error)).toContain("missing  131.0.72.0/22");
    expect(String(error)).toContain("test/jest/matchers.test.ts:");
    expect(() => expect(stack).not.toBeProved()).not.toThrow();
  });

  it("says with not that it is proved", () => {
    const stack = stackIn(Testing.app(), "shop");
    siteIn(stack);
    expect(String(errorOf(() => expect(stack).not.toBeProved()))).toContain("it is proved");
  });

  it("proves a stack together with the others of its app, and judges its own records", () => {
    const app = Testing.app();
    const [names, web, net] = ["names", "web", "net"].map((id) => stackIn(app, id));
    if (names === undefined || web === undefined || net === undefined) {
      throw new Error("no stack");
    }
    siteIn(names, web, net);
    expect(names).toBeProved();
    expect(app).toBeProved();
    expect(String(errorOf(() => expect(net).toBeProved()))).toContain("there is nothing to prove");
  });

  it("is not touched by what another stack of the app has wrong", () => {
    const app = Testing.app();
    const [good, bad] = [stackIn(app, "good"), stackIn(app, "bad")];
    siteIn(good);
    dropRange(siteIn(bad, bad, bad, "Shop"), "131.0.72.0/22");
    expect(good).toBeProved();
    expect(good).not.toBeRefutedBy("firewall/misses-edge-range");
    expect(bad).toBeRefutedBy("firewall/misses-edge-range");
    expect(bad).not.toBeProved();
    expect(app).not.toBeProved();
  });

  it("fails where nothing is proved: undetermined, or no path at all", () => {
    const stack = stackIn(Testing.app(), "shop");
    expect(String(errorOf(() => expect(stack).toBeProved()))).toContain(
      "there is nothing to prove",
    );
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
    const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "8.8.8.8", reason: "test" });
    new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
    expect(String(errorOf(() => expect(stack).toBeProved()))).toContain(
      "www.example.com is not proved: availability undetermined, exclusivity undetermined",
    );
  });

  it("fails where a record of the library has no path, though another has one", () => {
    const stack = stackIn(Testing.app(), "shop");
    siteIn(stack);
    const zone = stack.node.findChild("Zone") as Zone;
    const ipv4 = "8.8.8.8";
    const origin = new FilteredElsewhere(stack, "Other", { ipv4, reason: "test" });
    const other = new ProxiedRecord(stack, "Api", { zone, name: "api", origins: [origin] });
    const [element] = other.node.findAll().filter(TerraformResource.isTerraformResource);
    element?.addOverride("proxied", false);
    expect(String(errorOf(() => expect(stack).toBeProved()))).toContain(
      "shop/Api/A-Other has no path to prove: as written it is not proxied, or leads to no origin",
    );
  });

  it("fails on what else would fail the synth: validations and annotations", () => {
    const stack = stackIn(Testing.app(), "shop");
    siteIn(stack);
    stack.node.addValidation({ validate: () => ["no owner"] });
    expect(String(errorOf(() => expect(stack).toBeProved()))).toContain("[shop] no owner");
    const other = stackIn(Testing.app(), "shop");
    siteIn(other);
    Annotations.of(other).addError("no budget");
    expect(String(errorOf(() => expect(other).toBeProved()))).toContain("[shop] no budget");
  });

  it("counts an acknowledged refutation as settled", () => {
    const stack = stackIn(Testing.app(), "shop");
    const site = siteIn(stack);
    dropRange(site, "131.0.72.0/22");
    Acknowledgements.of(site.firewall).add({
      rule: "firewall/misses-edge-range",
      reason: "no visitors come from there",
      expires: "2099-12-31",
    });
    expect(stack).toBeProved();
  });
});

describe("toBeRefutedBy", () => {
  it("passes where the rule has a finding", () => {
    const stack = stackIn(Testing.app(), "shop");
    const site = siteIn(stack);
    expect(stack).not.toBeRefutedBy("firewall/misses-edge-range");
    expect(String(errorOf(() => expect(stack).toBeRefutedBy("firewall/misses-port")))).toContain(
      "there is no finding of firewall/misses-port",
    );
    dropRange(site, "131.0.72.0/22");
    expect(stack).toBeRefutedBy("firewall/misses-edge-range");
  });

  it("refuses a rule that there is not", () => {
    const stack = stackIn(Testing.app(), "shop");
    // @ts-expect-error untyped callers get here
    expect(() => expect(stack).toBeRefutedBy("misses-ports")).toThrow(
      'toBeRefutedBy: "misses-ports" is no rule; use one of firewall/misses-edge-range, ',
    );
  });
});

describe("the module", () => {
  it("refuses what it can't review", () => {
    expect(() => expect({}).toBeProved()).toThrow(
      "originproof/jest: give an App, a TerraformStack or Terraform JSON as text",
    );
    expect(() => expect("{}").toBeProved()).toThrow();
  });

  it("extends another expect", () => {
    const added: Record<string, (...args: never[]) => MatcherResult> = {};
    extendExpect({ extend: (matchers) => Object.assign(added, matchers) });
    expect(Object.keys(added)).toEqual(["toBeProved", "toBeRefutedBy"]);
  });
});
