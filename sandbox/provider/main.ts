// A provider process. Terraform starts it through a launcher that install.ts writes:
// node main.js <provider> <sandbox folder>
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optionsFrom } from "../cloud/options";
import { serve } from "./server";

const [, , provider, root] = process.argv;
if (
  provider === undefined ||
  root === undefined ||
  process.env.TF_PLUGIN_MAGIC_COOKIE === undefined
) {
  process.stderr.write("This is a stand-in provider that terraform starts: sandbox/README.md.\n");
  process.exit(1);
}

const folder = mkdtempSync(join(process.env.PLUGIN_UNIX_SOCKET_DIR ?? tmpdir(), "sandbox-"));
const socket = join(folder, "socket");

function end(): void {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

// Terraform was killed: nobody will ask for the shutdown.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(), 2_000).unref();
process.on("SIGTERM", end);
// Terraform finishes its calls after an interrupt and then asks for the shutdown.
process.on("SIGINT", () => undefined);

serve({ root, provider, socket }, optionsFrom(process.env), () => setTimeout(end, 5)).then(
  () => process.stdout.write(`1|6|unix|${socket}|grpc|\n`),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
