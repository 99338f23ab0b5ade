import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { reviewOf } from "originproof/jest";
import ts from "typescript";
import { compileProblems } from "../support/compile";
import { only, resourcesOf } from "../support/synth";

const GUIDES = join(__dirname, "../../docs/guides");
const NAMES = ["jest", "library", "reports", "third-party-firewall"];

const codes = new Map(
  NAMES.map((name) => {
    const text = readFileSync(join(GUIDES, `${name}.md`), "utf8");
    const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
    return [join(GUIDES, `${name}.example.ts`), blocks.join("\n")];
  }),
);
const problems = compileProblems(codes);

it.each(NAMES)("docs/guides/%s.md has an example that compiles", (name) => {
  expect(codes.get(join(GUIDES, `${name}.example.ts`))).not.toBe("");
  expect(problems.get(join(GUIDES, `${name}.example.ts`))).toEqual([]);
});

/** Guides with whole files, each with its name behind the language. */
const FILES = ["adopting"].map((name) => {
  const text = readFileSync(join(GUIDES, `${name}.md`), "utf8");
  const blocks = [...text.matchAll(/^```ts (\S+)\n(.*?)^```$/gms)];
  return [
    name,
    new Map(blocks.map(([, file = "", code = ""]) => [join(GUIDES, file), code])),
  ] as const;
});

it.each(FILES)("docs/guides/%s.md has files that compile together", (_, files) => {
  expect(files.size).toBeGreaterThan(0);
  expect([...compileProblems(files).values()].flat()).toEqual([]);
});

test("every guide is tested, and in the index of docs", () => {
  const index = readFileSync(join(GUIDES, "../README.md"), "utf8");
  const files = readdirSync(GUIDES).filter((file) => file.endsWith(".md"));
  const names = files.map((file) => file.replace(/\.md$/, ""));
  expect(names.filter((name) => !index.includes(`](guides/${name}.md)`))).toEqual([]);
  const tested = [
    ...NAMES,
    "adopting",
    "pull-requests",
    "several-stacks",
    "terraform-without-cdktf",
    "why",
  ];
  expect(names.sort()).toEqual(tested.sort());
});

describe("the third-party firewall of the guide", () => {
  const { outputText } = ts.transpileModule(
    codes.get(join(GUIDES, "third-party-firewall.example.ts")) ?? "",
    { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } },
  );
  const exports: { Shop?: new (...args: [object, string]) => TerraformStack } = {};
  new Function("exports", "require", outputText)(exports, require);
  const { Shop = TerraformStack as never } = exports;
  const stack = new Shop(Testing.app(), "shop");

  it("is in place before the record", () => {
    const resources = resourcesOf(stack);
    expect(only(resources, "cloudflare_dns_record")).toMatchObject({
      content: "${hcloud_server.Server.ipv4_address}",
      depends_on: expect.arrayContaining([
        expect.stringMatching(/^terraform_data\.Firewall_Ready_/),
        expect.stringMatching(/^hcloud_firewall_attachment\.Origin_Attachment_/),
      ]),
    });
  });

  it("is undetermined, with the reason, and never wrongly proved", () => {
    const { paths } = reviewOf(stack);
    expect(paths).toHaveLength(1);
    const [path] = paths;
    expect(path?.availability.verdict).toBe("undetermined");
    expect(path?.exclusivity.verdict).toBe("undetermined");
    expect(path?.availability.reasons.map(({ text }) => text).join()).toContain("hcloud_server");
  });
});
