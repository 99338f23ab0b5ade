// Adds to package-lock.json the packages for other platforms that are missing from it. npm leaves
// out an optional package that the registry in use does not have, and `npm ci` then refuses the
// lock file. Run it after every change of dependencies: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const FILE = "package-lock.json";
const lock = JSON.parse(readFileSync(FILE, "utf8"));

/** What a platform package's own package.json would say, from its name: …-linux-x64-musl. */
function platformOf(name) {
  const words = name.split("-");
  const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
  const at = words.findIndex((word) => systems.includes(word));
  const [os, cpu, abi] = words.slice(at);
  const libc = { gnu: ["glibc"], musl: ["musl"] }[abi];
  return { os: [os], cpu: [cpu], ...(os === "linux" && libc !== undefined ? { libc } : {}) };
}

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    const known = place in lock.packages || `${path}/${place}` in lock.packages;
    if (!known && /^\d+\.\d+\.\d+$/.test(version)) {
      const dev = entry.dev === true ? { dev: true } : {};
      lock.packages[place] = { version, ...platformOf(name), ...dev, optional: true };
    }
  }
}

const sorted = Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
