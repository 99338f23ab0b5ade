import type { IConstruct } from "constructs";
import type { IZone } from "./zone";

/** A symbol of the whole process, so that copies of the library in one app share what they hold. */
const CLAIMS = Symbol.for("originproof/claims");

/** What a construct makes and no other of the app may make too. */
export interface Claim {
  readonly construct: IConstruct;
  /** What sets it apart from other claims on the same key. */
  readonly what: string;
  /** Of a record: the zone it is in. */
  readonly zone: IZone | undefined;
}

type Claims = Map<string, Claim[]>;

/** Keeps a claim under each of the keys. */
export function claim(
  construct: IConstruct,
  keys: readonly string[],
  what = "",
  zone?: IZone,
): void {
  const claims = claimsOf(construct);
  for (const key of keys) {
    claims.set(key, [...(claims.get(key) ?? []), { construct, what, zone }]);
  }
}

/** The claims on any of the keys, each once, of constructs that are still in the tree. */
export function claimsOn(scope: IConstruct, keys: readonly string[]): readonly Claim[] {
  const claims = claimsOf(scope);
  const found = new Map<string, Claim>();
  for (const one of keys.flatMap((key) => claims.get(key) ?? [])) {
    if (isInTree(one.construct)) {
      found.set(`${one.construct.node.path} ${one.what}`, one);
    }
  }
  return [...found.values()];
}

function claimsOf(scope: IConstruct): Claims {
  const { root } = scope.node;
  const kept: unknown = Reflect.get(root, CLAIMS);
  if (kept instanceof Map) {
    return kept;
  }
  const claims: Claims = new Map();
  Object.defineProperty(root, CLAIMS, { value: claims });
  return claims;
}

/** `tryRemoveChild` may have taken it out, or something around it. */
function isInTree(construct: IConstruct): boolean {
  return construct.node.scopes.every((one) => {
    const { scope, id } = one.node;
    return scope === undefined || scope.node.tryFindChild(id) === one;
  });
}
