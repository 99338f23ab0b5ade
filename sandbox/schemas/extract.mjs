// Writes aws.json and cloudflare.json: node sandbox/schemas/extract.mjs <folder of the sources>
// The sources are what `terraform providers schema -json` of the real providers printed, and are
// not part of the repository; README.md says what is done to them.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { leftOut, patches } from "./patches.mjs";

const [, , from] = process.argv;
const load = (name) => JSON.parse(readFileSync(join(from, name), "utf8"));
const sorted = (record) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Restores and adds what a patch line says: "entry.description": {…}; null removes. */
function patch(block, path, attribute) {
  const [head, ...rest] = path.split(".");
  const inner = block.block_types?.[head]?.block ?? block.attributes?.[head]?.nested_type;
  if (rest.length > 0 && inner !== undefined) return patch(inner, rest.join("."), attribute);
  if (rest.length > 0) {
    const element = block.attributes[head].type[1][1];
    element[rest[0]] = attribute.type;
    block.attributes[head].type[1][1] = sorted(element);
    return undefined;
  }
  if (attribute === null) delete block.attributes[head];
  else if (attribute.block === undefined)
    block.attributes = sorted({ ...block.attributes, [head]: attribute });
  else block.block_types = sorted({ ...block.block_types, [head]: attribute });
  return undefined;
}

for (const [provider, file] of [
  ["aws", "schema.aws-5.32.0.json"],
  ["cloudflare", "schema.cloudflare-5.14.0.json"],
]) {
  const source = load(file);
  const region =
    provider === "aws" ? { region: { type: "string", optional: true, computed: true } } : {};
  const pick = (kind, schemas) =>
    Object.fromEntries(
      Object.entries(schemas)
        .filter(([type]) => !leftOut.includes(type))
        .map(([type, schema]) => {
          const wanted = { ...region, ...patches[provider][`${kind}${type}`] };
          for (const [path, attribute] of Object.entries(wanted))
            patch(schema.block, path, attribute);
          return [type, schema];
        }),
    );
  const configuration =
    provider === "aws" ? { version: 0, block: patches.awsProvider } : source.provider_schema;
  const lines = (schemas) =>
    Object.entries(sorted(schemas))
      .map(([type, schema]) => `    ${JSON.stringify(type)}: ${JSON.stringify(schema)}`)
      .join(",\n");
  writeFileSync(
    join(import.meta.dirname, `${provider}.json`),
    `{
  "source": ${JSON.stringify(`${source.provider} ${source.version}`)},
  "provider_schema": ${JSON.stringify(configuration)},
  "resource_schemas": {
${lines(pick("", source.resource_schemas))}
  },
  "data_source_schemas": {
${lines(pick("data.", source.data_source_schemas))}
  }
}
`,
  );
}
