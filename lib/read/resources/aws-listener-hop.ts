import { type Hop, type Place, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { everything, mayOnly, nothing, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { bodyOf } from "../attributes";
import type { Binding } from "../binding";
import { idOf } from "./aws-arn";
import { closers, selectors } from "./aws-listener-condition";
import { leavesSome, type Requests, reachedBy, takesSome } from "./aws-listener-rule";
import type { Action, Listeners, Listening } from "./aws-listeners";

/** What a flow asks of a listener. */
export interface Asked extends Requests {
  readonly port: number;
  readonly scheme: "http" | "https";
  readonly family: Family;
}

/** The listener of a flow, and where it sends what it takes. */
export interface ListenerPart {
  readonly hop: Hop;
  /** Undefined: nothing listens, or nothing of it can be told. */
  readonly listening: Listening | undefined;
  readonly forwards: readonly Forward[];
  /** With another Host header other ways are taken. */
  readonly elsewhere?: boolean;
}

/** A target group that a listener sends to. */
export interface Forward {
  readonly group: Binding;
  /** False: only apply tells whether it is this one. */
  readonly certain: boolean;
  /** It depends on the request. */
  readonly conditional: boolean;
  /** Which rule of the listener's says so; -1: none, it is the default action. */
  readonly rule: number;
}

type Speech = "http" | "https" | "both" | "none" | "unknown";

/** What clients speak on a listener of a protocol; TCP passes on what the target speaks. */
const SPEECH: Readonly<Record<string, Speech>> = {
  HTTP: "http",
  HTTPS: "https",
  TLS: "https",
  SSL: "https",
  TCP: "both",
  TCP_UDP: "both",
  TCP_QUIC: "both",
  UDP: "none",
  QUIC: "none",
};

function speechOf({ protocol }: Listening): Speech {
  return protocol === undefined ? "unknown" : (SPEECH[protocol] ?? "unknown");
}

/** Reads the listener that a flow meets at a balancer. */
export function listenerPart(listeners: Listeners, balancer: Instance, asked: Asked): ListenerPart {
  const any = listeners.of(balancer);
  const all = any.filter((each) => speechOf(each) !== "none");
  const here = all.filter((each) => each.port === asked.port && each.certain);
  const perhaps = all.filter((each) => each.port === undefined || !each.certain);
  const [listening, ...more] = here;
  if (listening === undefined) {
    return { hop: absent(balancer, any, perhaps, asked), listening: undefined, forwards: [] };
  }
  if (more.length > 0) {
    const text = `${balancer.address} has several listeners on tcp/${asked.port}`;
    return { hop: unknown(balancer, text, asked), listening: undefined, forwards: [] };
  }
  return present(listeners, balancer, listening, asked);
}

/**
 * Nothing of the input listens on the port. A balancer that has no listener here at all, and is
 * not made by this plan, may have some in another configuration.
 */
function absent(
  balancer: Instance,
  all: readonly Listening[],
  perhaps: readonly Listening[],
  asked: Asked,
): Hop {
  const { address } = balancer;
  const whole = balancer.mode === "managed" && (all.length > 0 || balancer.action === "create");
  if (perhaps.length > 0 || !whole) {
    const names = perhaps.map((each) => each.resource).join(", ");
    const what =
      names === "" ? "has no listener in the input" : `may have a listener there (${names})`;
    const text = `whether ${address} listens on tcp/${asked.port}: it ${what}`;
    const hop = unknown(balancer, text, asked);
    return names === "" ? { ...hop, place: placeOf(balancer, asked, false) } : hop;
  }
  const text = `no listener of ${address} is on tcp/${asked.port}`;
  const reason = { id: "aws/no-listener", subject: address, text };
  return plainHop("listener", [address], nothing(asked.family), [reason], "no-listener");
}

function unknown(balancer: Instance, text: string, { family }: Asked): Hop {
  const reason = { id: "aws/listener", subject: balancer.address, text };
  return plainHop("listener", [balancer.address], unknownBounds(family), [reason]);
}

function present(
  listeners: Listeners,
  balancer: Instance,
  listening: Listening,
  asked: Asked,
): ListenerPart {
  const speech = speechOf(listening);
  const { family, scheme, port } = asked;
  const { resource } = listening;
  if (speech === "unknown") {
    const text = `what ${resource} speaks on tcp/${port} is known after apply, or not read`;
    return { hop: unknown(balancer, text, asked), listening, forwards: [] };
  }
  if (speech !== "both" && speech !== scheme) {
    const text = `${resource} speaks ${speech} on tcp/${port}, and Cloudflare ${scheme}`;
    const [id, stop] =
      scheme === "https"
        ? (["aws/plain-listener", "no-tls"] as const)
        : (["aws/tls-listener", "plain-to-tls"] as const);
    const reason = { id, subject: resource, text };
    const closed = plainHop("listener", [resource], nothing(family), [reason], stop);
    // Others than the edge choose for themselves what they speak.
    const hop = { ...closed, entry: unknownBounds(family) };
    return { hop, listening, forwards: [] };
  }
  const part = passing(listeners, listening, asked);
  return { ...part, hop: { ...part.hop, place: placeOf(balancer, asked, true) } };
}

/**
 * A balancer has one listener for each port: where the input shows it, there is no other.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html DuplicateListener
 */
function placeOf(balancer: Instance, { port }: Asked, taken: boolean): Place {
  return { name: `tcp/${port} of ${idOf(balancer)}`, taken };
}

/** A listener that speaks the flow's scheme: what it does with requests, and to whom. */
function passing(listeners: Listeners, listening: Listening, asked: Asked): ListenerPart {
  const { family } = asked;
  if (listening.block.instance.type === "aws_elb") {
    const hop = plainHop("listener", [listening.resource], everything(family), []);
    return { hop, listening, forwards: [] };
  }
  const all = listeners.rulesOf(listening);
  const isOwn = (rule: Instance) => listeners.isOf(rule, listening);
  const { rules, fallback } = reachedBy(all, isOwn, asked);
  const own = fallback ? listeners.actionsOf(listening.block, "default_action") : [];
  const others = rules.flatMap((rule) => listeners.actionsOf(bodyOf(rule), "action"));
  const actions = [...own, ...others];
  const closed = closers(listening, rules, actions);
  const selective = isForward(actions) ? [] : selectors(listening, rules, actions);
  const bounds = closed.length > 0 ? mayOnly(everything(family)) : everything(family);
  const hop: Hop = {
    ...plainHop("listener", [listening.resource], bounds, [...closed, ...selective]),
    ...(selective.length > 0 ? { entry: mayOnly(bounds) } : {}),
  };
  return {
    hop,
    listening,
    elsewhere: !fallback || rules.length < all.length,
    forwards: [
      ...forwards(own, { conditional: !leavesSome(rules, asked), rule: -1 }),
      ...rules.flatMap((rule) => {
        const conditional = !(isOwn(rule) && takesSome(rule, rules, asked));
        const way = { conditional, rule: all.indexOf(rule) };
        return forwards(listeners.actionsOf(bodyOf(rule), "action"), way);
      }),
    ],
  };
}

/** Whether whatever comes is sent on, without a sign-in before. */
function isForward(actions: readonly Action[]): boolean {
  return actions.length > 0 && actions.every((action) => action.kind === "forward");
}

function forwards(
  actions: readonly Action[],
  way: Pick<Forward, "conditional" | "rule">,
): Forward[] {
  return actions.flatMap(({ groups }) =>
    groups.map(({ binding, certain }) => ({ group: binding, certain, ...way })),
  );
}
