import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { EdgeRanges, Listener, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import type { LogEntry } from "../../../sandbox/cloud/log";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";

const RANGES = EdgeRanges.pinned().cidrs(4);
const OLD = "131.0.72.0/22";
const NEW = "198.51.100.0/24";

/** A site as Terraform reads it; `firewall` is the id of the group's construct. */
function site(cidrs: readonly string[], firewall = "Firewall"): object {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const accountId = "0123456789abcdef0123456789abcdef";
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  const group = new OriginSecurityGroup(stack, firewall, {
    vpcId: "vpc-0123456789abcdef0",
    listeners: [Listener.https()],
    ranges: EdgeRanges.of(cidrs),
  });
  const subnetId = "subnet-0123456789abcdef0";
  const instance = new Instance(stack, "Web", { ami: "ami-0123456789abcdef0", subnetId });
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  const origin = new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls: [group] });
  new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
  return JSON.parse(Testing.synth(stack));
}

/** Applies one site after the other; returns the calls of the last apply. */
async function change(before: object, after: object): Promise<readonly LogEntry[]> {
  const sandbox = newSandbox({ configuration: before, delay: [0, 5], seed: "order" });
  await sandbox.apply();
  const done = sandbox.log().length;
  sandbox.configure(after);
  await sandbox.apply();
  expect((await sandbox.plan()).changes).toBe(false);
  return sandbox
    .log()
    .slice(done)
    .filter(({ event }) => event === "call");
}

function where(log: readonly LogEntry[], holds: (entry: LogEntry) => boolean): readonly number[] {
  return log.filter(holds).map(({ seq }) => seq);
}

function changes(log: readonly LogEntry[], kind: "added" | "removed", cidr: string) {
  return where(log, ({ effects = [] }) =>
    effects.some((effect) => effect[kind].some((text) => text.endsWith(` ${cidr}`))),
  );
}

afterAll(removeSandboxes);

describeWithTerraform("the order that real terraform follows", () => {
  it("creates a site and plans no change after it", async () => {
    const sandbox = newSandbox({ configuration: site(RANGES) });
    await sandbox.apply();
    expect((await sandbox.plan()).changes).toBe(false);
    const created = sandbox.log().filter(({ event, operation }) => {
      return event === "call" && operation === "create";
    });
    const rules = where(created, ({ type }) => type === "aws_vpc_security_group_ingress_rule");
    const [record] = where(created, ({ type }) => type === "cloudflare_dns_record");
    expect(rules.length).toBeGreaterThanOrEqual(RANGES.length);
    expect(record).toBeGreaterThan(Math.max(...rules));
    await sandbox.destroy();
  });

  it("adds a range before it removes one", async () => {
    const kept = RANGES.filter((cidr) => cidr !== OLD);
    const log = await change(site([...kept, OLD]), site([...kept, NEW]));
    const [added] = changes(log, "added", NEW);
    const [removed] = changes(log, "removed", OLD);
    expect(added).toBeDefined();
    expect(removed).toBeGreaterThan(added ?? Number.POSITIVE_INFINITY);
    const touched = log.flatMap(({ effects = [] }) => effects);
    expect(touched.flatMap(({ added, removed }) => [...added, ...removed])).toHaveLength(2);
  });

  it("moves the instance to another group between the new rules and the old ones' end", async () => {
    const log = await change(site(RANGES), site(RANGES, "Other"));
    const added = RANGES.flatMap((cidr) => changes(log, "added", cidr));
    const removed = RANGES.flatMap((cidr) => changes(log, "removed", cidr));
    const moved = where(log, ({ type, operation }) => {
      return type === "aws_instance" && operation === "update";
    });
    expect(added).toHaveLength(RANGES.length);
    expect(removed).toHaveLength(RANGES.length);
    expect(Math.min(...moved)).toBeGreaterThan(Math.max(...added));
    expect(Math.min(...removed)).toBeGreaterThan(Math.max(...moved));
  });
});
