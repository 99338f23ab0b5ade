import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import { EdgeRanges, ProxiedRecord, Zone } from "originproof";
import { EdgeRoutes, InstanceOrigin, OriginNetworkAcl } from "originproof/aws";
import { type SynthesizedApp, synthApp } from "../../support/synth";
import { firewallIn, IPV4, instanceIn } from "./support";

/** A site in a network of its own, whose table sends 172.0.0.0/8 to a transit gateway. */
function site(options: { readonly acl: EdgeRanges; readonly hasRoutes: boolean }): SynthesizedApp {
  return synthApp((app) => {
    const stack = new TerraformStack(app, "shop");
    new CloudflareProvider(stack, "Cloudflare");
    new AwsProvider(stack, "Aws", { region: "eu-west-1" });
    const vpcId = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" }).id;
    const subnet = new Subnet(stack, "Web", { vpcId, cidrBlock: "10.0.0.0/24" });
    const gatewayId = new InternetGateway(stack, "Gateway", { vpcId }).id;
    const routeTable = new RouteTable(stack, "Table", { vpcId });
    new RouteTableAssociation(stack, "Public", {
      subnetId: subnet.id,
      routeTableId: routeTable.id,
    });
    const own = { routeTableId: routeTable.id };
    new Route(stack, "Everywhere", { ...own, destinationCidrBlock: "0.0.0.0/0", gatewayId });
    const transitGatewayId = "tgw-0123456789abcdef0";
    new Route(stack, "Broad", { ...own, destinationCidrBlock: "172.0.0.0/8", transitGatewayId });
    const firewall = firewallIn(stack, { vpcId });
    const instance = instanceIn(stack, "Machine");
    instance.subnetId = subnet.id;
    const { listeners } = firewall;
    const ranges = options.acl;
    const acl = new OriginNetworkAcl(stack, "Acl", { vpcId, subnets: [subnet], listeners, ranges });
    const routes = options.hasRoutes
      ? [new EdgeRoutes(stack, "Routes", { routeTable, gatewayId })]
      : [];
    const origin = new InstanceOrigin(stack, "Origin", {
      instance,
      elasticIp: new Eip(stack, "Address", { domain: "vpc" }),
      firewalls: [firewall],
      networkAcls: [acl],
      routes,
    });
    const accountId = "0123456789abcdef0123456789abcdef";
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
    new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
  });
}

describe("the proof of network ACLs and routes", () => {
  it("shows that all of the edge gets in and its answers out", () => {
    const app = site({ acl: EdgeRanges.pinned(), hasRoutes: true });
    expect(app).toMatchObject({ error: undefined, stderr: "" });
  });

  it("refutes an ACL that lacks a range", () => {
    const app = site({ acl: EdgeRanges.of(IPV4.slice(1)), hasRoutes: true });
    expect(app.error?.message).toContain(IPV4[0]);
  });

  it("sees the broad route where nothing is more specific", () => {
    const app = site({ acl: EdgeRanges.pinned(), hasRoutes: false });
    expect(`${app.error?.message}${app.stderr}`).toContain("172.64.0.0");
  });
});
