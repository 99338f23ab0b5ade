import { type Assumption, type Hop, type Place, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import { everything, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { asBoolean, asNumber, attribute, type Block, bodyOf } from "../attributes";
import { idOf } from "./aws-arn";
import { kindOf } from "./aws-balancer-face";
import { classicHealthPort, healthPort } from "./aws-health-port";
import type { Sent } from "./aws-idle-nodes";
import type { LegStart } from "./aws-leg";
import type { Leg, LegHops } from "./aws-leg-hop";
import type { Asked, Forward, ListenerPart } from "./aws-listener-hop";
import type { Listening } from "./aws-listeners";
import type { BalancerTarget } from "./aws-target";
import type { Targets } from "./aws-target-group";
import { byZone, crossesZones, idleHop, nodesFor, zoneAssumption } from "./aws-zones";

/** A balancer with the listener that a flow has met. */
export interface Taken {
  readonly balancer: Instance;
  readonly start: LegStart;
  readonly listening: Listening;
  readonly asked: Asked;
}

type Way = Pick<Leg, "certain" | "conditional">;

/** The legs from a balancer to every target that a listener may send to. */
export class SecondLegs {
  constructor(
    private readonly targets: Targets,
    private readonly hops: LegHops,
  ) {}

  public of(taken: Taken, forwards: readonly Forward[]): readonly Hop[] {
    if (taken.balancer.type === "aws_elb") {
      return this.classic(taken);
    }
    const seen = new Map<Instance, Way>();
    const hops: Hop[] = [];
    for (const { group, certain, conditional } of forwards) {
      if (group.kind === "bound" && group.instance.mode === "managed") {
        const known = seen.get(group.instance) ?? { certain: false, conditional: true };
        seen.set(group.instance, {
          certain: certain || known.certain,
          conditional: (conditional || !certain) && known.conditional,
        });
      } else {
        hops.push(outsideLeg(group, taken));
      }
    }
    return [...[...seen].flatMap(([group, way]) => this.toGroup(group, way, taken)), ...hops];
  }

  /** What a listener sends to, each with its targets where a node sends to its own zone alone. */
  public sentTo(balancer: Instance, { listening, forwards }: ListenerPart): readonly Sent[] {
    const sent = (holder: Instance, group: Block | undefined, port: Value): Sent => {
      const crosses = crossesZones(balancer, group);
      const number = port.kind === "known" ? asNumber(port.value) : undefined;
      return { crosses, targets: crosses === true ? [] : this.targets.of(holder, number) };
    };
    if (listening !== undefined && balancer.type === "aws_elb") {
      return [sent(balancer, undefined, attribute(listening.block, "instance_port"))];
    }
    return forwards.map(({ group }) => {
      if (group.kind !== "bound")
        return { crosses: crossesZones(balancer, undefined), targets: [] };
      const body = bodyOf(group.instance);
      return sent(group.instance, body, attribute(body, "port"));
    });
  }

  private toGroup(group: Instance, way: Way, taken: Taken): readonly Hop[] {
    const body = bodyOf(group);
    const type = attribute(body, "target_type");
    const kind = type.kind === "unset" ? "instance" : knownString(type);
    if (kind === "lambda") {
      return this.toFunctions(group, way, taken);
    }
    if (kind !== "instance" && kind !== "ip") {
      const text = `originproof does not read what ${group.address} sends to, or it is known after apply`;
      return [unknownLeg(group.address, "aws/target-not-read", text, taken)];
    }
    const version = attribute(body, "ip_address_type");
    if (version.kind === "unknown") {
      const text = `the family of the targets of ${group.address} is known after apply`;
      return [unknownLeg(group.address, "aws/target-not-read", text, taken)];
    }
    const port = attribute(body, "port");
    const known = port.kind === "known" ? asNumber(port.value) : undefined;
    const found = this.targets.of(group, known);
    if (!found.some((target) => target.certain)) {
      return [noTargetLeg(group, found, way, taken)];
    }
    const family = knownString(version) === "ipv6" ? 6 : 4;
    const network = kindOf(taken.balancer) === "network";
    const common: Omit<Leg, "target"> = {
      start: taken.start,
      stop: network ? "second-leg-tcp" : "second-leg-http",
      family,
      outer: taken.asked.family,
      preserved: network && preserves(body, kind, [family, taken.asked.family]),
      healthPort: healthPort(body),
      ...way,
    };
    return this.toTargets(common, found, group, crossesZones(taken.balancer, body));
  }

  /** No packet goes to a lambda: what is registered is invoked. */
  private toFunctions(group: Instance, way: Way, taken: Taken): readonly Hop[] {
    const { family } = taken.asked;
    const found = this.targets.of(group, undefined);
    const sure = found.filter((target) => target.certain);
    if (sure.length === 0) {
      return [noTargetLeg(group, found, way, taken)];
    }
    const hop = plainHop("proxy", [group.address], everything(family), [], "second-leg-http");
    const needs =
      way.certain && !way.conditional ? sure.flatMap(({ invoked }) => invoked?.(family) ?? []) : [];
    return [withOthers(hop, group, []), ...needs];
  }

  /** A leg to each target in a zone of the balancer; the others get nothing. */
  private toTargets(
    common: Omit<Leg, "target">,
    targets: readonly BalancerTarget[],
    group: Instance,
    crosses: boolean | undefined,
  ): readonly Hop[] {
    const { used, idle } = byZone(common.start, targets, crosses);
    const own = crosses === undefined ? byZone(common.start, targets, false) : { used, idle };
    const [first] = own.idle;
    if (first !== undefined && own.used.length === 0) {
      const hop = idleHop(common.start, first, common.stop, [common.outer, crosses]);
      return [withOthers(hop, group, [])];
    }
    const zones = zoneAssumption(common.start, used, crosses);
    return used.map((target) => {
      const start = nodesFor(common.start, target, crosses);
      return withOthers(this.hops.hop({ ...common, start, target }), group, zones);
    });
  }

  private classic(taken: Taken): readonly Hop[] {
    const { balancer, listening, asked } = taken;
    const port = attribute(listening.block, "instance_port");
    const found = this.targets.of(
      balancer,
      port.kind === "known" ? asNumber(port.value) : undefined,
    );
    if (!found.some((target) => target.certain)) {
      const text = `no instance behind ${balancer.address} is in the input`;
      const hop = unknownLeg(balancer.address, "aws/no-target", text, taken);
      return [found.length === 0 ? { ...hop, place: placeOf(balancer, false) } : hop];
    }
    const http = listening.protocol === "HTTP" || listening.protocol === "HTTPS";
    const common: Omit<Leg, "target"> = {
      start: taken.start,
      stop: http ? "second-leg-http" : "second-leg-tcp",
      family: 4,
      outer: asked.family,
      preserved: false,
      healthPort: classicHealthPort(bodyOf(balancer)),
      certain: true,
      conditional: false,
    };
    return this.toTargets(common, found, balancer, crossesZones(balancer, undefined));
  }
}

/**
 * Whether targets see the client's address. By default instances do, and addresses don't behind
 * TCP and TLS; never across families.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
function preserves(
  body: Block,
  kind: "instance" | "ip",
  [own, outer]: readonly [Family, Family],
): boolean | undefined {
  const set = attribute(body, "preserve_client_ip");
  if (own !== outer) {
    return false;
  }
  const protocol = knownString(attribute(body, "protocol"));
  return set.kind === "unset"
    ? kind === "instance" || (protocol === undefined ? undefined : /UDP|QUIC/i.test(protocol))
    : set.kind === "known"
      ? asBoolean(set.value)
      : undefined;
}

function withOthers(hop: Hop, group: Instance, zones: readonly Assumption[]): Hop {
  const place = placeOf(group, true);
  return { ...hop, assumptions: [...hop.assumptions, place.assumption, ...zones], place };
}

/** The targets of a target group, or of a classic balancer. */
function placeOf(group: Instance, taken: boolean): Place & { readonly assumption: Assumption } {
  const text = `${group.address} has no targets besides those of the input`;
  const assumption = { id: "aws/other-targets", subject: group.address, text };
  return { name: `targets of ${idOf(group)}`, taken, assumption };
}

function unknownLeg(subject: string, id: string, text: string, { asked }: Taken): Hop {
  return plainHop("proxy", [subject], unknownBounds(asked.family), [{ id, subject, text }]);
}

function noTargetLeg(
  group: Instance,
  found: readonly BalancerTarget[],
  way: Way,
  taken: Taken,
): Hop {
  const hop = unknownLeg(group.address, "aws/no-target", noTarget(group.address, found), taken);
  const empty = found.length === 0 && way.certain && !way.conditional;
  return empty ? { ...hop, place: placeOf(group, false) } : hop;
}

function noTarget(address: string, found: readonly BalancerTarget[]): string {
  const names = [...new Set(found.map((target) => target.name))].join(", ");
  return names === ""
    ? `no target of ${address} is in the input`
    : `whether ${address} has a target is not sure: ${names} may be none, or have no machine or task yet`;
}

function outsideLeg(group: Forward["group"], taken: Taken): Hop {
  const balancer = taken.balancer.address;
  const id = "aws/target-group-outside";
  if (group.kind === "uncertain") {
    const text = `which target group ${balancer} sends to can't be told, so its targets are unknown`;
    return unknownLeg(balancer, id, text, taken);
  }
  const name =
    group.kind === "bound" ? group.instance.address : group.kind === "foreign" ? group.text : "";
  const text = `the target group ${name || `of ${balancer}`} is not in the input, so its targets are unknown`;
  return unknownLeg(name || balancer, id, text, taken);
}
