// Jest's globalSetup: what a run leaves behind in the system's temporary folder, cdktf's own folders
// included, is in one folder, which remove-temporary-folder.cjs takes away at the end.
const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

module.exports = () => {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), "originproof-tests-"));
  // Workers, and what tests run, inherit it.
  process.env.TMPDIR = folder;
  globalThis.temporaryFolder = { folder, before };
};
