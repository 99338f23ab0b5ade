import type { Command } from "commander";
import type { CommentCommand } from "./comment";

const NOTES = `
Examples:
  originproof comment review.md
  originproof comment review.md --provider github --repository acme/shop --number 7

In GitHub Actions and GitLab CI the rest is known. The token is GITHUB_TOKEN, with
the permission pull-requests: write, or GITLAB_TOKEN, with the scope api.

Exit codes:
  0  posted, updated, or as it was
  2  could not: the message says what to do
`;

/** Adds `originproof comment`: a report as one comment, updated in place. */
export function addComment(root: Command): void {
  root
    .command("comment")
    .description("post a Markdown report as one comment on a pull request, or update it")
    .argument("<file>", "what `review --format markdown=<file>` wrote; - reads standard input")
    .option("--key <word>", "for several comments on one pull request: tells them apart")
    .option("--provider <name>", "github or gitlab (default: by the environment)")
    .option("--repository <name>", "owner/name; for GitLab also its number")
    .option("--number <number>", "of the pull request or merge request")
    .option("--api-url <url>", "as https://github.example.com/api/v3")
    .option("--max-wait <seconds>", "all waits for rate limits and errors together (default: 120)")
    .option(
      "--fallback-summary",
      "where the token may not write: to GITHUB_STEP_SUMMARY, and exit 0",
    )
    .option("--dry-run", "read, and say what would be written")
    .addHelpText("after", NOTES)
    .action(async (file: string, options: CommentCommand) => {
      const { runComment } = require("./comment") as typeof import("./comment");
      process.exitCode = await runComment(file, options);
    });
}
