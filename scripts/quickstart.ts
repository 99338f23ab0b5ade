// npm run quickstart: the example synthesized and proved, deployed with real terraform against
// stand-in providers, and the same site broken. No account, no token, no cloud.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox, terraformVersion } from "../sandbox/terraform";

const FOLDER = join("tmp", "quickstart");
const OUT = join(FOLDER, "cdktf.out");
const COMMAND = join("dist", "cli", "main.js");

async function main(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  title("examples/quickstart, synthesized and proved");
  synthesize(join("examples", "quickstart", "main.ts"), OUT, 0);
  review(OUT);
  await deploy();
  title("examples/broken/range-missing: the same site without 131.0.72.0/22");
  const broken = join("examples", "broken", "range-missing", "main.ts");
  console.log(synthesize(broken, join(FOLDER, "broken.out"), 1));
}

function title(text: string): void {
  console.log(`\n== ${text}\n`);
}

/** Runs an app; returns what it wrote to standard error, without the stack trace of Node. */
function synthesize(app: string, outdir: string, expected: number): string {
  const { status, stderr } = spawnSync(process.execPath, ["-r", "ts-node/register", app], {
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: outdir },
  });
  if (status !== expected) {
    throw new Error(`${app} ended with ${status}, not ${expected}\n${stderr}`);
  }
  return reportIn(stderr);
}

/** The report within an error that Node prints: not cdktf's hint behind it, nor the stack. */
function reportIn(stderr: string): string {
  const [start, end] = [stderr.indexOf("╷"), stderr.search(/\n\s+at |\n\nValidations allow/)];
  return start < 0 ? stderr : stderr.slice(start, end < 0 ? undefined : end).trimEnd();
}

function review(...args: readonly string[]): void {
  const run = spawnSync(process.execPath, [COMMAND, "review", ...args], { encoding: "utf8" });
  process.stdout.write(run.stdout);
  if (run.status !== 0) {
    throw new Error(`originproof review ${args.join(" ")} ended with ${run.status}\n${run.stderr}`);
  }
}

async function deploy(): Promise<void> {
  const version = terraformVersion();
  if (version === undefined) {
    title("not deployed: there is no terraform on the PATH");
    return;
  }
  title(`deployed with terraform ${version} against stand-in providers`);
  const text = readFileSync(join(OUT, "stacks", "shop", "cdk.tf.json"), "utf8");
  const configuration = JSON.parse(text);
  // The sandbox keeps its own state: a second run starts anew.
  delete configuration.terraform.backend;
  const sandbox = createSandbox(join(FOLDER, "terraform"), { configuration });
  const plan = await sandbox.plan();
  const file = join(FOLDER, "plan.json");
  writeFileSync(file, JSON.stringify(await sandbox.show(plan)));
  console.log(`$ originproof review plan.json --synth cdktf.out`);
  review(file, "--synth", OUT);
  console.log(`\n$ terraform apply\n${lastLine(await sandbox.apply(plan))}`);
  const again = await sandbox.plan();
  if (again.changes) {
    throw new Error("a second plan has changes");
  }
  console.log("\n$ terraform plan\nNo changes.");
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
