import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { isUnresolved } from "../../synth/literal";
import { identityOf, nameOf } from "./conflicts/identity";

/** Kinds of balancers that answer the edge. */
export type BalancerKind = "application" | "network" | "classic";

/** Which kind it is; `undefined` where only Terraform knows. */
export function kindOf({ loadBalancerTypeInput }: Lb): BalancerKind | undefined {
  const type = loadBalancerTypeInput ?? "application";
  return type === "application" || type === "network" ? type : undefined;
}

/** AWS's words for what speaks HTTP, which application balancers do and network balancers don't. */
const HTTP_PROTOCOLS = ["HTTP", "HTTPS"];

/**
 * Is it the balancer's own, in a protocol of its kind?
 *
 * @param protocol `undefined` where only Terraform knows
 * @throws ConfigurationError `listener-elsewhere`, `listener-protocol`
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
 */
export function requireFitting(
  listener: LbListener,
  protocol: string | undefined,
  loadBalancer: Lb,
  scope: IConstruct,
): void {
  requireOwn(listener, loadBalancer, scope);
  const kind = kindOf(loadBalancer);
  const who = `'listeners' has ${listener.node.path}`;
  const isHttp = protocol !== undefined && HTTP_PROTOCOLS.includes(protocol.toUpperCase());
  if (protocol !== undefined && kind !== undefined && isHttp !== (kind === "application")) {
    const words = kind === "application" ? "HTTPS or HTTP" : "TLS or TCP";
    throw new ConfigurationError(
      "listener-protocol",
      `${who} with ${protocol}, which no ${kind} balancer speaks; use ${words}`,
      scope,
    );
  }
}

/** A reference to another balancer is a mistake; what isn't a reference can't be told. */
function requireOwn(listener: LbListener, loadBalancer: Lb, scope: IConstruct): void {
  const { loadBalancerArnInput = "" } = listener;
  const named = identityOf(listener, loadBalancerArnInput);
  const own = [loadBalancer.arn, loadBalancer.id].map((text) => identityOf(loadBalancer, text));
  const isReference = /\$\{aws_a?lb\.[^.}]+\.(?:arn|id)\}$/.test(named);
  if (isUnresolved(loadBalancerArnInput) && isReference && !own.includes(named)) {
    throw new ConfigurationError(
      "listener-elsewhere",
      `'listeners' has ${listener.node.path}, a listener of ${nameOf(named)}, and 'loadBalancer' is ` +
        `${nameOf(own[0] ?? "")}; give the listeners of that one`,
      scope,
    );
  }
}
