import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaProblems } from "../support/cloudflare-schema";
import { configurationOf, removeRuns, runApp, stacksIn } from "../support/run-app";

const EXAMPLES = join(__dirname, "../../examples");

interface Broken {
  readonly rule: string;
  readonly witness: string;
  /** What visitors see; `undefined` where the site works. */
  readonly code: string | undefined;
  /** The user's line, or the construct's path for raw resources. */
  readonly at: RegExp;
}

const LIBRARY_LINE = /at {7}examples\/broken\/\S+\/main\.ts:\d+/;

const BROKEN: Readonly<Record<string, Broken>> = {
  "http-closed": {
    rule: "firewall/misses-port",
    witness: "103.21.244.0 gets no answer",
    code: "Error 522",
    at: LIBRARY_LINE,
  },
  "ipv6-forgotten": {
    rule: "firewall/misses-family",
    witness: "2400:cb00:: gets no answer",
    code: "Error 522",
    at: LIBRARY_LINE,
  },
  "open-to-the-world": {
    rule: "exposure/open-to-others",
    witness: "1.0.0.0 gets in",
    code: undefined,
    at: LIBRARY_LINE,
  },
  "port-not-proxied": {
    rule: "listener/port-not-proxied",
    witness: "103.21.244.0 gets no answer",
    code: "Error 522",
    at: /at {7}shop\/Firewall/,
  },
  "range-missing": {
    rule: "firewall/misses-edge-range",
    witness: "131.0.72.0 gets no answer",
    code: "Error 522",
    at: /at {7}shop\/Firewall/,
  },
};

afterAll(removeRuns);

describe("examples/broken", () => {
  it("are all listed here", () => {
    const folders = readdirSync(join(EXAMPLES, "broken"), { withFileTypes: true });
    const names = folders.filter((it) => it.isDirectory()).map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(BROKEN));
  });

  it.each(Object.entries(BROKEN))("%s is refused as its README says", (name, broken) => {
    const run = runApp(() => require(join(EXAMPLES, "broken", name, "main.ts")));
    const text = run.error instanceof Error ? run.error.message : "";
    expect(text.match(/rule {5}\S+/g)).toEqual([`rule     ${broken.rule}`]);
    expect(text).toContain(broken.witness);
    expect(text).toMatch(broken.at);

    const readme = readFileSync(join(EXAMPLES, "broken", name, "README.md"), "utf8");
    expect(readme).toContain(`\`${broken.rule}\``);
    expect(readme).toContain(`npx ts-node examples/broken/${name}/main.ts`);
    expect(readme).toContain("node dist/cli/main.js review cdktf.out/stacks/shop");
    expect(/visitor +(Error \d+)/.exec(text)?.[1]).toBe(broken.code);
    expect(/\*\*(Error \d+)\*\*/.exec(readme)?.[1]).toBe(broken.code);
    const problems = stacksIn(run).flatMap((stack) => schemaProblems(configurationOf(run, stack)));
    expect(problems).toEqual([]);
  });
});
