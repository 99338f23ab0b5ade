import type { Value } from "../../provider/value";
import { find, objects, type World } from "../handler";
import type { CloudObject } from "../state";
import { text } from "./texts";

/** The instance or interface that holds the interface's groups and addresses. */
export function holderOf(world: World, id: Value | undefined): CloudObject | undefined {
  return find(world, "aws_network_interface", id) ?? instanceOf(world, id);
}

/** The instance whose primary interface it is. */
export function instanceOf(world: World, id: Value | undefined): CloudObject | undefined {
  if (text(id) === "") return undefined;
  return objects(world, "aws_instance").find(
    ({ attributes }) => attributes.primary_network_interface_id === id,
  );
}

/** The interface that has the Elastic IP. */
export function interfaceWith(world: World, allocation: Value | undefined): string | undefined {
  return world.state.associations[`address ${text(allocation)}`]?.to;
}

/** The Elastic IP of an interface. */
export function elasticIpOf(world: World, id: Value | undefined): CloudObject | undefined {
  return objects(world, "aws_eip").find(
    ({ attributes }) => text(id) !== "" && interfaceWith(world, attributes.id) === id,
  );
}

/**
 * Binds an Elastic IP to an interface. It leaves whoever had it, the interface loses the one it had,
 * and an instance its own public address.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html
 */
export function associate(world: World, allocation: string, to: string, id: string): void {
  disassociate(world, allocation);
  const { associations } = world.state;
  for (const [key, association] of Object.entries(associations)) {
    if (key.startsWith("address ") && association.to === to) delete associations[key];
  }
  associations[`address ${allocation}`] = { id, to };
  const instance = instanceOf(world, to);
  if (instance !== undefined) {
    instance.attributes = { ...instance.attributes, public_ip: "", public_dns: "" };
  }
}

/** The instance gets a public address of its own again, where it is to have one. */
export function disassociate(world: World, allocation: string): void {
  const key = `address ${allocation}`;
  const held = world.state.associations[key];
  if (held === undefined) return;
  delete world.state.associations[key];
  const instance = instanceOf(world, held.to);
  if (instance?.attributes.associate_public_ip_address === true) ownAddress(world, instance);
}

export function ownAddress(world: World, instance: CloudObject): void {
  const { attributes } = instance;
  const address = world.issuer.publicAddress();
  const public_dns = publicName(address, attributes.region);
  instance.attributes = { ...attributes, public_ip: address, public_dns };
}

export const publicName = (address: string, region: Value | undefined): string =>
  `ec2-${address.replaceAll(".", "-")}.${text(region)}.compute.amazonaws.com`;

/** The VPC that a default group, ACL or table belongs to. */
export const vpcWith = (world: World, attribute: string, id: Value | undefined): string =>
  text(
    objects(world, "aws_vpc").find(({ attributes }) => attributes[attribute] === id)?.attributes.id,
  );
