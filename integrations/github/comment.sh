#!/usr/bin/env bash
# Posts or updates the comment. The report is in the step's summary already, so that a token that may
# not write, as on a pull request from a fork, is no failure; the review's verdict is the job's.
set -euo pipefail

options=(--fallback-summary)
[ -z "$ORIGINPROOF_KEY" ] || options+=(--key "$ORIGINPROOF_KEY")

# What the API says is printed: meanwhile, the runner takes no line for a command.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
status=0
echo "::stop-commands::$token"
env -u GITHUB_STEP_SUMMARY node "$ORIGINPROOF_MAIN" comment "$ORIGINPROOF_REPORT" "${options[@]}" ||
  status=$?
echo "::$token::"
[ "$status" -eq 0 ] ||
  echo "::warning title=originproof::The comment could not be posted; the report is in the summary, and the reason in the log."
