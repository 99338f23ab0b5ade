import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { transformSync } from "@swc/core";

const FOLDERS = ["provider", "cloud"];

/**
 * The provider as JavaScript, so that its process starts in a fifth of a second: terraform starts
 * several of them for one plan. Kept under node_modules/.cache by the sources' digest.
 *
 * @returns the path of `provider/main.js`
 */
export function compiledProvider(root: string): string {
  const sources = FOLDERS.flatMap((folder) => typescript(join(root, folder)));
  const texts = sources.map((file) => readFileSync(file, "utf8"));
  const digest = createHash("sha256").update(texts.join("\0")).digest("hex").slice(0, 16);
  const cache = join(dirname(root), "node_modules", ".cache", "originproof-sandbox");
  const built = join(cache, digest);
  const main = join(built, "provider", "main.js");
  if (existsSync(main)) return main;

  const fresh = `${built}.${process.pid}`;
  for (const [index, file] of sources.entries()) {
    const target = join(fresh, relative(root, file)).replace(/\.ts$/, ".js");
    const { code } = transformSync(texts[index] ?? "", {
      filename: file,
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  try {
    renameSync(fresh, built);
  } catch (error) {
    // Another process was faster with the same sources.
    if (!existsSync(main)) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  return main;
}

function typescript(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
