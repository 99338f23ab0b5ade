import type { Reason } from "../model/hop";
import type { Configured, Instance } from "../model/instance";
import type { Expression } from "../model/value";
import { throughData } from "./aliases";
import { type Lookup, push } from "./lookup";
import { resolve, type Target } from "./references";

const handed = new WeakMap<Lookup, ReadonlyMap<Instance, readonly Reason[]>>();

/** Attributes that name an object to whoever is handed them. */
const IDENTITY: ReadonlySet<string> = new Set(["arn", "id"]);

/**
 * Modules of synth output whose content is not in the input, and that are handed the id of a
 * resource: they may add rules, routes or settings to it.
 */
export function unreadModules(lookup: Lookup, instance: Instance): readonly Reason[] {
  const found = handed.get(lookup) ?? read(lookup);
  handed.set(lookup, found);
  return found.get(instance) ?? [];
}

function read(lookup: Lookup): ReadonlyMap<Instance, readonly Reason[]> {
  const found = new Map<Instance, Reason[]>();
  for (const input of lookup.inputs) {
    for (const [name, call] of lookup.configuration(input, []).calls) {
      const expressions = call.module === undefined ? [...call.inputs.values()] : [];
      const scope = { input, modules: [], key: undefined };
      const targets = expressions
        .flatMap(expressionsIn)
        .flatMap((each) => throughData(lookup, resolve(lookup, each, scope)).targets);
      for (const instance of new Set(targets.filter(isNamed).map((target) => target.instance))) {
        const text = `module.${name} is handed ${instance.address}, and what it adds to that is not in the input`;
        push(found, instance, { id: "input/module-not-read", subject: instance.address, text });
      }
    }
  }
  return found;
}

function isNamed({ instance, path }: Target): boolean {
  const [first] = path;
  const whole = first === undefined || ("attribute" in first && IDENTITY.has(first.attribute));
  return instance.mode === "managed" && whole;
}

function expressionsIn(configured: Configured): readonly Expression[] {
  return configured.kind === "expression"
    ? [configured.expression]
    : configured.blocks.flatMap((block) => [...block.values()].flatMap(expressionsIn));
}
