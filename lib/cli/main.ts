#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { addExplain, addInit, addWhy } from "./asking";
import { addComment } from "./comment-command";
import { tuneEngine } from "./engine";
import { STATEMENTS, UNUSABLE } from "./exit-code";
import { refuseRepeated } from "./once";
import { packageVersion } from "./package-version";
import type { ReviewCommand } from "./review";

const EXAMPLES = `
Examples:
  terraform show -json tfplan | originproof review -
  originproof review network.json site.json --synth cdktf.out
  originproof review cdktf.out --format text --format json=review.json
  originproof review head.json --base base.json --fail-on new

Exit codes:
  0  no unacknowledged error; with --fail-on new, none that is worse than before
  1  at least one
  2  could not run: unreadable input, bad option
`;

function program(): Command {
  const root = new Command("originproof")
    .description("Proves from Terraform JSON that all of Cloudflare's edge reaches your origins.")
    .version(packageVersion(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, "originproof: ")),
    });
  root
    .command("review")
    .description("prove the paths in plan JSON, state JSON or synth output (cdktf.out)")
    .argument("<file...>", "files or folders, taken as one topology; - reads standard input")
    .option(
      "--format <name[=file]>",
      "text (default), markdown, markdown-gitlab, html, json, sarif, codequality, or github-annotations; repeatable; to standard output or a file",
      collect,
    )
    .option(
      "--synth <folder>",
      "cdktf.out beside a plan: adds construct paths, source lines, declarations",
    )
    .option(
      "--graph <file>",
      "output of `terraform graph -plan=tfplan`: the order of the apply; repeatable",
      collect,
    )
    .option(
      "--state <file>",
      "output of `terraform state pull`: the flags that deletes follow; repeatable",
      collect,
    )
    .option(
      "--config <file>",
      "exceptions, origins and zones outside the input (default: originproof.config.json)",
    )
    .option("--write-config", "add origins that the input doesn't hold to that file, to fill in")
    .option(
      "--base <file>",
      "compare with a review (--format json), or with one made of a plan or cdktf.out",
    )
    .option("--base-config <file>", "the base's originproof.config.json, where it is no review")
    .option("--fail-on <what>", "error, or new: only what is worse than in the base")
    .option("--forbid-assumption <id>", "let no verdict rest on it; repeatable", collect)
    .option(
      "--require-proof <statements>",
      "fail unless every path is proved; alone, or =availability, =exclusivity, =rollout",
    )
    .addHelpText("after", EXAMPLES)
    .action((files: string[], options: ReviewCommand) => {
      // Loaded only when it runs: `--version` and `--help` stay instant.
      const { runReview } = require("./review") as typeof import("./review");
      process.exitCode = runReview(files, options);
    });
  addWhy(root);
  addExplain(root);
  addInit(root);
  addComment(root);
  refuseRepeated(root);
  return root;
}

function collect(value: string, all: string[] = []): string[] {
  return [...all, value];
}

const EXPECTED = new Set(["InputError", "ConfigError", "UsageError", "CommentError"]);

/** Known errors print one line; an unknown one is a bug of ours and keeps its stack. */
function fail(error: unknown): void {
  process.exitCode = UNUSABLE;
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : UNUSABLE;
  } else if (error instanceof Error && EXPECTED.has(error.name)) {
    process.stderr.write(`originproof: ${oneLine(error.message)}\n`);
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`originproof: this is a bug in originproof, please report it:\n${text}\n`);
  }
}

/** File names and JSON are outside text: no control character reaches the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").slice(0, 2_000);
}

/** `--require-proof` alone means every statement, and takes no file for its value. */
function words(): readonly string[] {
  return process.argv.map((word) =>
    word === "--require-proof" ? `${word}=${STATEMENTS.join(",")}` : word,
  );
}

tuneEngine();

// Whoever reads the output may stop early, as `head` does: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
});

program().parseAsync(words()).catch(fail);
