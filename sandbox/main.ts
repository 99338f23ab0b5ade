// npm run --silent sandbox -- <command>: terraform and cdktf against the stand-in providers.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { readLog } from "./cloud/log";
import { install } from "./install";

const USAGE = `usage: npm run --silent sandbox -- <command>
  env              print what to export:  eval "$(npm run --silent sandbox -- env)"
  run <program> …  run a program with that environment
  log              print every call that the cloud answered

The cloud's state is kept in $SANDBOX_HOME, tmp/sandbox unless set; delete it to start anew.
`;

const [, , command, ...words] = process.argv;
const home = resolve(process.env.SANDBOX_HOME ?? "tmp/sandbox");

function prepared(): Record<string, string> {
  mkdirSync(home, { recursive: true });
  return install(home, "mirror");
}

function main(): number {
  const [program, ...args] = words;
  if (command === "env") {
    for (const [name, value] of Object.entries(prepared())) {
      process.stdout.write(`export ${name}='${value.replace(/'/g, "'\\''")}'\n`);
    }
    return 0;
  }
  if (command === "run" && program !== undefined) {
    const env = { ...process.env, ...prepared() };
    const { status, error } = spawnSync(program, args, { stdio: "inherit", env });
    if (error !== undefined) process.stderr.write(`${error.message}\n`);
    return status ?? 1;
  }
  if (command === "log") {
    for (const { seq, at, event, operation, type, id, call, effects } of readLog(
      prepared().SANDBOX_DIR ?? "",
    )) {
      const what = [seq, at, event, operation, type, id, call, effects && JSON.stringify(effects)];
      process.stdout.write(`${what.filter((word) => word !== undefined).join(" ")}\n`);
    }
    return 0;
  }
  process.stderr.write(USAGE);
  return 2;
}

process.exitCode = main();
