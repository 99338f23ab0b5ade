import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { Script } from "node:vm";
import { transformSync } from "@swc/core";

const WRAPPER = ["(function (exports, require, module, __filename, __dirname) {", "\n})"];

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/**
 * Loads TypeScript modules afresh as often as wanted: what is compiled is kept, what was evaluated
 * is not. A mutant so never meets what another one left in a cache.
 */
export class Modules {
  #compiled = new Map();
  #resolved = new Map();
  #evaluated = new Map();

  /** @param aliases names of packages that are files of the project */
  constructor(root, aliases) {
    this.root = root;
    this.aliases = new Map(Object.entries(aliases).map(([name, file]) => [name, join(root, file)]));
  }

  /** @param keeps paths in the project whose modules stay as they are */
  forget(keeps) {
    for (const file of this.#evaluated.keys()) {
      if (!keeps?.test(file.slice(this.root.length + 1))) this.#evaluated.delete(file);
    }
  }

  load(file) {
    const known = this.#evaluated.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {}, id: file, filename: file };
    this.#evaluated.set(file, module);
    const { run, require } = this.#compile(file);
    run.runInThisContext()(module.exports, require, module, file, dirname(file));
    return module.exports;
  }

  #compile(file) {
    const known = this.#compiled.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(file, "utf8");
    const code = file.endsWith(".json") ? `module.exports = ${text}` : transformed(text, file);
    const made = {
      run: new Script(WRAPPER.join(code), { filename: file }),
      require: this.#requireOf(file),
    };
    this.#compiled.set(file, made);
    return made;
  }

  /** What is the project's is loaded afresh, packages are not. */
  #requireOf(file) {
    const native = createRequire(file);
    return (name) => {
      const own = this.#resolve(name, dirname(file));
      return own === undefined ? native(name) : this.load(own);
    };
  }

  #resolve(name, folder) {
    if (!name.startsWith(".")) return this.aliases.get(name);
    const path = resolve(folder, name);
    if (!this.#resolved.has(path)) {
      const tried = [path, `${path}.ts`, join(path, "index.ts")];
      this.#resolved.set(path, tried.find(isFile));
    }
    return this.#resolved.get(path);
  }
}

function transformed(text, filename) {
  const parser = { syntax: "typescript" };
  return transformSync(text, {
    filename,
    swcrc: false,
    jsc: { target: "es2022", parser },
    module: { type: "commonjs", ignoreDynamic: true },
    sourceMaps: false,
  }).code;
}
