import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Checks configuration against the schema of the real provider, as `terraform providers schema`
 * prints it; sandbox/schemas/patches.mjs restored its attributes named `description`.
 */
const FILE = join(__dirname, "../../sandbox/schemas/cloudflare.json");

type Type = string | readonly [string, Type | Readonly<Record<string, Type>>];

interface Attribute {
  readonly type?: Type;
  readonly nested_type?: {
    readonly attributes: Readonly<Record<string, Attribute>>;
    readonly nesting_mode: "single" | "list" | "set" | "map";
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

interface Schema {
  readonly block: { readonly attributes: Readonly<Record<string, Attribute>> };
}

interface Provider {
  readonly resource_schemas: Readonly<Record<string, Schema>>;
  readonly data_source_schemas: Readonly<Record<string, Schema>>;
}

type Named = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const PROVIDER: Provider = JSON.parse(readFileSync(FILE, "utf8"));

/** Members of every block, which are Terraform's own. */
const META = new Set(["//", "count", "for_each", "depends_on", "lifecycle", "provider"]);

/** What the provider would refuse in Cloudflare's blocks of a `cdk.tf.json`; none is good. */
export function schemaProblems(json: object): readonly string[] {
  const { resource = {}, data = {} } = json as { resource?: Named; data?: Named };
  return [
    ...blocksIn(resource, PROVIDER.resource_schemas, ""),
    ...blocksIn(data, PROVIDER.data_source_schemas, "data."),
  ];
}

function blocksIn(named: Named, schemas: Readonly<Record<string, Schema>>, prefix: string) {
  const own = Object.entries(named).filter(([type]) => type.startsWith("cloudflare_"));
  return own.flatMap(([type, blocks]) => {
    const schema = schemas[type];
    return schema === undefined
      ? [`${prefix}${type} is no type of the provider`]
      : Object.entries(blocks).flatMap(([name, block]) => {
          const given = Object.entries(block).filter(([key]) => !META.has(key));
          const at = `${prefix}${type}.${name}`;
          return membersOf(Object.fromEntries(given), schema.block.attributes, at);
        });
  });
}

function membersOf(
  given: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, Attribute>>,
  at: string,
): string[] {
  const missing = Object.entries(attributes)
    .filter(([name, { required }]) => required === true && (given[name] ?? null) === null)
    .map(([name]) => `${at}.${name} is missing`);
  const bad = Object.entries(given).flatMap(([name, value]) => {
    const attribute = attributes[name];
    if (attribute === undefined) {
      return [`${at}.${name} is no attribute`];
    }
    return attribute.computed === true && attribute.required !== true && attribute.optional !== true
      ? [`${at}.${name} is computed and can't be set`]
      : problemsOf(value, attribute, `${at}.${name}`);
  });
  return [...missing, ...bad];
}

function problemsOf(
  value: unknown,
  { type, nested_type: nested }: Attribute,
  at: string,
): string[] {
  if (value === null || isExpression(value)) {
    return [];
  }
  if (nested === undefined) {
    return type !== undefined && fits(value, type) ? [] : [`${at} is no ${JSON.stringify(type)}`];
  }
  const one = (each: unknown, place: string) =>
    isObject(each) ? membersOf(each, nested.attributes, place) : [`${place} is no object`];
  switch (nested.nesting_mode) {
    case "single":
      return one(value, at);
    case "map":
      return isObject(value)
        ? Object.entries(value).flatMap(([key, each]) => one(each, `${at}.${key}`))
        : [`${at} is no map`];
    default:
      return Array.isArray(value)
        ? value.flatMap((each, index) => one(each, `${at}.${index}`))
        : [`${at} is no list`];
  }
}

function fits(value: unknown, type: Type): boolean {
  if (isExpression(value) || type === "dynamic") {
    return true;
  }
  if (typeof type === "string") {
    return typeof value === (type === "bool" ? "boolean" : type);
  }
  const [kind, inner] = type;
  if (kind === "list" || kind === "set") {
    return Array.isArray(value) && value.every((each) => fits(each, inner as Type));
  }
  return (
    isObject(value) &&
    Object.entries(value).every(([key, each]) => {
      const own = kind === "map" ? inner : (inner as Readonly<Record<string, Type>>)[key];
      return own !== undefined && fits(each, own as Type);
    })
  );
}

/** What Terraform works out can have any type. */
function isExpression(value: unknown): boolean {
  return typeof value === "string" && /^\$\{.*\}$/s.test(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
