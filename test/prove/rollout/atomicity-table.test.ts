import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ATOMICITY,
  INERT_EVERYWHERE,
  KEEPS_ITS_VALUE,
  mannerOf,
  READ_ATTRIBUTES,
} from "../../../lib/prove/rollout/atomicity";

const SCHEMAS = join(__dirname, "../../../sandbox/schemas");

interface Schemas {
  readonly resource_schemas: Readonly<
    Record<string, { readonly block: { attributes?: object; block_types?: object } }>
  >;
}

/** By type, every attribute that its provider's schemas have. */
function schemas(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const file of readdirSync(SCHEMAS).filter((name) => name.endsWith(".json"))) {
    const { resource_schemas: types } = JSON.parse(
      readFileSync(join(SCHEMAS, file), "utf8"),
    ) as Schemas;
    for (const [type, { block }] of Object.entries(types)) {
      const own = [...Object.keys(block.attributes ?? {}), ...Object.keys(block.block_types ?? {})];
      found.set(type, new Set([...(found.get(type) ?? []), ...own]));
    }
  }
  return found;
}

const KNOWN = schemas();
const MANNERS = [
  "one-call",
  "inert",
  "revoke-then-authorize",
  "entry-by-entry",
  "route-by-route",
  "subnet-by-subnet",
  "described-entries-apart",
  "removes-then-adds",
  "adds-then-removes",
  "disassociate-then-associate",
  "stop-then-start",
];

/** What provider 4 of Cloudflare calls otherwise, or has besides. */
const OLDER: ReadonlySet<string> = new Set([
  "cloudflare_tunnel_config",
  "cloudflare_load_balancer default_pool_ids",
  "cloudflare_load_balancer fallback_pool_id",
]);

/** `aws_alb…` is another name of `aws_lb…`. */
const hasSchema = (type: string) =>
  KNOWN.has(type) || KNOWN.has(type.replace(/^aws_alb/, "aws_lb")) || OLDER.has(type);

describe("the rows of the table of updates", () => {
  it("are of types that the schemas have, each with attributes", () => {
    for (const { types, attributes } of ATOMICITY) {
      expect(types.filter((type) => !hasSchema(type))).toEqual([]);
      expect(Math.min(types.length, attributes.length)).toBeGreaterThan(0);
    }
  });

  it("are of attributes that the schemas have", () => {
    const isKnown = (type: string, name: string) =>
      KNOWN.get(type)?.has(name) === true || OLDER.has(type) || OLDER.has(`${type} ${name}`);
    const unknown = ATOMICITY.flatMap(({ types, attributes }) =>
      attributes.filter((name) => !types.some((type) => isKnown(type, name))),
    );
    expect(unknown).toEqual([]);
  });

  it("name a manner, and a file of the provider or what was seen of it", () => {
    for (const { manner, source } of ATOMICITY) {
      expect(MANNERS).toContain(manner);
      expect(source).toMatch(/\.go\b|calls logged: ./);
    }
  });
});

describe("how an attribute is updated", () => {
  it.each([...INERT_EVERYWHERE])("is no matter for %s, of any type", (name) => {
    expect(mannerOf("aws_anything", name)).toBe("inert");
  });

  it("is not known where a hop reads it and no row tells", () => {
    expect(mannerOf("aws_anything", "vpc_id")).toBeUndefined();
    expect(mannerOf("aws_anything", "unheard_of")).toBe("inert");
  });

  it.each(["comment", "description", "modified_on", "tags", "tags_all", "timeouts"])(
    "has no row beside what holds for all: %s",
    (name) => {
      expect(INERT_EVERYWHERE).toContain(name);
      expect(READ_ATTRIBUTES.has(name)).toBe(false);
    },
  );

  it("is by names without blanks", () => {
    expect([...READ_ATTRIBUTES].filter((name) => !/^[a-z0-9_]+$/.test(name))).toEqual([]);
    expect(READ_ATTRIBUTES.has("zone_mode")).toBe(true);
  });
});

it("a zone setting keeps its value where its block goes", () => {
  expect([...KEEPS_ITS_VALUE]).toEqual(["cloudflare_zone_setting"]);
});
