// Builds after an install and before a pack. `npm install --global git+…`, which pre-commit does too,
// hands `--global` on to the install in its clone, so that no development package is there: then they
// are installed first.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

function npm(...args) {
  const env = { ...process.env, npm_config_global: "false" };
  const { status } = spawnSync("npm", args, {
    stdio: "inherit",
    env,
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

if (!existsSync("node_modules/typescript")) {
  npm("ci", "--ignore-scripts", "--no-audit", "--no-fund");
}
npm("run", "build");
