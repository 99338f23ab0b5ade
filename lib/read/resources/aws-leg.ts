import type { Assumption, Reason } from "../../model/hop";
import { type Bounds, unionBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { type Answer, allOf, anyOf, maybe, no, perhaps, YES } from "../answer";
import type { ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import { GroupReferences } from "./aws-group-reference";
import type { Members } from "./aws-interface";
import { anyGroup, type Membership, membership, needsAssumption } from "./aws-membership";
import type { GroupKey, SecurityGroups } from "./aws-security-group";
import { addressesOf, type BalancerTarget, rangesOf } from "./aws-target";

/** The balancer's end of a leg. */
export interface LegStart {
  readonly name: string;
  /** Undefined: it has none, so nothing filters what leaves it. */
  readonly members: Members | undefined;
  /** Where the address is that the flow goes to: one subnet of the balancer, or any of them. */
  readonly subnets: ListBinding;
  /** All that the balancer has a node in. */
  readonly enabled: ListBinding;
}

/** One question about a leg: does it let the balancer's own packets through? */
export interface LegQuestion {
  readonly start: LegStart;
  readonly target: BalancerTarget;
  readonly port: number;
  readonly family: Family;
  /** Lists of ids hold all that they refer to (`binding/list-of-ids`). */
  readonly assumed: boolean;
  /** By one subnet of the balancer, not by each: whether somebody may get in. @default false */
  readonly some?: boolean;
}

/** What passes between a balancer and its targets: its own egress and their ingress. */
export class Legs {
  readonly #into: GroupReferences;
  readonly #outOf: GroupReferences;

  constructor(
    lookup: Lookup,
    private readonly ingress: SecurityGroups,
    private readonly egress: SecurityGroups,
  ) {
    this.#into = new GroupReferences(lookup, ingress);
    this.#outOf = new GroupReferences(lookup, egress);
  }

  /** Whether the balancer's groups let it out to the target. */
  public leaves(question: LegQuestion): Answer {
    const { start, target, port, family, assumed } = question;
    if (start.members === undefined) {
      return YES;
    }
    const own = membership(start.members, assumed);
    const theirs = targetGroups(target, assumed);
    const certain = assumed || !isSeveral(target.subnets);
    const addresses = certain ? addressesOf(target, family) : undefined;
    const wanted = [addresses ?? CidrSet.all(family)];
    const words = [
      namesOf(own),
      "let",
      `${start.name} out to ${target.name} on tcp/${port}`,
    ] as const;
    return worded(
      anyOf([
        this.byAddress(this.egress, own, wanted, { port, family }),
        anyGroup(own, (group) => this.byGroup(this.#outOf, group, theirs, port)),
      ]),
      words,
      ["aws/balancer-egress", start.name],
    );
  }

  /** Whether the target's groups let the balancer in. */
  public enters(question: LegQuestion): Answer {
    const { start, target, port, family, assumed, some } = question;
    const theirs = targetGroups(target, assumed);
    const own = start.members === undefined ? undefined : membership(start.members, assumed);
    // A list may hold more than it shows, and each of a balancer's subnets must get in.
    const certain = assumed || !isSeveral(start.subnets);
    const ranges = (certain ? rangesOf(start.subnets, family) : undefined) ?? [CidrSet.all(family)];
    const words = [namesOf(theirs), "admit", `${start.name} on tcp/${port}`] as const;
    return worded(
      anyOf([
        this.byAddress(this.ingress, theirs, ranges, { port, family, some }),
        ...(own === undefined ? [] : [this.admitsMembers(theirs, own, port)]),
      ]),
      words,
      ["aws/target-ingress", target.name],
    );
  }

  /** Whether the target's groups admit whatever comes through the balancer, by its own groups. */
  public admitsBalancer({ start, target, port, assumed }: LegQuestion): Answer {
    return start.members === undefined
      ? no([])
      : this.admitsMembers(targetGroups(target, assumed), membership(start.members, assumed), port);
  }

  private admitsMembers(theirs: Membership, own: Membership, port: number): Answer {
    return anyGroup(theirs, (group) => this.byGroup(this.#into, group, own, port));
  }

  /** Whether a group's rules name one of these groups. */
  private byGroup(
    references: GroupReferences,
    group: GroupKey,
    peers: Membership,
    port: number,
  ): Answer {
    return anyOf([
      ...peers.sure.map((peer) => references.admits(group, peer, port)),
      ...peers.perhaps.map((peer) => perhaps(references.admits(group, peer, port))),
      ...(peers.open ? [perhaps(references.admits(group, undefined, port))] : []),
    ]);
  }

  /** Whether the groups' rules by address cover each of some ranges. */
  private byAddress(
    groups: SecurityGroups,
    { sure, perhaps: unsure, open, reasons }: Membership,
    wanted: readonly CidrSet[],
    { port, family, some }: Pick<LegQuestion, "port" | "family"> & { some?: boolean | undefined },
  ): Answer {
    const known = sure.map((group) => groups.view(group, port, family));
    const others = unsure.map((group) => groups.view(group, port, family));
    const views = [...known, ...others];
    const bounds: Bounds = {
      must: unionBounds(
        family,
        known.map((view) => view.bounds),
      ).must,
      may: open
        ? CidrSet.all(family)
        : unionBounds(
            family,
            views.map((view) => view.bounds),
          ).may,
    };
    const assumptions = views.flatMap((view) => view.assumptions);
    const why = [...views.flatMap((view) => view.reasons), ...(open ? reasons : [])];
    const joined = some ? anyOf : allOf;
    return joined(wanted.map((range) => ({ ...covers(bounds, range, why), assumptions })));
  }
}

function covers(bounds: Bounds, range: CidrSet, reasons: readonly Reason[]): Answer {
  if (bounds.must.covers(range)) {
    return YES;
  }
  return bounds.may.intersect(range).isEmpty ? no([]) : maybe(reasons);
}

/** The groups of a target; one that the input does not hold may have any. */
function targetGroups(target: BalancerTarget, assumed: boolean): Membership {
  if (target.members !== undefined) {
    return membership(target.members, assumed);
  }
  const text = `what filters ${target.name} is not in the input`;
  const reasons = [{ id: "aws/target-outside", subject: target.name, text }];
  return { sure: [], perhaps: [], open: true, reasons };
}

function namesOf({ sure, perhaps: unsure, open }: Membership): string {
  const names = [...sure, ...unsure].map((group) =>
    "foreign" in group ? group.foreign : group.address,
  );
  return (
    [...new Set(names), ...(open ? ["unknown groups"] : [])].join(", ") || "no security groups"
  );
}

/** Says what was asked, before the reasons why it can't be told. */
function worded(
  answer: Answer,
  [groups, verb, what]: readonly [string, string, string],
  [id, subject]: readonly [string, string],
): Answer {
  if (answer.result === "yes") {
    return answer;
  }
  const reason: Reason =
    answer.result === "no"
      ? { id, subject, text: `no rule of ${groups} ${verb}s ${what}` }
      : { id: "aws/second-leg", subject, text: `whether ${groups} ${verb} ${what} is not known` };
  return { ...answer, reasons: [reason, ...answer.reasons] };
}

/** Whether only the assumption tells which of several a list holds. */
export function isSeveral({ open, onlyIds, candidates }: ListBinding): boolean {
  return !open && onlyIds && candidates.length > 1;
}

/** The assumption under which the lists of both ends are what they refer to. */
export function listsAssumption(start: LegStart, target: BalancerTarget): Assumption | undefined {
  const lists = [start.members, target.members].flatMap((members) => {
    return members !== undefined && needsAssumption(members) ? [members.list.text] : [];
  });
  lists.push(...[start.subnets, target.subnets].filter(isSeveral).map((list) => list.text));
  const text = `the groups and subnets of ${start.name} and ${target.name} are ${lists.join("; ")}, and no others`;
  return lists.length === 0 ? undefined : { id: "binding/list-of-ids", subject: target.name, text };
}
