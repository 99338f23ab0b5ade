import type { CloudState } from "../cloud/state";
import { familyOf, hostsOf } from "./addresses";
import { type Answer, anyOf, inRow, PASSES, stopped } from "./answer";
import { type Balancer, balancers, listenerOf, reachable } from "./balancers";
import { aclAdmits, byClientPort, groupsAdmit } from "./filters";
import { holderOf, type Interface } from "./interfaces";
import { all, subnetOf, text } from "./inventory";
import { comesIn, leavesToInternet } from "./routes";
import { legTo } from "./second-leg";
import { interfaceOf, type Target } from "./targets";

export interface Packet {
  /** A public address. */
  readonly from: string;
  /** A public address, or the name of a balancer or an instance, as AWS gives it. */
  readonly to: string;
  readonly port: number;
}

/**
 * Whether a TCP connection from the internet gets to what listens there, and its replies back. That
 * something listens on the last machine is assumed.
 */
export function reaches(cloud: CloudState, { from, to, port }: Packet): Answer {
  const balancer = balancers(cloud).find(({ name }) => name === to);
  if (balancer !== undefined) return toBalancer(cloud, balancer, balancer.subnets, from, port);
  const named = all(cloud, "aws_instance").find(({ public_dns }) => public_dns === to);
  const elastic = all(cloud, "aws_eip").find(({ public_dns }) => public_dns === to);
  const address = text((elastic ?? named)?.public_ip) || to;
  if (!/^[0-9a-f.:]+$/i.test(address)) {
    return stopped("address", to, "nothing in the cloud has this name");
  }
  if (familyOf(address) !== familyOf(from)) {
    return stopped("address", to, `${from} is of the other family`);
  }
  const holder = holderOf(cloud, address);
  if (holder.kind === "nobody") return stopped("address", address, holder.why);
  if (holder.kind === "interface") return toInterface(cloud, holder.nic, from, port);
  const mapped = balancers(cloud).find(({ id }) => id === holder.id);
  if (mapped === undefined) return stopped("address", address, "its balancer is gone");
  return toBalancer(cloud, mapped, [holder.subnet], from, port);
}

function toInterface(cloud: CloudState, nic: Interface, from: string, port: number): Answer {
  return byClientPort(cloud, (clientPort) =>
    inRow(
      () => (nic.running ? PASSES : stopped("instance", nic.id, "the instance is stopped")),
      () => intoSubnet(cloud, { id: nic.subnet, address: nic.privateAddress }, from, port),
      () => aclAdmits(cloud, nic.subnet, true, from, clientPort),
      () => groupsAdmit(cloud, nic.groups, "ingress", { address: from }, port),
    ),
  );
}

/** From the internet into a subnet, and the way back but for the client's port. */
function intoSubnet(
  cloud: CloudState,
  subnet: { readonly id: string; readonly address: string },
  from: string,
  port: number,
): Answer {
  return inRow(
    () => comesIn(cloud, subnet.id, subnet.address),
    () => leavesToInternet(cloud, subnet.id, from),
    () => aclAdmits(cloud, subnet.id, false, from, port),
  );
}

function toBalancer(
  cloud: CloudState,
  balancer: Balancer,
  subnets: readonly string[],
  from: string,
  port: number,
): Answer {
  const { id } = balancer;
  if (balancer.internal)
    return stopped("address", id, "an internal balancer has no public address");
  if (!balancer.families.includes(familyOf(from))) {
    return stopped("address", id, `the balancer has no address of ${from}'s family`);
  }
  const listener = listenerOf(cloud, balancer, port);
  if (listener === undefined) return stopped("listener", id, `no listener on tcp/${port}`);
  if (listener.targets.length === 0 && !listener.answersItself) {
    return stopped("target", id, "no target is registered");
  }
  const nodes = subnets.flatMap((subnet) => {
    const own = listener.targets.filter((target) => {
      const nic = interfaceOf(cloud, target);
      return nic === undefined || reachable(cloud, balancer, subnet, nic.subnet);
    });
    // A node without a target of its own is taken out of DNS.
    const idle = own.length === 0 && listener.targets.length > 0;
    return idle ? [] : [toNode(cloud, balancer, { subnet, targets: own }, from, port)];
  });
  return anyOf(nodes, stopped("address", id, "the balancer is in no subnet"));
}

function toNode(
  cloud: CloudState,
  balancer: Balancer,
  node: { readonly subnet: string; readonly targets: readonly Target[] },
  from: string,
  port: number,
): Answer {
  const { subnet } = node;
  const [address = ""] = hostsOf(subnetOf(cloud, subnet).cidr);
  const filtered = balancer.kind !== "network" || balancer.groups.length > 0;
  return byClientPort(cloud, (clientPort) =>
    inRow(
      () => intoSubnet(cloud, { id: subnet, address }, from, port),
      () => aclAdmits(cloud, subnet, true, from, clientPort),
      () =>
        filtered ? groupsAdmit(cloud, balancer.groups, "ingress", { address: from }, port) : PASSES,
      () =>
        anyOf(
          node.targets.map((target) =>
            legTo(cloud, { balancer, subnet, target, client: from, clientPort }),
          ),
          PASSES,
        ),
    ),
  );
}
