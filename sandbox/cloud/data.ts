import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CtyType } from "../provider/schema";
import { conform, type ObjectValue, Unknown, type Value } from "../provider/value";
import { objectTypes } from "./fill";
import { objects, type World } from "./handler";

interface Question {
  readonly root: string;
  readonly name: string;
  readonly type: CtyType;
  readonly config: ObjectValue;
  readonly world: World;
}

/**
 * A data source shows an object of the cloud where one of the same type has the ids asked for, and
 * for the rest the fixed answer in `semantics/data.<type>.json`.
 */
export function readData({ root, name, type, config, world }: Question): ObjectValue {
  const file = join(root, "semantics", `data.${name}.json`);
  const fixed: ObjectValue = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).answer : {};
  const asked = Object.entries(config).filter(([, value]) => typeof value === "string");
  const object = objects(world, name).find(
    ({ attributes }) =>
      asked.length > 0 && asked.every(([key, value]) => attributes[key] === value),
  );
  const answer = { ...fixed, ...object?.attributes, ...ranges(name, world) };
  return Object.fromEntries(
    Object.entries(objectTypes(type)).map(([key, t]) => {
      const given: Value = config[key] ?? null;
      const value = given === null || given instanceof Unknown ? (answer[key] ?? null) : given;
      return [key, conform(value, t)];
    }),
  );
}

/** The ranges that Cloudflare's API answers are those the project has pinned, when there is a file. */
function ranges(name: string, world: World): ObjectValue {
  const file = world.options.rangesFile;
  if (name !== "cloudflare_ip_ranges" || file === undefined) return {};
  const pinned = JSON.parse(readFileSync(file, "utf8"));
  return { ipv4_cidrs: pinned.ipv4, ipv6_cidrs: pinned.ipv6, etag: pinned.etag ?? null };
}
