import type { Elb } from "@cdktf/provider-aws/lib/elb";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { Listener } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { isUnresolved } from "../../synth/literal";
import type { IOriginSecurityGroup } from "./security-group";

/** A listener of a balancer; `undefined` is what only Terraform knows. */
interface Answering {
  readonly port: number | undefined;
  readonly protocol: string | undefined;
}

/** Protocols by which a balancer answers a scheme: TCP leaves it to the targets. */
const PROTOCOLS: Readonly<Record<Listener["scheme"], readonly string[]>> = {
  https: ["HTTPS", "TLS", "SSL", "TCP"],
  http: ["HTTP", "TCP"],
};

/** Network balancers that answer UDP beside TCP on one port. */
const DUAL_PROTOCOL = "TCP_UDP";

/**
 * Does the balancer answer on each port that its firewalls open, in the right protocol? Only what
 * is literal is compared; the proof sees the rest.
 *
 * @throws ConfigurationError `listener-missing`, `listener-protocol`
 */
export function checkBalancer(
  loadBalancer: Lb | Elb,
  listeners: readonly LbListener[],
  firewalls: readonly IOriginSecurityGroup[],
  scope: IConstruct,
): void {
  const answering = "listenerInput" in loadBalancer ? classic(loadBalancer) : listeners.map(modern);
  if (answering === undefined) {
    return;
  }
  for (const listener of firewalls.flatMap((firewall) => firewall.listeners)) {
    const found = answering.find(({ port }) => port === listener.port);
    if (found !== undefined) {
      checkProtocol(listener, found, scope);
    } else if (answering.every(({ port }) => port !== undefined)) {
      const ports = answering.map(({ port }) => port).join(", ");
      throw new ConfigurationError(
        "listener-missing",
        `'loadBalancer' answers on ${ports} alone, and 'firewalls' open ${listener}; add a ` +
          `listener on ${listener.port}, or take it from the firewall`,
        scope,
      );
    }
  }
}

function checkProtocol(listener: Listener, { protocol }: Answering, scope: IConstruct): void {
  const allowed = PROTOCOLS[listener.scheme];
  if (protocol !== undefined && ![...allowed, DUAL_PROTOCOL].includes(protocol.toUpperCase())) {
    throw new ConfigurationError(
      "listener-protocol",
      `'loadBalancer' answers ${protocol} on ${listener.port}, where the edge speaks ` +
        `${listener.scheme}; use ${allowed.join(" or ")}`,
      scope,
    );
  }
}

function modern({ portInput, protocolInput }: LbListener): Answering {
  return { port: literal(portInput), protocol: literal(protocolInput) };
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
