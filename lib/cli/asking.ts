import type { Command } from "commander";
import type { ExplainCommand } from "./explain";
import type { InitCommand } from "./init";
import type { WhyCommand } from "./why";

const WHY_NOTES = `
Examples:
  originproof why 131.0.72.1:443 plan.json
  originproof why "[2606:4700::1]:443" plan.json --hostname www.example.com

The port is the one on which Cloudflare connects to the origin.

Exit codes:
  0  answered, whatever the answer is
  2  could not run: bad address, unreadable input, bad option
`;

const EXPLAIN_NOTES = `
Examples:
  originproof explain firewall/misses-edge-range
  originproof explain 521
`;

/** Adds `originproof why`: what becomes of one address. */
export function addWhy(root: Command): void {
  root
    .command("why")
    .description("follow one address through every path: which hop and rule admits or stops it")
    .argument("<address:port>", "as 131.0.72.1:443 or [2606:4700::1]:443")
    .argument("<file...>", "files or folders, taken as one topology; - reads standard input")
    .option("--hostname <name>", "only paths of this hostname")
    .option("--format <name>", "text or json")
    .option("--synth <folder>", "cdktf.out beside a plan: adds construct paths and source lines")
    .option(
      "--config <file>",
      "exceptions, origins and zones outside the input (default: originproof.config.json)",
    )
    .addHelpText("after", WHY_NOTES)
    .action((asked: string, files: string[], options: WhyCommand) => {
      const { runWhy } = require("./why") as typeof import("./why");
      process.exitCode = runWhy(asked, files, options);
    });
}

/** Adds `originproof explain`: what a rule or an error of Cloudflare's means. */
export function addExplain(root: Command): void {
  root
    .command("explain")
    .description("what a rule or an error of Cloudflare's means, and what to do")
    .argument("[rule or code]", "as firewall/misses-edge-range or 521; without it, all are listed")
    .option("--format <name>", "text, markdown or json")
    .addHelpText("after", EXPLAIN_NOTES)
    .action((asked: string | undefined, options: ExplainCommand) => {
      const { runExplain } = require("./explain") as typeof import("./explain");
      process.exitCode = runExplain(asked, options);
    });
}

const INIT_NOTES = `
Exit codes:
  0  written
  2  not written: it is there already, or can't be
`;

/** Adds `originproof init`: a start of the configuration file. */
export function addInit(root: Command): void {
  root
    .command("init")
    .description("write a commented start of originproof.config.json")
    .option("--config <file>", "another name for it (default: originproof.config.json)")
    .option("--force", "replace the file that is there")
    .addHelpText("after", INIT_NOTES)
    .action((options: InitCommand) => {
      const { runInit } = require("./init") as typeof import("./init");
      process.exitCode = runInit(options);
    });
}
