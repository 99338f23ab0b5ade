// npm run --silent sandbox -- env [folder]: prints what to export so that terraform and cdktf run
// against the stand-in providers.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { install } from "./install";

const [, , command, folder = "tmp/sandbox"] = process.argv;

if (command === "env") {
  const place = resolve(folder);
  mkdirSync(place, { recursive: true });
  for (const [name, value] of Object.entries(install(place, "mirror"))) {
    process.stdout.write(`export ${name}='${value.replace(/'/g, "'\\''")}'\n`);
  }
} else {
  process.stderr.write('usage: eval "$(npm run --silent sandbox -- env [folder])"\n');
  process.exitCode = 2;
}
