import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const LIB = join(__dirname, "../../lib");

/** Every module that a file imports, types included, through relative imports. */
function importsOf(file: string, seen = new Map<string, readonly string[]>()) {
  if (!seen.has(file)) {
    const text = readFileSync(file, "utf8");
    const specifiers = [...text.matchAll(/(?:from|import) "([^"]+)"/g)].map(
      ([, name = ""]) => name,
    );
    seen.set(
      file,
      specifiers.filter((name) => !name.startsWith(".")),
    );
    for (const name of specifiers.filter((one) => one.startsWith("."))) {
      const path = join(dirname(file), name);
      const found = [`${path}.ts`, join(path, "index.ts")].find((one) => existsSync(one));
      if (found !== undefined) {
        importsOf(found, seen);
      }
    }
  }
  return seen;
}

describe("the entry point", () => {
  it("loads no binding of a cloud provider, in types either", () => {
    const offenders = [...importsOf(join(LIB, "index.ts"))].flatMap(([file, names]) =>
      names
        .filter((name) => /^@cdktf\/provider-(?!cloudflare\/lib\/)/.test(name))
        .map((name) => `${relative(LIB, file)} imports ${name}`),
    );
    expect(offenders).toEqual([]);
  });

  it("is reached by this test", () => {
    const files = [...importsOf(join(LIB, "index.ts")).keys()].map((file) => relative(LIB, file));
    expect(files).toEqual(expect.arrayContaining(["zone/zone.ts", "synth/prove-at-synth.ts"]));
    const aws = [...importsOf(join(LIB, "firewall/aws/index.ts")).values()].flat();
    expect(aws).toContain("@cdktf/provider-aws/lib/security-group");
  });
});
