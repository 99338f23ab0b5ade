import { Eip } from "@cdktf/provider-aws/lib/eip";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { EdgeRanges, ProxiedRecord, Zone } from "originproof";
import { EdgePrefixList, EdgeRoutes, InstanceOrigin, OriginNetworkAcl } from "originproof/aws";
import type { LogEntry } from "../../../sandbox/cloud/log";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { firewallIn, IPV4, instanceIn, SUBNETS, VPC } from "./support";

const NEW = ["198.51.100.0/25", "198.51.100.128/25"];

/** A site behind prefix lists, a network ACL and routes of its own. */
function site(cidrs: readonly string[], names: readonly string[]): object {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const accountId = "0123456789abcdef0123456789abcdef";
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  const ranges = EdgeRanges.of(cidrs);
  const prefixList = new EdgePrefixList(stack, "Edge", { ranges });
  const firewall = firewallIn(stack, { prefixList });
  const acl = new OriginNetworkAcl(stack, "Acl", {
    vpcId: VPC,
    subnets: SUBNETS,
    listeners: firewall.listeners,
    ranges,
  });
  const routes = new EdgeRoutes(stack, "Routes", {
    routeTable: "rtb-0123456789abcdef0",
    gatewayId: "igw-0123456789abcdef0",
    ranges,
  });
  const origin = new InstanceOrigin(stack, "Origin", {
    instance: instanceIn(stack),
    elasticIp: new Eip(stack, "Address", { domain: "vpc" }),
    firewalls: [firewall],
    networkAcls: [acl],
    routes: [routes],
  });
  for (const name of names) {
    new ProxiedRecord(stack, name, { zone, name, origins: [origin] });
  }
  return JSON.parse(Testing.synth(stack));
}

function calls(log: readonly LogEntry[], type: string, operation: string): readonly number[] {
  return log
    .filter((entry) => entry.event === "call")
    .filter((entry) => entry.type === type && entry.operation === operation)
    .map(({ seq }) => seq);
}

afterAll(removeSandboxes);

describeWithTerraform("prefix lists, network ACLs and routes, with real terraform", () => {
  it("come before the record, change without a gap and go after it", async () => {
    const kept = IPV4.slice(0, -1);
    const configuration = site(IPV4, ["www"]);
    const box = newSandbox({ configuration, delay: [0, 10], seed: "filters" });
    await box.apply();
    expect((await box.plan()).changes).toBe(false);
    const first = box.log();
    const [record] = calls(first, "cloudflare_dns_record", "create");
    const filters = ["aws_network_acl_rule", "aws_route", "aws_network_acl_association"];
    const before = [...filters, "aws_ec2_managed_prefix_list"].flatMap((type) =>
      calls(first, type, "create"),
    );
    expect(Math.max(...before)).toBeLessThan(record ?? 0);
    expect(Math.max(...calls(first, "aws_network_acl_rule", "create"))).toBeLessThan(
      Math.min(...calls(first, "aws_network_acl_association", "create")),
    );

    box.configure(site([...kept, ...NEW], ["www", "shop"]));
    await box.apply();
    expect((await box.plan()).changes).toBe(false);
    const second = box.log().slice(first.length);
    for (const type of ["aws_network_acl_rule", "aws_route"]) {
      const [made, gone] = [calls(second, type, "create"), calls(second, type, "delete")];
      expect([made.length, gone.length]).toEqual([2, 1]);
      expect(Math.max(...made)).toBeLessThan(Math.min(...gone));
      const [added] = calls(second, "cloudflare_dns_record", "create");
      expect(Math.max(...made)).toBeLessThan(added ?? 0);
    }
    expect(calls(second, "aws_ec2_managed_prefix_list", "update")).toHaveLength(1);
    expect(calls(second, "aws_network_acl_association", "update")).toHaveLength(0);

    const done = box.log().length;
    await box.destroy();
    const last = box.log().slice(done);
    const names = calls(last, "cloudflare_dns_record", "delete");
    const rules = filters.flatMap((type) => calls(last, type, "delete"));
    expect(Math.max(...names)).toBeLessThan(Math.min(...rules));
    expect(Math.max(...calls(last, "aws_network_acl_association", "delete"))).toBeLessThan(
      Math.min(...calls(last, "aws_network_acl_rule", "delete")),
    );
  });
});
