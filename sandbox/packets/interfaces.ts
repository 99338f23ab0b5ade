import type { CloudState } from "../cloud/state";
import type { ObjectValue } from "../provider/value";
import { all, blocks, one, subnetOf, text, texts } from "./inventory";

/** A network interface: an instance's, one by itself, or one that a group of instances has. */
export interface Interface {
  readonly id: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly privateAddress: string;
  /** Its own public addresses: an Elastic IP is the cloud's to give. */
  readonly publicAddresses: readonly string[];
  readonly running: boolean;
}

export function interfaces(cloud: CloudState): readonly Interface[] {
  const own = all(cloud, "aws_network_interface").map(standalone);
  const primary = all(cloud, "aws_instance").map((instance) => {
    const id = text(instance.primary_network_interface_id);
    const given = own.find((other) => other.id === id);
    return ofInstance(instance, given);
  });
  return [...primary, ...own.filter(({ id }) => !primary.some((other) => other.id === id))];
}

function standalone(attributes: ObjectValue): Interface {
  return {
    id: text(attributes.id),
    subnet: text(attributes.subnet_id),
    groups: texts(attributes.security_groups),
    privateAddress: text(attributes.private_ip),
    publicAddresses: texts(attributes.ipv6_addresses),
    running: true,
  };
}

function ofInstance(instance: ObjectValue, given: Interface | undefined): Interface {
  const own = text(instance.public_ip);
  return {
    id: text(instance.primary_network_interface_id),
    subnet: given?.subnet ?? text(instance.subnet_id),
    groups: given?.groups ?? texts(instance.vpc_security_group_ids),
    privateAddress: given?.privateAddress ?? text(instance.private_ip),
    publicAddresses: [
      ...(own === "" ? [] : [own]),
      ...texts(instance.ipv6_addresses),
      ...(given?.publicAddresses ?? []),
    ],
    running: instance.instance_state !== "stopped",
  };
}

export function instanceInterface(cloud: CloudState, id: string): Interface | undefined {
  const primary = text(one(cloud, "aws_instance", id)?.primary_network_interface_id);
  return interfaces(cloud).find((nic) => primary !== "" && nic.id === primary);
}

/** Who has a public address. */
export type Holder =
  | { readonly kind: "interface"; readonly nic: Interface }
  | { readonly kind: "balancer"; readonly id: string; readonly subnet: string }
  | { readonly kind: "nobody"; readonly why: string };

export function holderOf(cloud: CloudState, address: string): Holder {
  const elastic = all(cloud, "aws_eip").find(({ public_ip }) => public_ip === address);
  if (elastic !== undefined) return elasticHolder(cloud, text(elastic.id));
  const nic = interfaces(cloud).find(({ publicAddresses }) => publicAddresses.includes(address));
  if (nic !== undefined) return { kind: "interface", nic };
  return { kind: "nobody", why: "no interface has this address" };
}

function elasticHolder(cloud: CloudState, allocation: string): Holder {
  const to = cloud.associations[`address ${allocation}`]?.to;
  const nic = interfaces(cloud).find(({ id }) => id === to);
  if (nic !== undefined) return { kind: "interface", nic };
  for (const balancer of all(cloud, "aws_lb")) {
    const mapped = blocks(balancer.subnet_mapping).find((m) => m.allocation_id === allocation);
    if (mapped !== undefined) {
      return { kind: "balancer", id: text(balancer.id), subnet: text(mapped.subnet_id) };
    }
  }
  const nat = all(cloud, "aws_nat_gateway").find((n) => n.allocation_id === allocation);
  if (nat !== undefined) {
    return { kind: "nobody", why: "a NAT gateway has it, which lets no connection in" };
  }
  return { kind: "nobody", why: `${allocation} is associated with nothing` };
}

/** Where the interface's VPC is; "" where the cloud doesn't know. */
export const vpcOf = (cloud: CloudState, { subnet }: Interface): string =>
  subnetOf(cloud, subnet).vpc;
