// Jest's globalTeardown: see temporary-folder.cjs.
const { rmSync } = require("node:fs");

module.exports = () => {
  const { folder, before } = globalThis.temporaryFolder;
  if (before === undefined) {
    delete process.env.TMPDIR;
  } else {
    process.env.TMPDIR = before;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
};
