import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { TerraformStack } from "cdktf";
import { EdgeRanges, Listener } from "originproof";
import { OriginSecurityGroup, type OriginSecurityGroupProps } from "originproof/aws";
import { errorOf, type Resources, synthStack } from "../../support/synth";

export const VPC = "vpc-0123456789abcdef0";
export const SUBNETS = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
export const IPV4 = EdgeRanges.pinned().cidrs(4);
export const IPV6 = EdgeRanges.pinned().cidrs(6);

export function firewallIn(
  stack: TerraformStack,
  props: Partial<OriginSecurityGroupProps> = {},
  id = "Firewall",
): OriginSecurityGroup {
  return new OriginSecurityGroup(stack, id, {
    vpcId: VPC,
    listeners: [Listener.https()],
    ...props,
  });
}

export function groupIn(stack: TerraformStack, id = "Existing"): SecurityGroup {
  return new SecurityGroup(stack, id, { vpcId: VPC });
}

export function instanceIn(stack: TerraformStack, id = "Web"): Instance {
  return new Instance(stack, id, { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" });
}

/** A provider with an alias, such as one for another region. */
export function aliasedIn(stack: TerraformStack): AwsProvider {
  return new AwsProvider(stack, "Us", { alias: "us", region: "us-east-1" });
}

/** What a build in a stack throws. */
export function refusal(build: (stack: TerraformStack) => unknown): unknown {
  return errorOf(() => synthStack(build));
}

/** Compares with `golden/<name>.json`; `UPDATE_GOLDENS=1` writes it. */
export function expectGolden(name: string, resources: Resources): void {
  const file = join(__dirname, "golden", `${name}.json`);
  if (process.env.UPDATE_GOLDENS === "1") {
    writeFileSync(file, `${JSON.stringify(resources, null, 2)}\n`);
  }
  expect(resources).toEqual(JSON.parse(readFileSync(file, "utf8")));
}

/** The warnings that constructs of a stack have. */
export function warningsOf(stack: TerraformStack): readonly string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === "@cdktf/warn")
    .map(({ data }) => String(data));
}
