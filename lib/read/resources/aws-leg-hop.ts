import { type Hop, plainHop } from "../../model/hop";
import { type Bounds, everything, intersectBounds, mayOnly, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { type Answer, allOf } from "../answer";
import type { Lookup } from "../lookup";
import { eitherBounds } from "./aws-either";
import type { Interfaces } from "./aws-interface";
import { isSeveral, type LegQuestion, type LegStart, type Legs, listsAssumption } from "./aws-leg";
import { aclsPass, clientsPassAcls } from "./aws-leg-acl";
import {
  byAnswer,
  entryBounds,
  entryOf,
  isClosed,
  type Outcome,
  unneeded,
} from "./aws-leg-outcome";
import { listeningOn, lookOf, shutReason } from "./aws-leg-words";
import type { BalancerTarget } from "./aws-target";

/** A leg from a balancer to one target, and what the flow before it is. */
export interface Leg {
  readonly start: LegStart;
  readonly target: BalancerTarget;
  readonly stop: "second-leg-http" | "second-leg-tcp";
  /** The family between balancer and target. */
  readonly family: Family;
  /** The family of the flow, whose sources the hop's bounds are about. */
  readonly outer: Family;
  /** The target sees the client's address; undefined: known after apply. */
  readonly preserved: boolean | undefined;
  /** Undefined: known after apply. `traffic`: the target's own port. */
  readonly healthPort: number | "traffic" | undefined;
  /** False: only apply tells whether there is such a leg. */
  readonly certain: boolean;
  /** It depends on the request whether this leg is taken. */
  readonly conditional: boolean;
}

/** Makes the hop of a leg: it admits everything or nothing, unless clients' addresses go on. */
export class LegHops {
  constructor(
    private readonly lookup: Lookup,
    private readonly legs: Legs,
    private readonly interfaces: Interfaces,
  ) {}

  public hop(leg: Leg): Hop {
    const { target, start } = leg;
    const assumption = listsAssumption(start, target);
    const plain = this.outcome(leg, false);
    const filter = plain.filtered && !isClosed(plain) ? this.filter(leg) : undefined;
    const resources = this.resourcesOf(leg, plain, filter);
    const listening = listeningOn(leg);
    const sure = leg.certain && target.certain;
    const hop = {
      ...entryOf(plain, sure),
      ...plainHop("proxy", resources, plain.bounds, plain.reasons, leg.stop),
      ...(filter === undefined ? {} : lookOf(filter)),
      name: `way from ${start.name} to ${target.name}`,
      assumptions: [...plain.assumptions, ...target.assumptions, ...listening],
    };
    if (assumption === undefined) {
      return hop;
    }
    const tight = this.outcome(leg, true);
    const { bounds, reasons } = tight;
    const shown = { resources: this.resourcesOf(leg, tight, filter), reasons };
    return { ...hop, alternative: { bounds, ...entryOf(tight, sure), assumption, shown } };
  }

  private outcome(leg: Leg, assumed: boolean): Outcome {
    const { start, target, family } = leg;
    const port = target.port;
    if (port === undefined) {
      const text = `the port of ${target.name} behind ${start.name} is known after apply`;
      const reasons = [{ id: "aws/second-leg", subject: target.name, text }];
      return { bounds: unknownBounds(leg.outer), reasons, assumptions: [], filtered: false };
    }
    const question = { start, target, port, family, assumed };
    const found = this.admitted(leg, question);
    const { may } = entryBounds(this.admitted(leg, { ...question, some: true }));
    const entry = { must: entryBounds(found).must, may };
    const settle = (bounds: Bounds) => (isNeeded(leg) ? bounds : unneeded(bounds));
    if (isClosed(found)) {
      return { ...found, bounds: settle(found.bounds), entry: settle(entry) };
    }
    const health = this.health(leg, question);
    const sure = (bounds: Bounds) => (health.result === "yes" ? bounds : mayOnly(bounds));
    return {
      ...found,
      bounds: settle(sure(found.bounds)),
      entry: settle(sure(entry)),
      reasons: [...found.reasons, ...health.reasons],
      assumptions: [...found.assumptions, ...health.assumptions],
    };
  }

  /** What gets through the leg itself, its health checks aside. */
  private admitted(leg: Leg, question: LegQuestion): Outcome {
    const leaves = this.legs.leaves(question);
    const own = () => byAnswer(allOf([leaves, this.reaches(question)]), leg.outer);
    const clients = () => this.clients(leg, question, leaves);
    if (leg.preserved === undefined) {
      const both = [own(), clients()];
      const text = `whether ${leg.target.name} sees the client's address is known after apply`;
      const reason = { id: "aws/client-address", subject: leg.target.name, text };
      return {
        bounds: eitherBounds(
          leg.outer,
          both.map((each) => each.bounds),
        ),
        entry: eitherBounds(leg.outer, both.map(entryBounds)),
        reasons: [reason, ...both.flatMap((each) => each.reasons)],
        assumptions: both.flatMap((each) => each.assumptions),
        filtered: false,
      };
    }
    return leg.preserved ? clients() : own();
  }

  /** Whether the balancer's own packets get to the target, from all of its subnets. */
  private reaches(question: LegQuestion): Answer {
    const answer = allOf([this.legs.enters(question), aclsPass(this.lookup, question)]);
    const { start, target, assumed } = question;
    const unsure = !assumed && [start.subnets, target.subnets].some(isSeveral);
    return unsure && answer.result === "no" ? { ...answer, result: "maybe" } : answer;
  }

  /** Clients that go on by their own address, or by the balancer's group. */
  private clients(leg: Leg, question: LegQuestion, leaves: Answer): Outcome {
    const filter = this.filter(leg);
    const byGroup = this.legs.admitsBalancer(question);
    const tight = question.assumed ? filter?.alternative?.bounds : undefined;
    const filtered = tight ?? filter?.bounds ?? unknownBounds(leg.outer);
    const passed =
      byGroup.result === "yes"
        ? everything(leg.outer)
        : byGroup.result === "maybe"
          ? { must: filtered.must, may: CidrSet.all(leg.outer) }
          : filtered;
    const left = byAnswer(leaves, leg.outer);
    const shut = passed.may.isEmpty ? [shutReason(leg)] : [];
    const acls = clientsPassAcls(this.lookup, question, leg.outer);
    const why = byGroup.result === "yes" ? [] : [...(filter?.reasons ?? []), ...byGroup.reasons];
    return {
      bounds: intersectBounds(leg.outer, [left.bounds, acls.bounds, passed]),
      entry: intersectBounds(leg.outer, [left.bounds, acls.entry, passed]),
      reasons: [...left.reasons, ...shut, ...acls.reasons, ...why],
      assumptions: [...left.assumptions, ...acls.assumptions, ...(filter?.assumptions ?? [])],
      filtered: byGroup.result !== "yes",
    };
  }

  /** The filter of a target that sees the client's address. */
  private filter({ target, outer }: Leg): Hop | undefined {
    const { members, name, port } = target;
    return members === undefined || port === undefined
      ? undefined
      : this.interfaces.filterOf(members, name, port, outer);
  }

  /**
   * Health checks come from the balancer's own addresses, even where the clients' go on.
   * Where all targets fail them, AWS's balancers send to all of them.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
   */
  private health(leg: Leg, question: LegQuestion): Answer {
    const port = leg.healthPort === "traffic" ? question.port : leg.healthPort;
    const same = port === question.port && leg.preserved === false;
    const checked = { ...question, port: port ?? question.port };
    if (same) {
      return { result: "yes", reasons: [], assumptions: [] };
    }
    const answer =
      port === undefined
        ? ({ result: "maybe", reasons: [], assumptions: [] } as const)
        : allOf([this.legs.leaves(checked), this.reaches(checked)]);
    const closed = answer.result === "no" ? "fail" : "may fail";
    const text = `the health checks of ${leg.start.name} ${closed} at ${leg.target.name} on ${port === undefined ? "a port known after apply" : `tcp/${port}`}`;
    const id = answer.result === "no" ? "aws/health-check-closed" : "aws/health-check";
    return answer.result === "yes"
      ? answer
      : { ...answer, reasons: [{ id, subject: leg.target.name, text }] };
  }

  /** What is to be changed where the leg is closed; else what it leads to. */
  private resourcesOf(leg: Leg, plain: Outcome, filter: Hop | undefined): readonly string[] {
    if (!isClosed(plain)) {
      return filter === undefined ? [leg.target.name] : filter.resources;
    }
    const why = plain.reasons[0]?.id;
    const egress = why === "aws/balancer-egress";
    if (!egress && why !== "aws/target-ingress") {
      return [leg.target.name];
    }
    const members = egress ? leg.start.members : leg.target.members;
    const list = members?.list;
    const groups = [
      ...(list?.certain ?? []),
      ...(list?.candidates ?? []),
      ...(members?.attached ?? []).map((each) => each.group),
    ].flatMap((group) => ("foreign" in group ? [] : [group.address]));
    return groups.length === 0 ? [egress ? leg.start.name : leg.target.name] : groups;
  }
}

/** Whether some of what a balancer takes goes this way for certain. */
function isNeeded({ certain, conditional, target }: Leg): boolean {
  return certain && !conditional && target.certain;
}
