import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CtyType } from "../provider/schema";
import { conform, isObject, type ObjectValue, Unknown, type Value } from "../provider/value";
import { objectTypes } from "./fill";
import { objects, type World } from "./handler";

interface Question {
  readonly root: string;
  readonly name: string;
  readonly type: CtyType;
  readonly config: ObjectValue;
  readonly world: World;
  readonly region: string;
}

/**
 * A data source shows an object of the cloud where one of the same type has the ids asked for, and
 * for the rest the fixed answer in `semantics/data.<type>.json`. A text says why there is none.
 */
export function readData(question: Question): ObjectValue | string {
  const { root, name, type, config, world, region } = question;
  const asked = Object.entries(config).filter(
    ([key, value]) => typeof value === "string" && key !== "region",
  );
  const fitting = objects(world, name).filter(
    ({ attributes }) =>
      asked.length > 0 && asked.every(([key, value]) => attributes[key] === value),
  );
  const object = fitting.find(({ attributes }) => (attributes.region ?? region) === region);
  if (object === undefined && fitting.length > 0) {
    return `it is in ${String(fitting[0]?.attributes.region)}, not in ${region}`;
  }
  const answer: ObjectValue = {
    ...fixedAnswer(root, name, region),
    ...object?.attributes,
    ...ranges(name, world),
    ...(name === "cloudflare_zone" ? zone(config, world) : {}),
    ...(name.startsWith("aws_") ? { region } : {}),
  };
  return Object.fromEntries(
    Object.entries(objectTypes(type)).map(([key, t]) => {
      const given: Value = config[key] ?? null;
      const value = given === null || given instanceof Unknown ? (answer[key] ?? null) : given;
      return [key, conform(value, t)];
    }),
  );
}

/** Written for one region. */
function fixedAnswer(root: string, name: string, region: string): ObjectValue {
  const file = join(root, "semantics", `data.${name}.json`);
  if (!existsSync(file)) return {};
  const text = readFileSync(file, "utf8").replaceAll("eu-west-1", region);
  return JSON.parse(text).answer;
}

/**
 * By id or by `filter.name`. One that the cloud doesn't hold was there before: active, with an id that
 * follows from its name.
 */
function zone({ zone_id, filter, name: given }: ObjectValue, world: World): ObjectValue {
  const wanted = isObject(filter) ? filter.name : given;
  const held = objects(world, "cloudflare_zone").find(({ attributes }) =>
    typeof zone_id === "string"
      ? attributes.id === zone_id
      : (attributes.name ?? attributes.zone) === wanted,
  )?.attributes;
  if (held !== undefined) {
    return { ...held, zone_id: held.id ?? null, name: held.name ?? held.zone ?? null };
  }
  const name = typeof wanted === "string" ? wanted : "example.com";
  const made = createHash("sha256").update(`zone ${name}`).digest("hex").slice(0, 32);
  const id = typeof zone_id === "string" ? zone_id : made;
  return {
    ...{ id, zone_id: id, name, status: "active", paused: false, type: "full" },
    ...{ development_mode: 0, name_servers: ["a.ns.example", "b.ns.example"] },
  };
}

/** The ranges that Cloudflare's API answers are those the project has pinned, when there is a file. */
function ranges(name: string, world: World): ObjectValue {
  const file = world.options.rangesFile;
  if (name !== "cloudflare_ip_ranges" || file === undefined) return {};
  const pinned = JSON.parse(readFileSync(file, "utf8"));
  const { ipv4, ipv6 } = pinned;
  const older = { ipv4_cidr_blocks: ipv4, ipv6_cidr_blocks: ipv6, cidr_blocks: [...ipv4, ...ipv6] };
  return { ipv4_cidrs: ipv4, ipv6_cidrs: ipv6, etag: pinned.etag ?? null, ...older };
}
