import type { ObjectValue, Value } from "../../provider/value";
import { find, type Handler, objects, type Step, type World } from "../handler";
import type { CloudObject } from "../state";
import {
  disassociate,
  elasticIpOf,
  holderOf,
  instanceOf,
  ownAddress,
  publicName,
} from "./interfaces";
import { blocks, changed, text, texts } from "./texts";

/** The interface made before the instance that is its primary one. */
function givenInterface(planned: ObjectValue): string {
  const first = blocks(planned.network_interface).find(({ device_index }) => device_index === 0);
  const primary = blocks(planned.primary_network_interface)[0];
  return text((primary ?? first)?.network_interface_id);
}

function defaultGroup(world: World, vpc: Value | undefined): Value {
  return find(world, "aws_vpc", vpc)?.attributes.default_security_group_id ?? "sg-default";
}

export const instance: Handler = {
  fill: (planned, world) => {
    const given = find(world, "aws_network_interface", givenInterface(planned))?.attributes;
    const subnet = find(world, "aws_subnet", given?.subnet_id ?? planned.subnet_id)?.attributes;
    const asked = planned.associate_public_ip_address;
    const isPublic =
      typeof asked === "boolean"
        ? asked
        : given === undefined && (subnet?.map_public_ip_on_launch ?? true) === true;
    const count = Number(planned.ipv6_address_count ?? 0);
    const wanted = Number.isNaN(count) ? 0 : count;
    const address = isPublic ? world.issuer.publicAddress() : "";
    const groups = texts(given?.security_groups);
    return {
      associate_public_ip_address: isPublic,
      private_ip:
        given?.private_ip ?? world.issuer.privateAddress(text(subnet?.cidr_block) || undefined),
      public_ip: address,
      public_dns: address === "" ? "" : publicName(address, planned.region),
      ipv6_address_count: wanted,
      ipv6_addresses: Array.from({ length: wanted }, () => world.issuer.ipv6Address()),
      vpc_security_group_ids:
        given === undefined ? [defaultGroup(world, subnet?.vpc_id)] : [...groups],
      security_groups: [],
      availability_zone: subnet?.availability_zone ?? `${text(planned.region)}a`,
      ...(given === undefined
        ? {}
        : { primary_network_interface_id: given.id ?? "", subnet_id: given.subnet_id ?? "" }),
    };
  },
  steps: (change) => {
    if (change.prior === null || change.planned === null) return [];
    const groups = changed(change, "vpc_security_group_ids");
    const stops = WHILE_STOPPED.some((name) => changed(change, name));
    const writes = ["vpc_security_group_ids"];
    return [
      ...(groups ? [{ call: "ModifyNetworkInterfaceAttribute", writes }] : []),
      ...(stops ? restart(String(change.current?.id)) : []),
    ];
  },
  removed: ({ primary_network_interface_id }, world) =>
    released(world, primary_network_interface_id),
  show: (attributes, world) => {
    const id = attributes.primary_network_interface_id;
    const elastic = elasticIpOf(world, id)?.attributes;
    const held = find(world, "aws_network_interface", id)?.attributes;
    return {
      ...attributes,
      ...(held === undefined ? {} : { vpc_security_group_ids: held.security_groups ?? [] }),
      ...(elastic === undefined
        ? {}
        : { public_ip: elastic.public_ip ?? "", public_dns: elastic.public_dns ?? "" }),
    };
  },
};

/** An interface that is gone lets go of its Elastic IP. */
function released(world: World, id: Value | undefined): void {
  const held = elasticIpOf(world, id);
  if (held !== undefined) disassociate(world, text(held.attributes.id));
}

/** What AWS changes of a stopped instance alone, each by a call of its own. */
const WHILE_STOPPED = [
  "capacity_reservation_specification",
  "cpu_options",
  "instance_type",
  "user_data",
  "user_data_base64",
];

/** What is changed of a machine that is stopped for it. */
function restart(id: string): readonly Step[] {
  return [stop(id), { call: "ModifyInstanceAttribute", writes: WHILE_STOPPED }, start(id)];
}

/** Puts these values on an instance. */
function put(world: World, id: string, values: ObjectValue): CloudObject | undefined {
  const object = find(world, "aws_instance", id);
  if (object !== undefined) object.attributes = { ...object.attributes, ...values };
  return object;
}

/** A stopped instance gives its public address back; an Elastic IP stays. */
function stop(id: string): Step {
  const values = { instance_state: "stopped", public_ip: "", public_dns: "" };
  const run = (world: World): undefined => void put(world, id, values);
  return { call: "StopInstances", run };
}

function start(id: string): Step {
  const run = (world: World): undefined => {
    if (find(world, "aws_instance", id)?.attributes.instance_state === "running") return;
    const object = put(world, id, { instance_state: "running" });
    const held = elasticIpOf(world, object?.attributes.primary_network_interface_id);
    const isPublic = object?.attributes.associate_public_ip_address === true;
    if (object !== undefined && held === undefined && isPublic) ownAddress(world, object);
  };
  return { call: "StartInstances", run };
}

/** Stops or starts a machine where it isn't so. Its deletion makes no call. */
export const instanceState: Handler = {
  fill: ({ instance_id }) => ({ id: instance_id ?? "" }),
  steps: ({ prior, planned }) => {
    if (planned === null || planned.state === prior?.state) return [];
    const id = text(planned.instance_id);
    return [planned.state === "stopped" ? stop(id) : start(id)];
  },
  show: (attributes, world) => {
    const machine = find(world, "aws_instance", attributes.instance_id)?.attributes;
    return { ...attributes, state: machine?.instance_state ?? attributes.state ?? "" };
  },
};

export const networkInterface: Handler = {
  fill: (planned, world) => {
    const subnet = find(world, "aws_subnet", planned.subnet_id)?.attributes;
    const given = texts(planned.private_ips)[0] ?? text(planned.private_ip);
    const address = given || world.issuer.privateAddress(text(subnet?.cidr_block) || undefined);
    const count = Number(planned.ipv6_address_count ?? 0) || 0;
    const ipv6_addresses = Array.from({ length: count }, () => world.issuer.ipv6Address());
    return {
      private_ip: address,
      private_ips: [address],
      ipv6_addresses,
      security_groups: [defaultGroup(world, subnet?.vpc_id)],
    };
  },
  removed: ({ id }, world) => released(world, id),
};

/** Adds a group to what an interface has, and takes away only that one. */
export const groupAttachment: Handler = {
  steps: ({ prior, planned }) => {
    const { network_interface_id, security_group_id = null } = planned ?? prior ?? {};
    const run = (world: World): undefined => {
      const object =
        holderOf(world, network_interface_id) ?? instanceOf(world, network_interface_id);
      if (object === undefined) return;
      const list = object.type === "aws_instance" ? "vpc_security_group_ids" : "security_groups";
      const others = texts(object.attributes[list]).filter((group) => group !== security_group_id);
      const groups = planned === null ? others : [...others, security_group_id];
      object.attributes = { ...object.attributes, [list]: groups };
    };
    return [{ call: "ModifyNetworkInterfaceAttribute", run }];
  },
};

/** Instances and interfaces, for those who count a group's holders. */
export const holders = (world: World) =>
  ["aws_instance", "aws_network_interface"].flatMap((type) => objects(world, type));
