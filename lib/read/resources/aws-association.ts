import type { Instance } from "../../model/instance";
import { equalJson, knownString, member } from "../../model/value";
import { attribute, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";

/** Associations that are there before the apply and not after it, by the id of their Elastic IP. */
export function releasedIn(lookup: Lookup): ReadonlyMap<string, Instance> {
  const tied = (from: Lookup) =>
    from.managed("aws_eip_association").flatMap((each): [string, Instance][] => {
      const id = knownString(attribute(bodyOf(each), "allocation_id"));
      return id === undefined ? [] : [[id, each]];
    });
  const kept = new Set(tied(lookup).map(([id]) => id));
  const past = lookup.before === undefined ? [] : tied(lookup.before);
  return new Map(past.filter(([id]) => !kept.has(id)));
}

/**
 * Whether an Elastic IP that says what it hangs on is associated by this apply. Where it said so
 * before, nothing is: an association of its own did that.
 */
export function isAssociated({ before, values, unknown, action }: Instance): boolean {
  const names = ["instance", "network_interface"];
  const masked = (name: string) => (unknown === true ? true : member(unknown, name)) === true;
  const old = before ?? null;
  const same = (name: string) =>
    !masked(name) && equalJson(member(old, name) ?? "", member(values, name) ?? "");
  return before === undefined || action === "create" || !names.every(same);
}

/**
 * The associations that hold an Elastic IP: one that is made while another is there takes it, unless
 * it says that it must not.
 */
export function currentOf(associations: readonly Instance[]): readonly Instance[] {
  const [made, ...others] = associations.filter(({ action }) => action === "create");
  const takes =
    made !== undefined &&
    others.length === 0 &&
    member(made.values, "allow_reassociation") !== false;
  return takes ? [made] : associations;
}
