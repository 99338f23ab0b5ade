import { hasTrue, type Json, type JsonObject } from "../../../lib/model/value";
import { updateOf } from "../../../lib/prove/rollout/parts";
import { instanceOf } from "./instances";

export type Values = Readonly<Record<string, Json>>;

export function updated(type: string, before: Values, after: Values, unknown: Json = false) {
  const address = `${type}.x`;
  return [
    instanceOf(address, before),
    instanceOf(address, { ...before, ...after }, { unknown }),
  ] as const;
}

/** The calls of an update: what each says that it does, with the calls that come first. */
export function callsOf(type: string, before: Values, after: Values, unknown: Json = false) {
  const { parts, unlisted } = updateOf(...updated(type, before, after, unknown));
  const named = parts.map(({ label, after: first }) => {
    const waits = first.map((each) => parts.indexOf(each));
    return waits.length === 0 ? label : `${label} after ${waits.join(" ")}`;
  });
  return unlisted.length === 0 ? named : { named, unlisted };
}

/** One attribute after each call, in their order; `unknown` where a call leaves it unknown. */
export function through(
  type: string,
  name: string,
  before: Json,
  after: Json,
  unknown: Json = false,
) {
  const both = updated(type, { [name]: before }, { [name]: after }, unknown);
  const [first] = both;
  let draft = { values: first.values as JsonObject, unknown: {} as JsonObject };
  return updateOf(...both).parts.map(({ patch }) => {
    draft = patch(draft);
    return hasTrue(draft.unknown[name] ?? false) ? "unknown" : draft.values[name];
  });
}
