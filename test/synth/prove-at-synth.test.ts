import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { ZoneSetting } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { App, TerraformStack, Token } from "cdktf";
import { EdgeRanges, Listener, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import { parseSidecar } from "../../lib/read/sidecar";
import { ensureProof } from "../../lib/synth/prove-at-synth";
import { LiteralOrigin } from "../origin/literal-origin";
import { ofType, readStackFile, synthApp, writtenResources } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";
const vpcId = "vpc-0123456789abcdef0";
const ZONE_ID = "023e105f4ecef8ad9ca31a8372d0c353";
const V4 = EdgeRanges.pinned().cidrs(4);

function stackIn(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  return stack;
}

function zoneIn(stack: TerraformStack): Zone {
  return new Zone(stack, "Zone", { name: "example.com", accountId });
}

function firewallIn(stack: TerraformStack, ranges = EdgeRanges.pinned()): OriginSecurityGroup {
  return new OriginSecurityGroup(stack, "Firewall", {
    vpcId,
    listeners: [Listener.https()],
    ranges,
  });
}

function originIn(stack: TerraformStack, firewall: OriginSecurityGroup): InstanceOrigin {
  const subnetId = "subnet-0123456789abcdef0";
  const instance = new Instance(stack, "Web", { ami: "ami-0123456789abcdef0", subnetId });
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  return new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls: [firewall] });
}

function recordIn(stack: TerraformStack, zone: Zone, origin: InstanceOrigin): ProxiedRecord {
  return new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
}

/** A site of raw resources alone, whose group was written by hand. */
function rawSite(stack: TerraformStack, zoneId: string, cidrBlocks: string[]): void {
  const group = new SecurityGroup(stack, "Group", {
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks }],
  });
  const instance = new Instance(stack, "Server", {
    ami: "ami-0123456789abcdef0",
    subnetId: "subnet-0123456789abcdef0",
    vpcSecurityGroupIds: [group.id],
  });
  const address = new Eip(stack, "Address", { instance: instance.id });
  new DnsRecord(stack, "Record", {
    zoneId,
    name: "old.example.com",
    type: "A",
    content: address.publicIp,
    proxied: true,
    ttl: 1,
  });
}

describe("proof at synth", () => {
  it("passes a site that is proved, in silence, and writes the manifest", () => {
    const synthesized = synthApp((app) => {
      const stack = stackIn(app, "shop");
      recordIn(stack, zoneIn(stack), originIn(stack, firewallIn(stack)));
    });
    expect(synthesized).toMatchObject({ error: undefined, stderr: "" });
    expect(existsSync(join(synthesized.outdir, "manifest.json"))).toBe(true);
  });

  it("fails the synth of a site that is refuted and names range, path and the user's line", () => {
    const { error } = synthApp((app) => {
      const stack = stackIn(app, "shop");
      const firewall = firewallIn(
        stack,
        EdgeRanges.of(V4.filter((cidr) => cidr !== "131.0.72.0/22")),
      );
      recordIn(stack, zoneIn(stack), originIn(stack, firewall));
    });
    expect(error?.message).toContain("missing  131.0.72.0/22");
    expect(error?.message).toContain("a connection from 131.0.72.0 gets no answer");
    expect(error?.message).toContain("Error 522");
    expect(error?.message).toContain("firewall/misses-edge-range");
    expect(error?.message).toMatch(
      /test\/synth\/prove-at-synth\.test\.ts:\d+ {2}\(shop\/Firewall\/Resource\)/,
    );
  });

  it("proves raw resources of another stack too, and names them", () => {
    const { error } = synthApp((app) => {
      const { zoneId } = zoneIn(stackIn(app, "zones"));
      rawSite(stackIn(app, "legacy"), zoneId, V4.slice(1));
    });
    expect(error?.message).toContain("aws_security_group.Group drops part of Cloudflare's edge");
    expect(error?.message).toContain("old.example.com → aws_eip.Address tcp/443");
    expect(error?.message).toContain(V4[0]);
    expect(error?.message).toContain("legacy/Group");
  });

  it("proves raw resources that have nothing to do with the library's", () => {
    const { error } = synthApp((app) => {
      zoneIn(stackIn(app, "zones"));
      const legacy = stackIn(app, "legacy");
      rawSite(legacy, ZONE_ID, V4.slice(1));
      const value = Token.asAnyMap("strict");
      new ZoneSetting(legacy, "Ssl", { zoneId: ZONE_ID, settingId: "ssl", value });
    });
    expect(error?.message).toContain("aws_security_group.Group drops part of Cloudflare's edge");
    expect(error?.message).toContain("legacy/Group");
  });

  it("leaves an app without a construct of the library alone", () => {
    const { error } = synthApp((app) => rawSite(stackIn(app, "legacy"), ZONE_ID, V4.slice(1)));
    expect(error).toBeUndefined();
  });

  it("proves a site that is spread over stacks, and orders the stacks", () => {
    const synthesized = synthApp((app) => {
      const [edge, web, net] = ["edge", "web", "net"].map((id) => stackIn(app, id));
      if (edge === undefined || web === undefined || net === undefined) {
        throw new Error("no stack");
      }
      recordIn(edge, zoneIn(edge), originIn(web, firewallIn(net)));
    });
    expect(synthesized).toMatchObject({ error: undefined, stderr: "" });
    const [record] = ofType(writtenResources(synthesized, "edge"), "cloudflare_dns_record");
    expect(record?.depends_on).toEqual([
      "cloudflare_zone_setting.Zone_AlwaysUseHttps_134BDEC2",
      "cloudflare_zone_setting.Zone_MinTlsVersion_5FA93215",
      "cloudflare_zone_setting.Zone_Ssl_D6E5BA85",
    ]);
  });

  it("says on stderr what it could not decide, and lets synth pass", () => {
    const { error, stderr } = synthApp((app) => {
      const stack = stackIn(app, "shop");
      const origins = [new LiteralOrigin(stack, "Origin", "8.8.8.8")];
      new ProxiedRecord(stack, "Www", { zone: zoneIn(stack), name: "www", origins });
    });
    expect(error).toBeUndefined();
    expect(stderr).toContain("8.8.8.8");
    expect(stderr).toContain("1 undetermined");
    expect(stderr.endsWith("\n")).toBe(true);
  });

  it("adds one validation to an app, however many constructs there are", () => {
    const { error } = synthApp((app) => {
      const spy = jest.spyOn(app.node, "addValidation");
      const stack = stackIn(app, "legacy");
      firewallIn(stack);
      rawSite(stack, zoneIn(stack).zoneId, V4.slice(1));
      expect(spy).toHaveBeenCalledTimes(1);
    });
    expect(error?.message.match(/firewall\/misses-edge-range/g)).toHaveLength(1);
  });

  it("reads the stacks of the tree, not what an earlier synth left in the folder", () => {
    const outdir = mkdtempSync(join(tmpdir(), "originproof-stale-"));
    mkdirSync(join(outdir, "stacks", "gone"), { recursive: true });
    writeFileSync(join(outdir, "stacks", "gone", "cdk.tf.json"), "no JSON");
    const app = new App({ outdir });
    zoneIn(stackIn(app, "shop"));
    expect(() => app.synth()).not.toThrow();
    expect(existsSync(join(outdir, "stacks", "gone", "originproof.json"))).toBe(false);
  });

  it("does nothing outside an app", () => {
    const { error } = synthApp((app) => {
      const root = { node: { root: app.node.tryFindChild("none") ?? {} } };
      expect(() => ensureProof(root as never)).not.toThrow();
    });
    expect(error).toBeUndefined();
  });

  it("says that nothing is proved where HCL is written", () => {
    const outdir = mkdtempSync(join(tmpdir(), "originproof-hcl-"));
    const spy = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const app = new App({ outdir, hclOutput: true });
    zoneIn(stackIn(app, "shop"));
    app.synth();
    const written = spy.mock.calls.map(([text]) => text);
    spy.mockRestore();
    expect(written).toContain(
      "originproof: nothing is proved at synth with hclOutput; write JSON\n",
    );
  });
});

describe("sidecar", () => {
  it("declares paths, lines, lifecycle, locks and visitor ports, as the reader expects them", () => {
    const synthesized = synthApp((app) => {
      const stack = stackIn(app, "shop");
      const origins = [originIn(stack, firewallIn(stack))];
      const visitorPorts = [443, 8443];
      const listeners = [Listener.https(8443)];
      const more = new OriginSecurityGroup(stack, "More", { vpcId, listeners });
      const zone = zoneIn(stack);
      new ProxiedRecord(stack, "Www", { zone, name: "www", origins, visitorPorts });
      new SecurityGroup(stack, "Raw", { lifecycle: { createBeforeDestroy: true } });
      const instance = stack.node.findChild("Web") as Instance;
      instance.vpcSecurityGroupIds = [
        ...(instance.vpcSecurityGroupIdsInput ?? []),
        more.securityGroupId,
      ];
    });
    expect(synthesized).toMatchObject({ error: undefined, stderr: "" });
    const json = JSON.stringify(readStackFile(synthesized, "shop", "originproof.json"));
    const sidecar = parseSidecar(json, "originproof.json");
    expect(sidecar).toMatchObject({
      schemaVersion: 1,
      stack: "shop",
      locks: ["aws_security_group.Firewall_E7948B04", expect.stringContaining(".More_")],
      records: { "cloudflare_dns_record.Www_A-Origin_7976323B": { visitorPorts: [443, 8443] } },
      weakened: [],
    });
    expect(Object.keys(sidecar.resources).sort()).toEqual(
      Object.keys(writtenResources(synthesized, "shop")).sort(),
    );
    expect(sidecar.resources["aws_security_group.Firewall_E7948B04"]).toEqual({
      constructPath: "shop/Firewall/Resource",
      source: { file: "test/synth/prove-at-synth.test.ts", line: expect.any(Number) },
      createBeforeDestroy: true,
    });
    expect(sidecar.resources["aws_instance.Web"]).toEqual({
      constructPath: "shop/Web",
      source: null,
      createBeforeDestroy: false,
    });
    expect(sidecar.resources["aws_security_group.Raw"]).toMatchObject({
      source: null,
      createBeforeDestroy: true,
    });
  });
});
