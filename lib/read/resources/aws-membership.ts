import type { Reason } from "../../model/hop";
import { type Answer, anyOf, maybe, perhaps } from "../answer";
import type { Members } from "./aws-interface";
import type { GroupKey } from "./aws-security-group";

/** Which groups something has: surely, perhaps, and whether it may have others. */
export interface Membership {
  readonly sure: readonly GroupKey[];
  readonly perhaps: readonly GroupKey[];
  readonly open: boolean;
  readonly reasons: readonly Reason[];
}

/**
 * The groups of a list. References are candidates: a single one is the list, as proof.md's
 * intersection of the candidates has it; several are all in it only under `binding/list-of-ids`.
 *
 * @param assumed the list holds all that it refers to, and nothing else
 */
export function membership(members: Members, assumed: boolean): Membership {
  const { certain, candidates, open, onlyIds } = members.list;
  const attached = members.attached.filter((each) => each.certain).map((each) => each.group);
  const unsure = members.attached.filter((each) => !each.certain).map((each) => each.group);
  const taken = !open && (candidates.length === 1 || (assumed && onlyIds)) ? candidates : [];
  const exact = candidates.length === 0 || (assumed && onlyIds);
  return {
    sure: [...certain, ...taken, ...attached],
    perhaps: [...candidates.filter((group) => !taken.includes(group)), ...unsure],
    open: open || !exact,
    reasons: members.reasons,
  };
}

/** Whether a list of groups is one that only the assumption makes exact. */
export function needsAssumption({ list }: Members): boolean {
  return list.onlyIds && !list.open && list.candidates.length > 0;
}

/** Whether one of the groups, known or not, does something. */
export function anyGroup(groups: Membership, ask: (group: GroupKey) => Answer): Answer {
  return anyOf([
    ...groups.sure.map(ask),
    ...groups.perhaps.map((group) => perhaps(ask(group))),
    ...(groups.open ? [maybe(groups.reasons)] : []),
  ]);
}
