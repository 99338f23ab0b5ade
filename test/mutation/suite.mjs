import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { bind } = require("jest-each");
const { expect } = require("expect");

/** What is to be taken away after a test is the folders of sandboxes, which are not made here. */
const nothing = () => undefined;

/** Says which file the next test is of. */
export const runningIn = (file) => expect.setState({ testPath: file });

/** Collects the tests of a file, which calls `describe`, `it` and `test` as under Jest. */
export class Suite {
  tests = [];
  #titles = [];
  #ids = new Map();

  /** @param file its path in the project, with which the ids begin */
  constructor(file) {
    this.file = file;
  }

  /** Makes `describe`, `it`, `test` and `expect` those of this suite. */
  open() {
    const it = Object.assign((...args) => this.#add(...args), {});
    const describe = (title, body) => this.#describe(title, body);
    it.each = bind(it, false);
    describe.each = bind(describe, false);
    const unsupported = () => {
      throw new Error(`${this.file} uses what test/mutation/suite.mjs does not have`);
    };
    const before = { beforeAll: unsupported, beforeEach: unsupported };
    const after = { afterAll: nothing, afterEach: nothing };
    Object.assign(globalThis, { describe, it, test: it, expect, jest: undefined });
    Object.assign(globalThis, before, after);
    runningIn(this.file);
  }

  #describe(title, body) {
    this.#titles.push(title);
    body();
    this.#titles.pop();
  }

  #add(title, run) {
    const name = [...this.#titles, title].join(" › ");
    const count = (this.#ids.get(name) ?? 0) + 1;
    this.#ids.set(name, count);
    const id = `${this.file} › ${name}${count > 1 ? ` (${count})` : ""}`;
    this.tests.push({ id, run });
  }
}
