import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A type of Terraform's, as its JSON has it. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["object", Readonly<Record<string, CtyType>>]
  | readonly ["tuple", readonly CtyType[]];

type Nesting = "single" | "list" | "set" | "map" | "group";

export interface Attribute {
  readonly type?: CtyType;
  readonly nested_type?: {
    readonly attributes: Readonly<Record<string, Attribute>>;
    readonly nesting_mode: Nesting;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
}

export interface NestedBlock {
  readonly nesting_mode: Nesting;
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
}

export interface Schema {
  readonly version: number;
  readonly block: Block;
}

export interface ProviderSchemas {
  readonly source: string;
  readonly provider_schema: Schema;
  readonly resource_schemas: Readonly<Record<string, Schema>>;
  readonly data_source_schemas: Readonly<Record<string, Schema>>;
}

/** Reads `schemas/<provider>.json` of the sandbox folder, and what `<provider>-more.json` adds. */
export function loadSchemas(root: string, provider: string): ProviderSchemas {
  const read = (name: string): ProviderSchemas =>
    JSON.parse(readFileSync(join(root, "schemas", `${name}.json`), "utf8"));
  const schemas = read(provider);
  if (!existsSync(join(root, "schemas", `${provider}-more.json`))) return schemas;
  const { resource_schemas } = read(`${provider}-more`);
  return { ...schemas, resource_schemas: { ...schemas.resource_schemas, ...resource_schemas } };
}

export function blockType(block: Block): CtyType {
  const attributes = Object.entries(block.attributes ?? {}).map(
    ([name, attribute]) => [name, attributeType(attribute)] as const,
  );
  const blocks = Object.entries(block.block_types ?? {}).map(
    ([name, nested]) => [name, nest(nested.nesting_mode, blockType(nested.block))] as const,
  );
  return ["object", Object.fromEntries([...attributes, ...blocks])];
}

export function attributeType(attribute: Attribute): CtyType {
  const nested = attribute.nested_type;
  if (nested === undefined) return attribute.type ?? "dynamic";
  return nest(nested.nesting_mode, blockType({ attributes: nested.attributes }));
}

function nest(nesting: Nesting, type: CtyType): CtyType {
  return nesting === "single" || nesting === "group" ? type : [nesting, type];
}

/** The schema in the form that goes over the wire. */
export function toWire(schema: Schema): object {
  return { version: schema.version, block: wireBlock(schema.block, schema.version) };
}

function wireBlock(block: Block, version = 0): object {
  return {
    version,
    attributes: wireAttributes(block.attributes ?? {}),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: wireBlock(nested.block),
      nesting: nested.nesting_mode.toUpperCase(),
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
  };
}

function wireAttributes(attributes: Readonly<Record<string, Attribute>>): object[] {
  return Object.entries(attributes).map(([name, attribute]) => ({
    name,
    required: attribute.required === true,
    optional: attribute.optional === true,
    computed: attribute.computed === true,
    sensitive: attribute.sensitive === true,
    ...(attribute.nested_type === undefined
      ? { type: Buffer.from(JSON.stringify(attribute.type)) }
      : {
          nested_type: {
            attributes: wireAttributes(attribute.nested_type.attributes),
            nesting: attribute.nested_type.nesting_mode.toUpperCase(),
          },
        }),
  }));
}
