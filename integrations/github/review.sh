#!/usr/bin/env bash
# Reviews once, writes every report, the step's summary, annotations and outputs.
# Ends with 0 where a review could be made: its own exit code is an output, for the last step.
set -euo pipefail

cd "$ORIGINPROOF_FOLDER"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(mktemp -d "$RUNNER_TEMP/originproof.XXXXXX")

fail() {
  echo "::error title=originproof::$1"
  exit 2
}

# The lines of a text, without blanks around them.
lines() {
  local line
  while IFS= read -r line; do
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    [ -z "$line" ] || printf '%s\n' "$line"
  done <<<"$1"
}

files=()
while IFS= read -r line; do
  if [ -e "$line" ]; then
    files+=("$line")
    continue
  fi
  found=0
  while IFS= read -r file; do
    files+=("$file")
    found=1
  done < <(compgen -G "$line" | LC_ALL=C sort || true)
  # A name that is there for nobody is left to the review, which says so.
  [ "$found" = 1 ] || files+=("$line")
done < <(lines "$ORIGINPROOF_PLANS")
[ "${#files[@]}" -gt 0 ] || fail "The input 'plans' names no file."

options=(
  --format text
  --format "markdown=$out/review.md"
  --format "json=$out/review.json"
  --format "sarif=$out/review.sarif"
  --format "github-annotations=$out/annotations.txt"
  --fail-on "$ORIGINPROOF_FAIL_ON"
)
[ -z "$ORIGINPROOF_SYNTH" ] || options+=(--synth "$ORIGINPROOF_SYNTH")
[ -z "$ORIGINPROOF_CONFIG" ] || options+=(--config "$ORIGINPROOF_CONFIG")
[ -z "$ORIGINPROOF_BASE" ] || options+=(--base "$ORIGINPROOF_BASE")
[ -z "$ORIGINPROOF_BASE_CONFIG" ] || options+=(--base-config "$ORIGINPROOF_BASE_CONFIG")
[ -z "$ORIGINPROOF_REQUIRE_PROOF" ] || options+=("--require-proof=$ORIGINPROOF_REQUIRE_PROOF")
while IFS= read -r line; do options+=(--graph "$line"); done < <(lines "$ORIGINPROOF_GRAPHS")
while IFS= read -r line; do options+=(--state "$line"); done < <(lines "$ORIGINPROOF_STATES")

# What is printed holds names out of a plan: meanwhile, the runner takes no line for a command.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
status=0
echo "::stop-commands::$token"
node "$ORIGINPROOF_MAIN" review "${options[@]}" -- "${files[@]}" || status=$?
echo "::$token::"
[ "$status" -le 1 ] || fail "The review could not run: the reason is above."

cat "$out/review.md" >>"$GITHUB_STEP_SUMMARY"
node "$here/report.mjs" "$out" "$ORIGINPROOF_FOLDER" "$ORIGINPROOF_ANNOTATIONS"
[ -z "$ORIGINPROOF_SARIF" ] || cp "$out/review.sarif" "$ORIGINPROOF_SARIF"
{
  echo "exit-code=$status"
  echo "json=$out/review.json"
  echo "markdown=$out/review.md"
  echo "sarif=$out/review.sarif"
} >>"$GITHUB_OUTPUT"
