import type { Instance } from "../model/instance";
import { isForgotten } from "../model/kept-on-delete";
import { member } from "../model/value";

/** Attributes that name where an object is. */
const PLACES = ["instance_id", "vpc_id", "zone_id", "tunnel_id"];

/** Leaves out what is forgotten of a place that the apply destroys: it goes with that. */
export function withoutOrphans(
  after: readonly Instance[],
  before: readonly Instance[] = [],
): readonly Instance[] {
  const left = after.filter(isLeft);
  if (left.length === 0) {
    return after;
  }
  const kept = new Set(after.map(({ address }) => address));
  const gone = before.filter(({ address }) => !kept.has(address));
  const ids = new Set(gone.flatMap(({ values }) => member(values, "id") ?? []));
  const isOrphan = ({ values }: Instance) =>
    PLACES.some((name) => ids.has(member(values, name) ?? null));
  return after.filter((each) => !(isLeft(each) && isOrphan(each)));
}

function isLeft({ action, type, values }: Instance): boolean {
  return action === "forget" && isForgotten(type, values);
}
