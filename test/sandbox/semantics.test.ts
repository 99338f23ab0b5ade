import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, loadSchemas } from "../../sandbox/provider/schema";
import { loadSemantics, type Semantics } from "../../sandbox/provider/semantics";

const ROOT = join(__dirname, "../../sandbox");
const FOLDER = join(ROOT, "semantics");
const schemas = { ...resources("aws"), ...resources("cloudflare") };
const types = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json") && !name.startsWith("data."))
  .map((name) => name.replace(/\.json$/, ""));

function resources(provider: string) {
  return loadSchemas(ROOT, provider).resource_schemas;
}

/** The attribute or block at a dotted path. */
function at(block: Block, path: string): object | undefined {
  const [head = "", ...rest] = path.split(".");
  const attribute = block.attributes?.[head];
  const nested = block.block_types?.[head];
  if (rest.length === 0) return attribute ?? nested;
  const inner = attribute?.nested_type ?? nested?.block;
  return inner === undefined ? undefined : at(inner, rest.join("."));
}

/** Nearly every type has an id: it is filled unless a file says otherwise. */
const filledOf = ({ fill }: Semantics, block: Block): readonly string[] =>
  Object.keys(fill).filter((name) => name !== "id" || at(block, name) !== undefined);

describe("the semantics of an older provider", () => {
  const older = readdirSync(join(FOLDER, "cloudflare-4")).map((name) => name.replace(".json", ""));

  it.each(older)("%s: each line has a source, and names only what the schema has", (type) => {
    const file = join(FOLDER, "cloudflare-4", `${type}.json`);
    for (const { source } of JSON.parse(readFileSync(file, "utf8"))) expect(source).toMatch(/.{8}/);
    const block = resources("cloudflare-4")[type]?.block ?? {};
    const facts = loadSemantics(ROOT, type, "cloudflare-4");
    const names = [...facts.replace, ...Object.keys(facts.default), ...filledOf(facts, block)];
    expect(names.filter((name) => at(block, name) === undefined)).toEqual([]);
  });
});

describe("the semantics of the sandbox", () => {
  it.each(types)("%s says where each line is from", (type) => {
    const lines: readonly { source?: unknown }[] = JSON.parse(
      readFileSync(join(FOLDER, `${type}.json`), "utf8"),
    );
    for (const line of lines) expect(line.source).toMatch(/.{8}/);
  });

  it.each(types)("%s names only what its schema has", (type) => {
    const block = schemas[type]?.block ?? {};
    const facts = loadSemantics(ROOT, type);
    const names = [
      ...facts.replace,
      ...facts.replaceOnKind,
      ...Object.entries(facts.replaceIf).flat(),
      ...Object.keys(facts.default),
      ...Object.entries(facts.nullWith).flat(),
      ...Object.entries(facts.unknownWith).flat(),
      ...facts.keep,
      ...facts.computedBlocks,
      ...filledOf(facts, block),
      ...Object.keys(facts.refreshed),
    ];
    expect(names.filter((name) => at(block, name) === undefined)).toEqual([]);
  });

  it.each(types)("%s fills only what is computed", (type) => {
    const block = schemas[type]?.block ?? {};
    const facts = loadSemantics(ROOT, type);
    const wrong = filledOf(facts, block).filter((name) => {
      const computed = (at(block, name) as { computed?: boolean } | undefined)?.computed === true;
      return !computed && !facts.computedBlocks.includes(name);
    });
    expect(wrong).toEqual([]);
  });

  it.each(types.filter((type) => type.startsWith("cloudflare_")))(
    "%s has defaults only for what is computed: Terraform takes no others of the framework",
    (type) => {
      const block = schemas[type]?.block ?? {};
      const names = Object.keys(loadSemantics(ROOT, type).default);
      expect(names.filter((name) => !("computed" in (at(block, name) ?? {})))).toEqual([]);
    },
  );
});
