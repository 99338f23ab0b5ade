import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { InputError } from "../../lib/read/input-error";
import { parseStackOrder } from "../../lib/read/stack-order";

describe("the order of an app's stacks", () => {
  it("is that of the manifest which synth writes", () => {
    const outdir = mkdtempSync(join(tmpdir(), "originproof-manifest-"));
    try {
      const app = new App({ outdir });
      const [first, second] = [new TerraformStack(app, "first"), new TerraformStack(app, "second")];
      second.addDependency(first);
      app.synth();
      const manifest = readFileSync(join(outdir, "manifest.json"), "utf8");
      expect([...parseStackOrder(manifest, "manifest.json")]).toEqual([
        ["first", []],
        ["second", ["first"]],
      ]);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  it.each(["", "[]", '{"version":"0.21"}', '{"stacks":[]}'])("is not that of %j", (text) => {
    expect(() => parseStackOrder(text, "manifest.json")).toThrow(InputError);
  });

  it("leaves out what is no name", () => {
    const text = '{"stacks":{"a":{"dependencies":["b",1]},"__proto__":null}}';
    expect([...parseStackOrder(text, "manifest.json")]).toEqual([
      ["a", ["b"]],
      ["__proto__", []],
    ]);
  });
});
