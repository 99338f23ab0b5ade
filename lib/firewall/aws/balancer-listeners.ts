import type { Elb } from "@cdktf/provider-aws/lib/elb";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { isUnresolved } from "../../synth/literal";
import { type BalancerKind, kindOf, requireFitting } from "./balancer-kind";
import type { IOriginSecurityGroup } from "./security-group";

/** A listener of a balancer; `undefined` is what only Terraform knows. */
interface Answering {
  readonly port: number | undefined;
  readonly protocol: string | undefined;
}

/** The balancer's listeners, and the prop that has them, for messages. */
interface Answers {
  readonly prop: "listeners" | "loadBalancer";
  readonly kind: BalancerKind | undefined;
  readonly listeners: readonly Answering[];
}

/** Protocols by which a balancer answers a scheme: TCP leaves it to the targets. */
const PROTOCOLS: Readonly<Record<BalancerKind, Record<Listener["scheme"], readonly string[]>>> = {
  application: { https: ["HTTPS"], http: ["HTTP"] },
  network: { https: ["TLS", "TCP"], http: ["TCP"] },
  classic: { https: ["HTTPS", "SSL", "TCP"], http: ["HTTP", "TCP"] },
};

/** Network balancers answer UDP beside TCP on one port with it. */
const DUAL_PROTOCOL = "TCP_UDP";

/**
 * Does the balancer answer on each port that its firewalls open, in the right protocol? Only what
 * is literal is compared; the proof sees the rest.
 *
 * @throws ConfigurationError `listener-missing`, `listener-protocol`, `listener-elsewhere`
 */
export function checkBalancer(
  loadBalancer: Lb | Elb,
  listeners: readonly LbListener[],
  firewalls: readonly IOriginSecurityGroup[],
  scope: IConstruct,
): void {
  const answers = answersOf(loadBalancer, listeners, scope);
  if (answers === undefined) {
    return;
  }
  for (const listener of firewalls.flatMap((firewall) => firewall.listeners)) {
    const found = answers.listeners.find(({ port }) => port === listener.port);
    if (found !== undefined) {
      checkProtocol(listener, found, answers, scope);
    } else if (answers.listeners.every(({ port }) => port !== undefined)) {
      const ports = answers.listeners.map(({ port }) => port).join(", ");
      throw new ConfigurationError(
        "listener-missing",
        `'${answers.prop}' ${answers.prop === "listeners" ? "answer" : "answers"} on ${ports} ` +
          `alone, and 'firewalls' open ${listener}; add a listener on ${listener.port}, or take it ` +
          "from the firewall",
        scope,
      );
    }
  }
}

function checkProtocol(
  listener: Listener,
  { protocol }: Answering,
  { prop, kind }: Answers,
  scope: IConstruct,
): void {
  const kinds = kind === undefined ? (["application", "network"] as const) : [kind];
  const allowed = kinds.flatMap((one) => PROTOCOLS[one][listener.scheme]);
  if (protocol !== undefined && ![...allowed, DUAL_PROTOCOL].includes(protocol.toUpperCase())) {
    throw new ConfigurationError(
      "listener-protocol",
      `'${prop}' ${prop === "listeners" ? "answer" : "answers"} ${protocol} on ${listener.port}, ` +
        `where the edge speaks ${listener.scheme}; use ${allowed.join(" or ")}`,
      scope,
    );
  }
}

function answersOf(
  loadBalancer: Lb | Elb,
  listeners: readonly LbListener[],
  scope: IConstruct,
): Answers | undefined {
  if ("listenerInput" in loadBalancer) {
    const own = classic(loadBalancer);
    return own && { prop: "loadBalancer", kind: "classic", listeners: own };
  }
  const kind = kindOf(loadBalancer);
  const answering = listeners.map((listener) => {
    const protocol = protocolOf(listener, kind);
    requireFitting(listener, protocol, loadBalancer, scope);
    return { port: literal(listener.portInput), protocol };
  });
  return { prop: "listeners", kind, listeners: answering };
}

/** AWS's default is for application balancers alone; others have none. */
function protocolOf(
  { protocolInput }: LbListener,
  kind: BalancerKind | undefined,
): string | undefined {
  return protocolInput === undefined && kind === "application" ? "HTTP" : literal(protocolInput);
}

function classic({ listenerInput }: Elb): readonly Answering[] | undefined {
  if (listenerInput === undefined || Token.isUnresolved(listenerInput)) {
    return undefined;
  }
  const blocks = Array.isArray(listenerInput) ? listenerInput : [];
  return blocks.map(({ lbPort, lbProtocol }) => ({
    port: literal(lbPort),
    protocol: literal(lbProtocol),
  }));
}

function literal<T>(value: T | undefined): T | undefined {
  return isUnresolved(value) ? undefined : value;
}
