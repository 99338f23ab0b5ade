import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import {
  App,
  Aspects,
  type ITerraformResource,
  TerraformElement,
  TerraformIterator,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { EdgeRanges, Listener, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import { reviewOf } from "originproof/jest";
import { type Block, ofType, only, resourcesOf } from "../support/synth";

/*
 * What people do to constructs from outside: aspects, aliases, names of their own, iterators beside
 * them. Each is proved, or undetermined with the reason.
 */
const accountId = "0123456789abcdef0123456789abcdef";

interface Site {
  readonly stack: TerraformStack;
  readonly zone: Zone;
  readonly instance: Instance;
}

function site(): Site {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  const vpcId = "vpc-0123456789abcdef0";
  const listeners = [Listener.https()];
  const firewall = new OriginSecurityGroup(stack, "Firewall", { vpcId, listeners });
  const subnetId = "subnet-0123456789abcdef0";
  const instance = new Instance(stack, "Web", { ami: "ami-0123456789abcdef0", subnetId });
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  const origin = new InstanceOrigin(stack, "Origin", {
    instance,
    elasticIp,
    firewalls: [firewall],
  });
  new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
  return { stack, zone, instance };
}

function verdicts(stack: TerraformStack, hostname = "www.example.com") {
  const { paths, errors } = reviewOf(stack);
  expect(errors).toEqual([]);
  const own = paths.filter((path) => path.hostname === hostname);
  expect(own.length).toBeGreaterThan(0);
  return [...new Set(own.flatMap((path) => [path.availability.verdict, path.exclusivity.verdict]))];
}

function reasons(stack: TerraformStack, hostname: string): string {
  const { paths } = reviewOf(stack);
  const own = paths.filter((path) => path.hostname === hostname);
  return own
    .flatMap((path) => [...path.availability.reasons, ...path.exclusivity.reasons])
    .map(({ text }) => text)
    .join();
}

describe("composition", () => {
  it("an aspect that tags everything is proved", () => {
    const { stack } = site();
    Aspects.of(stack).add({
      visit(node) {
        if (TerraformResource.isTerraformResource(node) && "tags" in node) {
          (node as ITerraformResource & { tags: unknown }).tags =
            node.terraformResourceType.startsWith("aws_") ? { owner: "shop" } : ["owner:shop"];
        }
      },
    });
    expect(verdicts(stack)).toEqual(["proved"]);
    const [group] = ofType(resourcesOf(stack), "aws_security_group");
    expect(group?.tags).toEqual({ owner: "shop" });
  });

  it("an aspect that sets provider aliases is proved", () => {
    const { stack } = site();
    const other = new CloudflareProvider(stack, "Other", { alias: "other" });
    Aspects.of(stack).add({
      visit(node) {
        const own = TerraformResource.isTerraformResource(node);
        if (own && node.terraformResourceType.startsWith("cloudflare_")) {
          node.provider = other;
        }
      },
    });
    expect(verdicts(stack)).toEqual(["proved"]);
    expect(only(resourcesOf(stack), "cloudflare_dns_record").provider).toBe("cloudflare.other");
  });

  it("logical ids of the user's own are proved, and references follow them", () => {
    const { stack } = site();
    const rename = (path: string, id: string) => {
      const found = stack.node.findAll().find(({ node }) => node.path === path);
      if (!(found instanceof TerraformElement)) {
        throw new Error(`${path} is no element`);
      }
      found.overrideLogicalId(id);
    };
    rename("shop/Zone/Resource", "main");
    rename("shop/Firewall/Resource", "edge");
    rename("shop/Www/A-Origin", "www");
    rename("shop/Firewall/Ready", "ready");
    expect(verdicts(stack)).toEqual(["proved"]);
    const resources = resourcesOf(stack);
    const record = resources["cloudflare_dns_record.www"] as Block;
    // cdktf fixes the name of what is referred to, without a word: references stay whole.
    const named = JSON.stringify(record).match(/(cloudflare|aws|terraform)_\w+\.[\w-]+/g) ?? [];
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((address) => resources[address] === undefined)).toEqual([]);
  });

  it("an iterator over raw records beside ours, to the same instance, is proved", () => {
    const { stack, zone } = site();
    const names = TerraformIterator.fromMap({ a: { name: "a" }, b: { name: "b" } });
    const address = stack.node.findChild("Address") as Eip;
    new DnsRecord(stack, "Raw", {
      forEach: names,
      zoneId: zone.zoneId,
      name: `${names.key}.example.com`,
      type: "A",
      content: address.publicIp,
      proxied: true,
      ttl: 1,
    });
    expect(verdicts(stack, "a.example.com")).toEqual(["proved"]);
    expect(verdicts(stack)).toEqual(["proved"]);
  });

  it("an iterator over a variable is undetermined, with the variable as the reason", () => {
    const { stack, zone } = site();
    const variable = new TerraformVariable(stack, "addresses", { type: "list(string)" });
    const addresses = TerraformIterator.fromList(variable.listValue);
    new DnsRecord(stack, "Raw", {
      forEach: addresses,
      zoneId: zone.zoneId,
      name: "raw.example.com",
      type: "A",
      content: "${each.value}",
      proxied: true,
      ttl: 1,
    });
    expect(verdicts(stack, "raw.example.com")).toEqual(["undetermined"]);
    expect(reasons(stack, "raw.example.com")).toMatch(/known after apply|var\.addresses/);
    expect(verdicts(stack)).toEqual(["proved"]);
  });

  it("a raw group with dynamic rules beside ours is proved, or undetermined with the reason", () => {
    const { stack, instance } = site();
    const ranges = TerraformIterator.fromList([...EdgeRanges.pinned().cidrs(4)]);
    const group = new SecurityGroup(stack, "Raw", {});
    group.addOverride("dynamic.ingress", {
      for_each: `\${toset(${JSON.stringify(EdgeRanges.pinned().cidrs(4))})}`,
      content: { from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: ["${ingress.value}"] },
    });
    instance.vpcSecurityGroupIds = [...(instance.vpcSecurityGroupIdsInput ?? []), group.id];
    expect(ranges).toBeDefined();
    const found = verdicts(stack);
    expect(found).not.toContain("refuted");
    expect(found.includes("undetermined") ? reasons(stack, "www.example.com") : "proved").not.toBe(
      "",
    );
  });

  it("raw rules of an iterator, on a group beside ours, are read one by one", () => {
    const siteWith = (cidrs: readonly string[]) => {
      const { stack, instance } = site();
      const ranges = TerraformIterator.fromList([...cidrs]);
      const group = new SecurityGroup(stack, "Raw", { vpcId: "vpc-0123456789abcdef0" });
      new VpcSecurityGroupIngressRule(stack, "Each", {
        forEach: ranges,
        securityGroupId: group.id,
        cidrIpv4: ranges.value,
        fromPort: 443,
        toPort: 443,
        ipProtocol: "tcp",
      });
      instance.vpcSecurityGroupIds = [group.id];
      return stack;
    };
    const all = EdgeRanges.pinned().cidrs(4);
    expect(verdicts(siteWith(all))).toEqual(["proved"]);
    expect(verdicts(siteWith(all.slice(1)))).toEqual(["refuted", "proved"]);
    expect(verdicts(siteWith([...all, "8.8.8.0/24"]))).toEqual(["proved", "refuted"]);
  });

  it("an override that drops what was proved is seen", () => {
    const { stack, instance } = site();
    instance.addOverride("vpc_security_group_ids", undefined);
    expect(verdicts(stack)).not.toEqual(["proved"]);
  });

  it("an aspect on the app is never called by cdktf: the stack is proved as it is written", () => {
    const app = Testing.app();
    expect(App.isApp(app)).toBe(true);
    const visit = jest.fn();
    Aspects.of(app).add({ visit });
    const { stack } = site();
    expect(verdicts(stack)).toEqual(["proved"]);
    expect(visit).not.toHaveBeenCalled();
  });
});
