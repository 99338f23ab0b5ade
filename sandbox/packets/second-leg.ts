import type { CloudState } from "../cloud/state";
import { hostsOf } from "./addresses";
import { type Answer, anyOf, inRow, PASSES, stopped } from "./answer";
import { type Balancer, balancers, listenerOf } from "./balancers";
import { aclAdmits, clientPorts, groupsAdmit, sameFamily } from "./filters";
import type { Interface } from "./interfaces";
import { subnetOf } from "./inventory";
import { staysLocal } from "./routes";
import { interfaceOf, type Target } from "./targets";

/** What a node of a balancer is about to send on. */
interface Leg {
  readonly balancer: Balancer;
  /** The node's. */
  readonly subnet: string;
  readonly target: Target;
  readonly client: string;
  readonly clientPort: number;
}

/** From a balancer's node to one target. Whether the target is healthy is not asked. */
export function legTo(cloud: CloudState, leg: Leg): Answer {
  const { target } = leg;
  if (target.kind === "lambda") return PASSES;
  if (target.kind === "balancer") return toInnerBalancer(cloud, leg);
  const nic = interfaceOf(cloud, target);
  if (nic === undefined) return stopped("target", target.id, "the cloud has no such target");
  if (!nic.running) return stopped("instance", nic.id, "the instance is stopped");
  return toTarget(cloud, leg, nic);
}

/** The client's address, or any of the node's. */
function senders(cloud: CloudState, { subnet, target, client }: Leg, to: string) {
  return target.preserves && sameFamily(client, to)
    ? { addresses: [client], own: false }
    : { addresses: hostsOf(subnetOf(cloud, subnet).cidr), own: true };
}

function toTarget(cloud: CloudState, leg: Leg, nic: Interface): Answer {
  const { balancer, subnet, target } = leg;
  const to = { address: nic.privateAddress, groups: nic.groups };
  const { addresses, own } = senders(cloud, leg, to.address);
  const ports = own ? clientPorts(cloud) : [leg.clientPort];
  const filtered = balancer.kind !== "network" || balancer.groups.length > 0;
  const ways = addresses.flatMap((address) =>
    ports.map((clientPort) =>
      inRow(
        () => (filtered ? groupsAdmit(cloud, balancer.groups, "egress", to, target.port) : PASSES),
        () => between(cloud, { node: subnet, target: nic }, { address, clientPort }, target.port),
        () =>
          groupsAdmit(
            cloud,
            nic.groups,
            "ingress",
            { address, groups: balancer.groups },
            target.port,
          ),
      ),
    ),
  );
  return anyOf(ways, PASSES);
}

/** No ACL is asked within a subnet. */
function between(
  cloud: CloudState,
  { node, target }: { readonly node: string; readonly target: Interface },
  { address, clientPort }: { readonly address: string; readonly clientPort: number },
  port: number,
): Answer {
  if (node === target.subnet) return PASSES;
  const to = target.privateAddress;
  const [home = ""] = hostsOf(subnetOf(cloud, node).cidr);
  return inRow(
    () => staysLocal(cloud, node, to),
    () => staysLocal(cloud, target.subnet, home),
    () => aclAdmits(cloud, node, true, to, port),
    () => aclAdmits(cloud, target.subnet, false, address, port),
    () => aclAdmits(cloud, target.subnet, true, address, clientPort),
    () => aclAdmits(cloud, node, false, to, clientPort),
  );
}

/** A network balancer in front of an application one, which gets the client's address. */
function toInnerBalancer(cloud: CloudState, leg: Leg): Answer {
  const inner = balancers(cloud).find(({ id }) => id === leg.target.id);
  if (inner === undefined)
    return stopped("target", leg.target.id, "the cloud has no such balancer");
  const listener = listenerOf(cloud, inner, leg.target.port);
  if (listener === undefined) {
    return stopped("listener", inner.id, `no listener on tcp/${leg.target.port}`);
  }
  const nodes = inner.subnets.flatMap((subnet) =>
    hostsOf(subnetOf(cloud, subnet).cidr).map((privateAddress) => {
      const nic = { id: `${inner.id} in ${subnet}`, subnet, groups: inner.groups };
      return { ...nic, privateAddress, publicAddresses: [], running: true };
    }),
  );
  const ways = nodes.map((nic) =>
    inRow(
      () => toTarget(cloud, leg, nic),
      () =>
        anyOf(
          listener.targets.map((target) =>
            legTo(cloud, { ...leg, balancer: inner, subnet: nic.subnet, target }),
          ),
          listener.answersItself ? PASSES : stopped("target", inner.id, "no target is registered"),
        ),
    ),
  );
  return anyOf(ways, stopped("target", inner.id, "the balancer is in no subnet"));
}
