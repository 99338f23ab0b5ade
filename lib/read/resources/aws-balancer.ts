import { type Hop, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { Route } from "../../model/path";
import { everything, mayOnly, nothing, unionBounds, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { bodyOf } from "../attributes";
import type { ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import { isInternal, kindOf } from "./aws-balancer-face";
import { balancerSubnets, subnetsOf } from "./aws-balancer-subnets";
import { hasTargets } from "./aws-idle-nodes";
import type { Interfaces, Members } from "./aws-interface";
import type { LegStart } from "./aws-leg";
import { Legs } from "./aws-leg";
import { LegHops } from "./aws-leg-hop";
import { type Asked, type ListenerPart, listenerPart } from "./aws-listener-hop";
import { Listeners } from "./aws-listeners";
import { SecondLegs } from "./aws-second-legs";
import type { SecurityGroups } from "./aws-security-group";
import { namedGroups } from "./aws-target";
import { Targets } from "./aws-target-group";
import { webAclHops } from "./aws-web-acl";

/** Leads from a load balancer of AWS to the hops before it, in it and behind it. */
export class AwsBalancers {
  readonly #listeners: Listeners;
  readonly #legs: SecondLegs;

  constructor(
    private readonly lookup: Lookup,
    private readonly interfaces: Interfaces,
    ingress: SecurityGroups,
    egress: SecurityGroups,
  ) {
    this.#listeners = new Listeners(lookup);
    const hops = new LegHops(lookup, new Legs(lookup, ingress, egress), interfaces);
    this.#legs = new SecondLegs(new Targets(lookup, interfaces), hops);
  }

  /**
   * The hops from the internet to a port of a balancer, and on to its targets.
   *
   * @param subnet where the address is known to be in one of the balancer's subnets: that one
   */
  public route(balancer: Instance, asked: Asked, subnet?: ListBinding): Route {
    const { family } = asked;
    const kind = kindOf(balancer);
    const address = addressHop(balancer, family);
    if (address?.bounds.may.isEmpty) {
      return { hops: [address], assumptions: [] };
    }
    if (kind === undefined) {
      const text = `originproof does not read balancers of the kind of ${balancer.address}, or it is known after apply`;
      return { hops: [unread(balancer, family, text)], assumptions: [] };
    }
    const enabled = subnetsOf(this.lookup, balancer);
    const subnets = subnet ?? enabled;
    const members = this.membersOf(balancer, kind, enabled);
    const start: LegStart = { name: balancer.address, members, subnets, enabled };
    const listener = listenerPart(this.#listeners, balancer, asked);
    const sent = subnet === undefined ? this.#legs.sentTo(balancer, listener) : [];
    const part = balancerSubnets(this.lookup, balancer, subnets, asked, (node) =>
      hasTargets(node, sent),
    );
    return {
      hops: [
        ...(address === undefined ? [] : [address]),
        ...part.hops,
        ...(members === undefined
          ? []
          : [this.interfaces.filterOf(members, balancer.address, asked.port, family)]),
        ...webAclHops(this.lookup, balancer, family),
        listener.hop,
        ...this.legsOf(listener, balancer, start, asked),
      ],
      assumptions: part.assumptions,
    };
  }

  /** Which ways of a listener are taken, and surely: routes that differ in nothing else are one. */
  public waysOf(balancer: Instance, asked: Asked): string {
    if (!this.#listeners.haveRules(balancer)) {
      return "";
    }
    const { forwards, hop } = listenerPart(this.#listeners, balancer, asked);
    const taken = forwards.map(({ conditional, rule }) => `${rule}${conditional ? "?" : "!"}`);
    return [...taken, ...hop.reasons.map(({ text }) => text)].join(" ");
  }

  private legsOf(
    listener: ListenerPart,
    balancer: Instance,
    start: LegStart,
    asked: Asked,
  ): readonly Hop[] {
    const { listening, hop, forwards, elsewhere } = listener;
    if (listening === undefined || hop.bounds.may.isEmpty) {
      return [];
    }
    const legs = this.#legs.of({ balancer, start, listening, asked }, forwards);
    return sharedEntry(legs, asked.family, elsewhere === true);
  }

  /** An NLB may have no groups; every other balancer that names none has its VPC's default. */
  private membersOf(balancer: Instance, kind: string, subnets: ListBinding): Members | undefined {
    const network = kind === "network";
    const name = ["security_groups"];
    const own = network ? undefined : subnets;
    const members = namedGroups(this.lookup, bodyOf(balancer), name, own);
    const { list } = members;
    const none = members.reasons[0]?.id === "aws/default-security-group" || isEmpty(list);
    return network && none ? undefined : members;
  }
}

function isEmpty({ certain, candidates, open }: ListBinding): boolean {
  return certain.length + candidates.length === 0 && !open;
}

/**
 * Each leg must pass for availability; any of them lets somebody in, and so may those of other
 * hosts: whoever is not the edge says which he asks for.
 */
function sharedEntry(hops: readonly Hop[], family: Family, elsewhere: boolean): readonly Hop[] {
  if (hops.length < 2 && !elsewhere) {
    return hops;
  }
  const more = elsewhere ? [mayOnly(everything(family))] : [];
  const own = (hop: Pick<Hop, "entry" | "bounds">) => hop.entry ?? hop.bounds;
  const entry = unionBounds(family, [...hops.map(own), ...more]);
  const tight = unionBounds(family, [...hops.map((hop) => own(hop.alternative ?? hop)), ...more]);
  return hops.map((hop) => ({
    ...hop,
    entry,
    ...(hop.alternative === undefined ? {} : { alternative: { ...hop.alternative, entry: tight } }),
  }));
}

/** What an internal balancer's name leads to is no address of the internet. */
function addressHop(balancer: Instance, family: Family): Hop | undefined {
  const internal = isInternal(balancer);
  const subject = balancer.address;
  if (internal === false) {
    return undefined;
  }
  if (internal === true) {
    const text = `the address of ${subject} is private: it is internal`;
    const reason = { id: "dns/special-purpose-address", subject, text };
    return plainHop("address", [subject], nothing(family), [reason], "special-purpose-address");
  }
  return unread(balancer, family, `whether ${subject} is internal is known after apply`);
}

function unread(balancer: Instance, family: Family, text: string): Hop {
  const reason = { id: "aws/balancer-not-read", subject: balancer.address, text };
  return plainHop("unknown", [balancer.address], unknownBounds(family), [reason]);
}
