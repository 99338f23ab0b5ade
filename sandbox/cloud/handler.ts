import type { CtyType } from "../provider/schema";
import type { Semantics } from "../provider/semantics";
import type { ObjectValue } from "../provider/value";
import type { Issuer } from "./issue";
import type { Effect } from "./log";
import type { CloudOptions } from "./options";
import type { CloudObject, CloudState } from "./state";

/** The cloud while one process has it to itself. */
export interface World {
  readonly state: CloudState;
  readonly issuer: Issuer;
  readonly options: CloudOptions;
}

/** What Terraform asks for. `prior` is null of a creation, `planned` of a deletion. */
export interface Change {
  readonly type: string;
  readonly semantics: Semantics;
  readonly cty: CtyType;
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue | null;
  /** The object as it is; set by the first call of a creation. */
  current: ObjectValue | null;
}

/** One request to the cloud. What one step does happens at once, between two steps time passes. */
export interface Step {
  readonly call: string;
  readonly run?: (world: World) => readonly Effect[] | undefined;
  /** Of an update: attributes that this call changes. The last call changes all that are left. */
  readonly writes?: readonly string[];
}

/** What a type does that its data can't say. */
export interface Handler {
  /** Values for what is unknown, instead of the semantics' `fill`. */
  readonly fill?: (planned: ObjectValue, world: World) => ObjectValue;
  /** What comes with the object at once, without a call. */
  readonly created?: (attributes: ObjectValue, world: World) => void;
  /** What goes with the object at once. */
  readonly removed?: (attributes: ObjectValue, world: World) => void;
  /** Attributes that only the steps change. */
  readonly managed?: readonly string[];
  /** The steps after the one that stores the new object, before the one that removes it. */
  readonly steps?: (change: Change) => readonly Step[];
  /** The object as the cloud shows it, where others change it. */
  readonly show?: (attributes: ObjectValue, world: World) => ObjectValue;
}

/** An answer of the cloud that Terraform shows as an error. */
export class Refused extends Error {}

export function objects(world: World, type: string): readonly CloudObject[] {
  return Object.values(world.state.objects).filter((object) => object.type === type);
}

export function find(world: World, type: string, id: unknown): CloudObject | undefined {
  return objects(world, type).find((object) => object.attributes.id === id);
}
