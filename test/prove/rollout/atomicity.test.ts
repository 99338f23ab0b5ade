import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import {
  ATOMICITY,
  INERT_EVERYWHERE,
  mannerOf,
  READ_ATTRIBUTES,
} from "../../../lib/prove/rollout/atomicity";
import { READ_TYPES } from "../../../lib/read/read-types";

const READ = join(__dirname, "../../../lib/read");
const SCHEMAS = join(__dirname, "../../../sandbox/schemas");

/** Texts of the reader that look like a resource type or an attribute. */
function textsOfReader(): ReadonlySet<string> {
  const found = new Set<string>();
  const files = readdirSync(READ, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith("read-types.ts") && !file.includes("link"),
  );
  for (const file of files) {
    const text = readFileSync(join(READ, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) {
        found.add(node.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

const TEXTS = textsOfReader();

function hasRow(type: string, attribute: string): boolean {
  const inert = INERT_EVERYWHERE.has(attribute);
  return (
    inert || ATOMICITY.some((row) => row.types.includes(type) && row.attributes.includes(attribute))
  );
}

/** What a configuration can set, of the types that the reader looks at. */
function settable(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const file of readdirSync(SCHEMAS).filter((name) => name.endsWith(".json"))) {
    const { resource_schemas: types } = JSON.parse(
      readFileSync(join(SCHEMAS, file), "utf8"),
    ) as Schemas;
    for (const [type, { block }] of Object.entries(types)) {
      const attributes = Object.entries(block.attributes ?? {}).flatMap(([name, each]) =>
        each.optional === true || each.required === true ? [name] : [],
      );
      if (READ_TYPES.has(type)) {
        found.set(type, [...attributes, ...Object.keys(block.block_types ?? {})]);
      }
    }
  }
  return found;
}

interface Schemas {
  readonly resource_schemas: Readonly<
    Record<
      string,
      {
        readonly block: {
          readonly attributes?: Readonly<
            Record<string, { optional?: boolean; required?: boolean }>
          >;
          readonly block_types?: object;
        };
      }
    >
  >;
}

/** Types that the reader names without reading an object of them. */
const NAMED_ONLY: ReadonlySet<string> = new Set([
  "aws_cloudfront_distribution",
  "aws_ssm_association",
]);

describe("the table of updates", () => {
  it("cites the provider and its version or commit in each row", () => {
    for (const { source } of ATOMICITY) {
      expect(source).toMatch(
        /^(hashicorp\/aws|cloudflare\/cloudflare) (\d+\.\d+\.\d+|at [0-9a-f]{8})\b/,
      );
    }
  });

  it("has one row for a type and attribute", () => {
    const keys = ATOMICITY.flatMap(({ types, attributes }) =>
      types.flatMap((type) => attributes.map((attribute) => `${type} ${attribute}`)),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("knows every type that the reader looks at", () => {
    // A data source that lists objects is named in the plural.
    const isList = (text: string) => text.endsWith("s") && READ_TYPES.has(text.slice(0, -1));
    const types = [...TEXTS].filter(
      (text) => /^(aws|cloudflare)_[a-z0-9_]+[a-z0-9]$/.test(text) && !isList(text),
    );
    const missing = types.filter((type) => !READ_TYPES.has(type) && !NAMED_ONLY.has(type));
    expect(missing.sort()).toEqual([]);
  });

  it("leaves no attribute that the reader names inert without a row", () => {
    const missing = [...settable()].flatMap(([type, names]) =>
      names.filter((name) => TEXTS.has(name) && !hasRow(type, name) && !READ_ATTRIBUTES.has(name)),
    );
    expect([...new Set(missing)].sort()).toEqual([]);
  });

  it.each([
    ["aws_instance", "tags", "inert"],
    ["aws_instance", "monitoring", "inert"],
    ["aws_instance", "subnet_id", undefined],
    ["aws_security_group", "ingress", "revoke-then-authorize"],
    ["aws_lb_target_group", "health_check", "one-call"],
    ["aws_lb_target_group", "target_type", undefined],
    ["cloudflare_record", "value", "one-call"],
    ["cloudflare_ruleset", "name", "inert"],
    ["aws_launch_template", "user_data", "inert"],
    ["aws_main_route_table_association", "route_table_id", "one-call"],
    ["aws_default_route_table", "route", "route-by-route"],
  ])("says of %s %s: %s", (type, attribute, manner) => {
    expect(mannerOf(type, attribute)).toBe(manner);
  });
});
