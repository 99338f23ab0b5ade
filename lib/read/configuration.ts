import type { ConfiguredBlock } from "../model/instance";
import { type Expression, isObject, type Json, member } from "../model/value";
import type { BlockSizes } from "./block-sizes";
import { PlanExpressions } from "./plan-expressions";
import type { ProviderKeys } from "./provider-keys";
import type { Variables } from "./variables";

/** The configuration of one module: what its instances share. */
export interface ModuleConfiguration {
  /** By `mode.type.name`. */
  readonly resources: ReadonlyMap<string, ConfiguredBlock>;
  /** By `mode.type.name`: what `for_each` or `count` repeats the block over. */
  readonly repeated: ReadonlyMap<string, Expression>;
  readonly outputs: ReadonlyMap<string, Expression>;
  /** Synth output only: plan JSON does not hold locals. */
  readonly locals: ReadonlyMap<string, Expression>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  /** Values of variables that are written down. Plans alone. */
  readonly variables: ReadonlyMap<string, Json>;
  /** Of the root module of a plan. */
  readonly sizes?: BlockSizes;
  /** Of the root module of a plan. */
  readonly providers?: ProviderKeys;
}

export interface ModuleCall {
  readonly inputs: ConfiguredBlock;
  /** Undefined where the module's own configuration is not in the input (synth output). */
  readonly module: ModuleConfiguration | undefined;
}

export const NO_CONFIGURATION: ModuleConfiguration = {
  resources: new Map(),
  repeated: new Map(),
  outputs: new Map(),
  locals: new Map(),
  calls: new Map(),
  variables: new Map(),
};

/**
 * The key of a block within its module, as Terraform's addresses have it.
 *
 * @param address one that may be the same text: a plan has tens of thousands, and none is made anew
 */
export function blockKey(mode: string, type: string, name: string, address = ""): string {
  if (mode === "data") {
    return `data.${type}.${name}`;
  }
  const same =
    address.length === type.length + 1 + name.length &&
    address[type.length] === "." &&
    address.startsWith(type) &&
    address.endsWith(name);
  return same ? address : `${type}.${name}`;
}

/**
 * Reads `configuration.root_module` of plan JSON. Modules nested beyond `depth` 64 are left out.
 *
 * @param variables of the root module
 */
export function planConfiguration(
  module: Json | undefined,
  variables: Variables,
): ModuleConfiguration {
  return moduleConfiguration(module, { expressions: new PlanExpressions(), variables, depth: 0 });
}

interface Within {
  readonly expressions: PlanExpressions;
  readonly variables: Variables;
  readonly depth: number;
}

function moduleConfiguration(module: Json | undefined, within: Within): ModuleConfiguration {
  const { expressions, variables, depth } = within;
  if (!isObject(module) || depth > 64) {
    return NO_CONFIGURATION;
  }
  return {
    resources: resourcesOf(member(module, "resources"), within),
    repeated: repeatedIn(member(module, "resources"), expressions),
    outputs: outputsOf(member(module, "outputs"), expressions),
    locals: new Map(),
    calls: callsOf(member(module, "module_calls"), within),
    variables: variables.values,
  };
}

function resourcesOf(
  resources: Json | undefined,
  { expressions, variables }: Within,
): Map<string, ConfiguredBlock> {
  const found = new Map<string, ConfiguredBlock>();
  if (Array.isArray(resources)) {
    for (const resource of resources as readonly Json[]) {
      const mode = member(resource, "mode") === "data" ? "data" : "managed";
      const [type, name] = [text(resource, "type"), text(resource, "name")];
      const key = blockKey(mode, type, name, text(resource, "address"));
      found.set(key, expressions.block(member(resource, "expressions") ?? {}, variables));
    }
  }
  return found;
}

function repeatedIn(
  resources: Json | undefined,
  expressions: PlanExpressions,
): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const resource of Array.isArray(resources) ? (resources as readonly Json[]) : []) {
    const over = member(resource, "for_each_expression") ?? member(resource, "count_expression");
    if (over !== undefined) {
      const mode = member(resource, "mode") === "data" ? "data" : "managed";
      const key = blockKey(mode, text(resource, "type"), text(resource, "name"));
      found.set(key, expressions.expression(over));
    }
  }
  return found;
}

function outputsOf(
  outputs: Json | undefined,
  expressions: PlanExpressions,
): Map<string, Expression> {
  const found = new Map<string, Expression>();
  if (isObject(outputs)) {
    for (const [name, output] of Object.entries(outputs)) {
      found.set(name, expressions.expression(member(output, "expression") ?? {}));
    }
  }
  return found;
}

function callsOf(
  calls: Json | undefined,
  { expressions, variables, depth }: Within,
): Map<string, ModuleCall> {
  const found = new Map<string, ModuleCall>();
  for (const [name, call] of isObject(calls) ? Object.entries(calls) : []) {
    const module = member(call, "module");
    const own = variables.ofCall(call, member(module, "variables"));
    found.set(name, {
      inputs: expressions.block(member(call, "expressions") ?? {}, variables),
      module: moduleConfiguration(module, { expressions, variables: own, depth: depth + 1 }),
    });
  }
  return found;
}

function text(object: Json, key: string): string {
  const value = member(object, key);
  return typeof value === "string" ? value : "";
}
