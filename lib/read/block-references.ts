import type { Instance } from "../model/instance";
import type { Reference, Step } from "../model/value";
import { blockKey } from "./configuration";
import type { Lookup } from "./lookup";
import { isOwnIndex } from "./own-index";
import { NOTHING, opaque, type Resolution, type Scope } from "./resolution";

/** A scope, and whether whole blocks come with its key as their index. */
export type KeyedScope = Scope & { readonly keyed: boolean };

/** Follows a reference to a block: to its instances, or the one that an index names. */
export function toResource(lookup: Lookup, reference: Reference, scope: KeyedScope): Resolution {
  const { subject } = reference;
  if (subject.kind !== "resource") {
    return NOTHING;
  }
  const all = lookup.block(scope.input, scope.modules, subject);
  if (all.length === 0) {
    // A block with `count = 0` gives no value; one that the input does not hold may give any.
    const { resources } = lookup.configuration(scope.input, scope.modules);
    const declared = resources.has(blockKey(subject.mode, subject.type, subject.name));
    return declared ? NOTHING : opaque(reference.text, false);
  }
  const [first, ...rest] = reference.path;
  if (first === undefined || "attribute" in first) {
    const keyed = scope.keyed && first === undefined && isOwnIndex(lookup, subject, scope);
    const own = keyed ? withKey(all, scope.key) : [];
    return targets(own.length > 0 ? own : all, reference.path);
  }
  if ("splat" in first) {
    return targets(all, rest);
  }
  const key = "own" in first ? scope.key : first.key;
  return key === undefined ? targets(all, rest) : targets(withKey(all, key), rest);
}

/** The instances with a key, and those whose key only Terraform knows. */
function withKey(instances: readonly Instance[], key: string | number | undefined) {
  return instances.filter((instance) => instance.key === key || !instance.certain);
}

function targets(instances: readonly Instance[], path: readonly Step[]): Resolution {
  const exact = instances.length === 1 && instances[0]?.certain === true;
  return { ...NOTHING, targets: instances.map((instance) => ({ instance, path })), exact };
}
