#!/usr/bin/env bash
# Finds or installs originproof; the output `main` is the program for node.
# Takes ORIGINPROOF_VERSION; without it, the commit that the action was taken from is built.
set -euo pipefail

fail() {
  echo "::error title=originproof::$1"
  exit 2
}

command -v node >/dev/null || fail "There is no node on the PATH; use actions/setup-node before."
major=$(node -p 'process.versions.node.split(".")[0]')
[ "$major" -ge 20 ] || fail "Node 20 or later is needed; use actions/setup-node before."

version=${ORIGINPROOF_VERSION:-}
if [ -n "$version" ]; then
  [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] ||
    fail "The input 'version' is no whole version such as 0.1.0."
  folder=$(mktemp -d "$RUNNER_TEMP/originproof-install.XXXXXX")
  npm install --prefix "$folder" --ignore-scripts --omit=peer --no-audit --no-fund --no-save \
    "originproof@$version"
  main=$folder/node_modules/originproof/dist/cli/main.js
else
  main=$GITHUB_ACTION_PATH/dist/cli/main.js
  if [ ! -f "$main" ] || [ ! -d "$GITHUB_ACTION_PATH/node_modules/commander" ]; then
    (
      cd "$GITHUB_ACTION_PATH"
      # The command alone, without the packages that the constructs need: seconds, not minutes.
      npm ci --ignore-scripts --omit=dev --omit=peer --no-audit --no-fund
      typescript=$(node -p 'require("./package.json").devDependencies.typescript')
      npm exec --yes --package="typescript@$typescript" -- tsc -p integrations/github/tsconfig.json
    )
  fi
fi

node "$main" --version
echo "main=$main" >>"$GITHUB_OUTPUT"
