import type { Configured, Input, Instance } from "../model/instance";
import {
  type Expression,
  isObject,
  type Json,
  type JsonObject,
  member,
  NO_REFERENCES,
} from "../model/value";
import { blockKey, type ModuleCall, type ModuleConfiguration } from "./configuration";
import { expressionOfJson } from "./expression";
import { InputError } from "./input-error";
import { type Repetition, repetitionsOf, substitute } from "./repetition";
import type { ReadInput } from "./snapshot";

/** Members of a block that are Terraform's own and no attributes. */
const META = new Set(["//", "count", "for_each", "depends_on", "lifecycle", "provider"]);
const BLOCKS_OF_TERRAFORM = new Set(["provisioner", "connection"]);

/**
 * Reads Terraform's JSON configuration as `cdktf synth` writes it (`cdk.tf.json`). What Terraform
 * would only evaluate at plan stays unknown, with its references.
 *
 * @throws InputError where its shape is not that of a configuration
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function readSynth(configuration: JsonObject, label: string): ReadInput {
  const input: Input = { kind: "synth", label, partial: undefined };
  const instances: Instance[] = [];
  const resources = new Map<string, ReadonlyMap<string, Configured>>();
  const repeated = new Map<string, Expression>();
  const guarded = new Set<string>();
  for (const [mode, section] of [
    ["managed", "resource"],
    ["data", "data"],
  ] as const) {
    for (const block of blocksIn(configuration, section, label)) {
      const attributes = readBody(block.body);
      const key = blockKey(mode, block.type, block.name);
      resources.set(key, attributes.configured);
      const over = member(block.body, "for_each") ?? member(block.body, "count") ?? null;
      if (over !== null) {
        repeated.set(key, expressionIn(over));
      }
      if (hasConditions(block.body)) {
        guarded.add(`${mode === "data" ? "data." : ""}${block.type}.${block.name}`);
      }
      instances.push(...instancesOf(input, mode, block, attributes));
    }
  }
  return {
    input,
    configuration: moduleConfiguration(configuration, { resources, repeated }),
    instances,
    guarded,
    before: undefined,
  };
}

/** Whether a condition can stop the plan or the apply before others use the block. */
function hasConditions(body: JsonObject): boolean {
  const lifecycle = listOf(member(body, "lifecycle") ?? null);
  return lifecycle.some((each) =>
    ["precondition", "postcondition"].some((name) => member(each, name) !== undefined),
  );
}

interface Block {
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

function blocksIn(configuration: JsonObject, section: string, label: string): Block[] {
  const types = member(configuration, section) ?? {};
  if (!isObject(types)) {
    throw new InputError(
      label,
      `'${section}' is no object, so this is no configuration of Terraform's`,
    );
  }
  const blocks: Block[] = [];
  for (const [type, named] of Object.entries(types)) {
    if (!isObject(named)) {
      throw new InputError(label, `'${section}.${type}' is no object of named blocks`);
    }
    for (const [name, body] of Object.entries(named)) {
      if (!isObject(body)) {
        throw new InputError(label, `'${section}.${type}.${name}' is no object of attributes`);
      }
      blocks.push({ type, name, body });
    }
  }
  return blocks;
}

interface Body {
  readonly values: { [key: string]: Json };
  readonly unknown: { [key: string]: Json };
  readonly configured: ReadonlyMap<string, Configured>;
}

/** Splits a block into what is known, what is not, and what the configuration says of it. */
function readBody(body: JsonObject): Body {
  const values: { [key: string]: Json } = Object.create(null);
  const unknown: { [key: string]: Json } = Object.create(null);
  const configured = new Map<string, Configured>();
  for (const [name, value] of Object.entries(body)) {
    if (name !== "dynamic" && !META.has(name) && !BLOCKS_OF_TERRAFORM.has(name) && value !== null) {
      [values[name], unknown[name]] = split(value, 0);
      configured.set(name, configuredIn(value));
    }
  }
  for (const [name, content] of dynamicBlocks(member(body, "dynamic"))) {
    const written = name in values ? listOf(values[name] ?? null) : [];
    const masks = written.map((_, index) => maskOf(unknown[name] ?? false, index));
    // One element more, of which nothing is known: how many a dynamic block makes is not read.
    values[name] = [...written, null];
    unknown[name] = [...masks, true];
    configured.set(name, {
      kind: "expression",
      expression: expressionIn([content, body[name] ?? null]),
    });
  }
  return { values, unknown, configured };
}

function dynamicBlocks(dynamic: Json | undefined): readonly [string, Json][] {
  return listOf(dynamic ?? []).flatMap((each) => entriesOf(each));
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function maskOf(mask: Json, index: number): Json {
  return Array.isArray(mask) ? (mask[index] ?? false) : mask;
}

/** Objects can be nested blocks: what each of them says is kept apart, in order. */
function configuredIn(value: Json, depth = 0): Configured {
  const items = listOf(value);
  if (items.length === 0 || !items.every(isObject) || depth > 64) {
    return { kind: "expression", expression: expressionIn(value) };
  }
  const blocks = items.map(
    (item) =>
      new Map(
        Object.entries(item)
          .filter(([, inner]) => inner !== null)
          .map(([name, inner]) => [name, configuredIn(inner, depth + 1)]),
      ),
  );
  return { kind: "blocks", blocks, aligned: true };
}

function expressionIn(value: Json): Expression {
  const parsed = expressionOfJson(value);
  return "literal" in parsed ? NO_REFERENCES : parsed;
}

/** The known part of a value and the mask of its unknown part. */
function split(value: Json, depth: number): readonly [Json, Json] {
  if (typeof value === "string") {
    const parsed = expressionOfJson(value);
    return "literal" in parsed ? [parsed.literal, false] : [null, true];
  }
  if (depth > 64) {
    return [null, true];
  }
  if (Array.isArray(value)) {
    const parts = (value as readonly Json[]).map((item) => split(item, depth + 1));
    return [parts.map((part) => part[0]), parts.map((part) => part[1])];
  }
  if (isObject(value)) {
    const known: { [key: string]: Json } = Object.create(null);
    const mask: { [key: string]: Json } = Object.create(null);
    for (const [key, item] of Object.entries(value)) {
      [known[key], mask[key]] = split(item, depth + 1) as [Json, Json];
    }
    return [known, mask];
  }
  return [value, false];
}

function instancesOf(
  input: Input,
  mode: "managed" | "data",
  block: Block,
  whole: Body,
): readonly Instance[] {
  const { type, name, body } = block;
  const prefix = mode === "data" ? "data." : "";
  const path = member(member(member(body, "//"), "metadata"), "path");
  return repetitionsOf(body).map((repetition: Repetition) => {
    const once = repetition.key === undefined ? whole : readBody(substitute(body, repetition));
    return {
      input,
      address: `${prefix}${type}.${name}${repetition.suffix}`,
      mode,
      type,
      name,
      modules: [],
      key: repetition.key,
      eachValue: repetition.value,
      values: once.values,
      unknown: once.unknown,
      sensitive: false,
      configured: once.configured,
      action: "unknown",
      certain: repetition.certain,
      before: undefined,
      constructPath: typeof path === "string" ? path : undefined,
    };
  });
}

function moduleConfiguration(
  configuration: JsonObject,
  blocks: Pick<ModuleConfiguration, "resources" | "repeated">,
): ModuleConfiguration {
  const calls = new Map<string, ModuleCall>();
  for (const [name, call] of entriesOf(member(configuration, "module"))) {
    const inputs = isObject(call) ? readBody(call).configured : new Map<string, Configured>();
    calls.set(name, { inputs, module: undefined });
  }
  const locals = entriesOf(member(configuration, "locals"));
  const outputs = entriesOf(member(configuration, "output"));
  return {
    ...blocks,
    outputs: new Map(outputs.map(([name, o]) => [name, expressionIn(member(o, "value") ?? null)])),
    locals: new Map(locals.map(([name, value]) => [name, expressionIn(value)])),
    calls,
    variables: new Map(),
  };
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}
