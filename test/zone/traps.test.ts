import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { Ruleset } from "@cdktf/provider-cloudflare/lib/ruleset";
import { TerraformIterator, TerraformResource, TerraformStack, Testing } from "cdktf";
import { EdgeRanges, Listener, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import { reviewOf } from "originproof/jest";
import { schemaProblems } from "../support/cloudflare-schema";
import { type Block, ofType, only, resourcesOf } from "../support/synth";
import { accountId, fullSite, valuesIn } from "../synth/traps/full-site";

/*
 * The traps of the bindings, by the numbers that our facts about cdktf give them. Most are held by a
 * file of test/synth/traps; those that concern more than one construct's output are here.
 */
const FOLDER = join(__dirname, "../synth/traps");
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".test.ts"));
const HELD_HERE = [12, 13, 14, 15];
const HELD_THERE = Array.from({ length: 17 }, (_, index) => index + 1).filter(
  (trap) => !HELD_HERE.includes(trap),
);

const EDGE = EdgeRanges.pinned();

function stackNamed(id = "shop"): TerraformStack {
  const stack = new TerraformStack(Testing.app(), id);
  new CloudflareProvider(stack, "Cloudflare");
  return stack;
}

/** A site on AWS, proved as it stands. */
function awsSite(): {
  readonly stack: TerraformStack;
  readonly zone: Zone;
  readonly web: Instance;
} {
  const stack = stackNamed();
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  const firewall = new OriginSecurityGroup(stack, "Firewall", {
    vpcId: "vpc-0123456789abcdef0",
    listeners: [Listener.https()],
  });
  const web = new Instance(stack, "Web", {
    ami: "ami-0123456789abcdef0",
    subnetId: "subnet-0123456789abcdef0",
  });
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  const origin = new InstanceOrigin(stack, "Origin", {
    instance: web,
    elasticIp,
    firewalls: [firewall],
  });
  new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
  return { stack, zone, web };
}

function verdictsOf(stack: TerraformStack): readonly string[] {
  const { paths } = reviewOf(stack);
  return paths.map((path) => `${path.availability.verdict}, ${path.exclusivity.verdict}`);
}

it.each(HELD_THERE)("trap %d: is held by a file of test/synth/traps", (trap) => {
  const own = FILES.filter((file) => {
    const [first = 0, last = first] = (/^(\d+)(?:-(\d+))?-/.exec(file) ?? []).slice(1).map(Number);
    return trap >= first && trap <= (Number.isNaN(last) ? first : last);
  });
  expect(own).toHaveLength(1);
  expect(readFileSync(join(FOLDER, own[0] ?? ""), "utf8")).toMatch(/^it\(|^it\.each\(/m);
});

it("trap 12: class names with suffixes lead to types and attributes that the provider has", () => {
  const stack = stackNamed();
  fullSite(stack);
  const resources = stack.node.findAll().filter(TerraformResource.isTerraformResource);
  const types = new Set(resources.map(({ terraformResourceType }) => terraformResourceType));
  expect([...types].sort()).toEqual([
    "cloudflare_dns_record",
    "cloudflare_healthcheck",
    "cloudflare_notification_policy",
    "cloudflare_notification_policy_webhooks",
    "cloudflare_zone",
    "cloudflare_zone_setting",
    "terraform_data",
  ]);
  expect(schemaProblems(JSON.parse(Testing.synth(stack)))).toEqual([]);
});

it("trap 13: no id that is handed on is undefined, and each names an attribute of its block", () => {
  const stack = stackNamed();
  const { zone, healthChecks } = fullSite(stack);
  const imported = Zone.fromZoneName(stack, "Imported", { zoneName: "example.net" });
  const ids = [
    zone.zoneId,
    imported.zoneId,
    imported.accountId,
    ...healthChecks.map(({ healthCheckId }) => healthCheckId),
  ];
  expect(ids.every((id) => typeof id === "string" && id.includes("TfToken"))).toBe(true);
  const resources = resourcesOf(stack);
  const texts = valuesIn(resources).filter((value) => typeof value === "string");
  const ends = texts.flatMap((text) => text.match(/\bcloudflare_\w+\.[\w-]+\.\w+/g) ?? []);
  expect(ends.length).toBeGreaterThan(10);
  expect(ends.filter((end) => !end.endsWith(".id"))).toEqual([]);
  expect(JSON.stringify(resources)).not.toContain("undefined");
});

it("trap 14: no rule is written inline, where each member would have to be given", () => {
  const { stack, web } = awsSite();
  const resources = resourcesOf(stack);
  const groups = ofType(resources, "aws_security_group");
  expect(groups.flatMap((group) => Object.keys(group))).not.toContain("ingress");
  const rules = ofType(resources, "aws_vpc_security_group_ingress_rule");
  expect(rules).toHaveLength(EDGE.cidrs(4).length + EDGE.cidrs(6).length);
  expect(web.vpcSecurityGroupIdsInput).toHaveLength(1);
});

it("trap 14: inline rules of an iterator, which lack members, prove nothing by being unread", () => {
  const { stack, web } = awsSite();
  const ranges = TerraformIterator.fromList([...EDGE.cidrs(4)]);
  const group = new SecurityGroup(stack, "Inline", {
    vpcId: "vpc-0123456789abcdef0",
    ingress: ranges.dynamic({
      from_port: 443,
      to_port: 443,
      protocol: "tcp",
      cidr_blocks: [ranges.value],
    }),
  });
  web.vpcSecurityGroupIds = [group.id];
  expect(verdictsOf(stack)).toEqual(["undetermined, undetermined"]);
});

it("trap 15: a nested attribute made of an iterator is an expression, and leaves paths open", () => {
  const { stack, zone } = awsSite();
  expect(verdictsOf(stack)).toEqual(["proved, proved"]);
  const ports = TerraformIterator.fromList(["8443"]);
  new Ruleset(stack, "Rules", {
    zoneId: zone.zoneId,
    name: "origin",
    kind: "zone",
    phase: "http_request_origin",
    rules: ports.dynamic({
      action: "route",
      expression: "true",
      action_parameters: { origin: { port: ports.value } },
    }) as never,
  });
  const ruleset: Block = only(resourcesOf(stack), "cloudflare_ruleset");
  expect(ruleset.rules).toMatch(/^\$\{\[ for /);
  const { paths } = reviewOf(stack);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.map(({ availability }) => availability.verdict)).not.toContain("refuted");
  expect(paths.some(({ availability }) => availability.verdict === "undetermined")).toBe(true);
});
