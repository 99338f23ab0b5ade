// Writes aws-more.json and cloudflare-more.json: node sandbox/schemas/from-bindings.mjs
// Schemas of types that the extracted sources lack, read from the installed cdktf bindings, which
// were generated from the real schemas: their source, kept in the source maps, says of each
// attribute whether it is computed, optional or required, and of what type it is.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wanted } from "./wanted.mjs";

const ROOT = join(import.meta.dirname, "../../node_modules/@cdktf");

function sourceOf(provider, type) {
  const folder = type.replace(/^[a-z]+_/, "").replaceAll("_", "-");
  const text = (file) =>
    readFileSync(join(ROOT, `provider-${provider}/lib/${folder}/${file}`), "utf8");
  const sources = ["index.js", "index-structs/index.js", ...structs(text)].flatMap((file) => {
    try {
      const [, map] = /sourceMappingURL=data:application\/json;base64,(.*)/.exec(text(file)) ?? [];
      return map === undefined ? [] : [JSON.parse(Buffer.from(map, "base64")).sourcesContent[0]];
    } catch {
      return [];
    }
  });
  return sources.join("\n");
}

/** Large types have their structs in further files. */
function structs(text) {
  try {
    const names = text("index-structs/index.js").matchAll(/require\("\.\/([^"]+)"\)/g);
    return [...names].map(([, name]) => `index-structs/${name}.js`);
  } catch {
    return [];
  }
}

/** The body of each class by its name. */
function classesOf(source) {
  const parts = source.split(/^export class /m).slice(1);
  return new Map(parts.map((part) => [/^\w+/.exec(part)[0], part]));
}

const SIMPLE = { String: "string", Number: "number", Boolean: "bool" };

/** `{ type }`, or `{ inner, nesting, single }` of something with attributes of its own. */
function shapeOf(body, name) {
  const made = new RegExp(
    `new (\\w+?)(List|Map)?(?:OutputReference)?\\(this, "${name}"(, \\w+)?\\)`,
  );
  const complex = made.exec(body);
  if (complex !== null && !/^(cdktf|StringMap|BooleanMap|NumberMap)$/.test(complex[1])) {
    const [, inner, kind, flag = ""] = complex;
    if (kind === "Map") return { inner, nesting: "map" };
    if (kind === "List") return { inner, nesting: flag.includes("true") ? "set" : "list" };
    return { inner, nesting: "list", single: true };
  }
  const list = /get(Number|Boolean)?ListAttribute/.exec(body);
  if (list !== null) {
    const isSet = /Fn\.tolist/.test(body);
    return { type: [isSet ? "set" : "list", SIMPLE[list[1] ?? "String"]] };
  }
  if (/getNumberListAttribute/.test(body)) return { type: ["list", "number"] };
  const map = /get(String|Number|Boolean|Any)MapAttribute|(String|Boolean|Number)Map\(/.exec(body);
  if (map !== null) return { type: ["map", SIMPLE[map[1] ?? map[2]] ?? "string"] };
  const simple = /get(String|Number|Boolean)Attribute/.exec(body);
  return simple === null ? { type: "dynamic" } : { type: SIMPLE[simple[1]] };
}

function blockOf(classes, name, isCloudflare) {
  const body = classes.get(name) ?? classes.get(`${name}OutputReference`) ?? "";
  const found = [
    ...body.matchAll(/\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n/g),
  ];
  const block = { attributes: {}, block_types: {} };
  for (const [index, match] of found.entries()) {
    const [, attribute, computed, optional, required] = match;
    const end = found[index + 1]?.index ?? body.indexOf("// SYNTHESIS");
    const shape = shapeOf(body.slice(match.index, end < 0 ? undefined : end), attribute);
    const flags = {
      ...(required === "true" ? { required: true } : {}),
      ...(optional === "true" ? { optional: true } : {}),
      ...(computed === "true" ? { computed: true } : {}),
    };
    if (shape.type !== undefined) block.attributes[attribute] = { type: shape.type, ...flags };
    else nested(block, attribute, { shape, flags, classes, isCloudflare });
  }
  return block;
}

function nested(block, name, { shape, flags, classes, isCloudflare }) {
  const inner = blockOf(classes, shape.inner, isCloudflare);
  if (isCloudflare) {
    const nesting_mode = shape.single ? "single" : shape.nesting;
    block.attributes[name] = {
      nested_type: { attributes: inner.attributes, nesting_mode },
      ...flags,
    };
  } else if (flags.computed && !flags.optional) {
    block.attributes[name] = { type: [shape.nesting, objectOf(inner)], computed: true };
  } else if (name === "timeouts") {
    block.block_types[name] = { nesting_mode: "single", block: { attributes: inner.attributes } };
  } else {
    const limits = {
      ...(shape.single ? { max_items: 1 } : {}),
      ...(flags.required ? { min_items: 1 } : {}),
    };
    block.block_types[name] = { nesting_mode: shape.nesting, block: inner, ...limits };
  }
}

const objectOf = ({ attributes }) => [
  "object",
  Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type])),
];

for (const [provider, types] of Object.entries(wanted)) {
  const lines = types.map((type) => {
    const classes = classesOf(sourceOf(provider, type));
    const name = [...classes].find(([, body]) => body.includes(`tfResourceType = "${type}"`))?.[0];
    if (name === undefined) throw new Error(`no binding of ${type}`);
    const schema = { version: 0, block: blockOf(classes, name, provider === "cloudflare") };
    return `    ${JSON.stringify(type)}: ${JSON.stringify(schema)}`;
  });
  const { version } = JSON.parse(readFileSync(join(ROOT, `provider-${provider}/package.json`)));
  writeFileSync(
    join(import.meta.dirname, `${provider}-more.json`),
    `{
  "source": "@cdktf/provider-${provider} ${version}",
  "resource_schemas": {
${lines.join(",\n")}
  }
}
`,
  );
}
