import { App, TerraformStack } from "cdktf";

export const ACCOUNT = "0123456789abcdef0123456789abcdef";
export const AMI = "ami-0123456789abcdef0";
export const SUBNET = "subnet-0123456789abcdef0";
export const VPC = "vpc-0123456789abcdef0";

/**
 * Makes and synthesizes a stack with as many records as the command line says, and prints the
 * processor time of that alone, without the start of Node and the loading of libraries.
 */
export function synthesize(build: (stack: TerraformStack, records: number) => void): void {
  const [records = "100", outdir = "cdktf.out"] = process.argv.slice(2);
  const start = process.cpuUsage();
  const app = new App({ outdir });
  build(new TerraformStack(app, "site"), Number(records));
  app.synth();
  const { user, system } = process.cpuUsage(start);
  process.stdout.write(`${JSON.stringify({ seconds: (user + system) / 1e6 })}\n`);
}
