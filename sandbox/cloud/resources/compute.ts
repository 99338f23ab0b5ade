import { equal, type ObjectValue, type Value } from "../../provider/value";
import { type Change, find, type Handler, objects, type Step, type World } from "../handler";

const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

const changed = ({ prior, planned }: Change, name: string): boolean =>
  prior !== null && planned !== null && !equal(prior[name], planned[name]);

/** The address that holds over stops and starts, whoever associated it. */
function elasticAddress(world: World, instance: Value | undefined): ObjectValue | undefined {
  const holds = (type: string, name: string) =>
    objects(world, type).find(({ attributes }) => attributes[name] === instance)?.attributes;
  const association = holds("aws_eip_association", "instance_id");
  const allocation = association?.allocation_id;
  return holds("aws_eip", "instance") ?? find(world, "aws_eip", allocation)?.attributes;
}

const publicName = (address: string, region: Value | undefined): string =>
  `ec2-${address.replaceAll(".", "-")}.${text(region)}.compute.amazonaws.com`;

export const instance: Handler = {
  fill: (planned, world) => {
    const subnet = find(world, "aws_subnet", planned.subnet_id)?.attributes;
    const asked = planned.associate_public_ip_address;
    const isPublic = typeof asked === "boolean" ? asked : (subnet?.map_public_ip_on_launch ?? true);
    const count = Number(planned.ipv6_address_count ?? 0);
    const wanted = Number.isNaN(count) ? 0 : count;
    const address = isPublic === true ? world.issuer.publicAddress() : "";
    const group = find(world, "aws_vpc", subnet?.vpc_id)?.attributes.default_security_group_id;
    return {
      associate_public_ip_address: isPublic === true,
      private_ip: world.issuer.privateAddress(text(subnet?.cidr_block) || undefined),
      public_ip: address,
      public_dns: address === "" ? "" : publicName(address, planned.region),
      ipv6_address_count: wanted,
      ipv6_addresses: Array.from({ length: wanted }, () => world.issuer.ipv6Address()),
      vpc_security_group_ids: [group ?? "sg-default"],
      security_groups: [],
      availability_zone: subnet?.availability_zone ?? `${text(planned.region)}a`,
    };
  },
  steps: (change) => {
    if (change.prior === null || change.planned === null) return [];
    const groups = changed(change, "vpc_security_group_ids");
    const stops = changed(change, "instance_type") || changed(change, "user_data");
    return [
      ...(groups ? [{ call: "ModifyNetworkInterfaceAttribute" }] : []),
      ...(stops ? restart(String(change.current?.id)) : []),
    ];
  },
  show: (attributes, world) => {
    const address = elasticAddress(world, attributes.id);
    return address === undefined
      ? attributes
      : { ...attributes, public_ip: address.public_ip ?? "", public_dns: address.public_dns ?? "" };
  },
};

/** A stopped instance gives its public address back. */
function restart(id: string): readonly Step[] {
  return [
    { call: "StopInstances" },
    { call: "ModifyInstanceAttribute" },
    {
      call: "StartInstances",
      run: (world) => {
        const object = find(world, "aws_instance", id);
        if (object !== undefined && text(object.attributes.public_ip) !== "") {
          object.attributes.public_ip = world.issuer.publicAddress();
        }
        return undefined;
      },
    },
  ];
}

const associates = (attributes: ObjectValue): boolean =>
  text(attributes.instance) !== "" || text(attributes.network_interface) !== "";

export const elasticIp: Handler = {
  fill: (planned, world) => {
    const holder = find(world, "aws_instance", planned.instance)?.attributes;
    if (holder === undefined) return {};
    return {
      association_id: `eipassoc-0${world.issuer.hex(16)}`,
      private_ip: holder.private_ip ?? "",
      private_dns: holder.private_dns ?? "",
      network_interface: holder.primary_network_interface_id ?? "",
    };
  },
  steps: (change) => {
    const { prior, planned } = change;
    if (planned === null) {
      return prior !== null && associates(prior) ? [{ call: "DisassociateAddress" }] : [];
    }
    if (prior === null) return associates(planned) ? [{ call: "AssociateAddress" }] : [];
    if (!changed(change, "instance") && !changed(change, "network_interface")) return [];
    return [
      ...(associates(prior) ? [{ call: "DisassociateAddress" }] : []),
      ...(associates(planned) ? [{ call: "AssociateAddress" }] : []),
    ];
  },
  show: (attributes, world) => {
    const association = objects(world, "aws_eip_association").find(
      (object) => object.attributes.allocation_id === attributes.id,
    )?.attributes;
    if (association === undefined) return attributes;
    return {
      ...attributes,
      association_id: association.id ?? "",
      instance: association.instance_id ?? "",
      network_interface: association.network_interface_id ?? "",
      private_ip: association.private_ip_address ?? "",
    };
  },
};

export const elasticIpAssociation: Handler = {
  fill: (planned, world) => {
    const holder = find(world, "aws_instance", planned.instance_id)?.attributes;
    const address = find(world, "aws_eip", planned.allocation_id)?.attributes;
    return {
      network_interface_id: holder?.primary_network_interface_id ?? "",
      private_ip_address: holder?.private_ip ?? "",
      public_ip: address?.public_ip ?? "",
    };
  },
};

export const networkInterface: Handler = {
  fill: (planned, world) => {
    const subnet = find(world, "aws_subnet", planned.subnet_id)?.attributes;
    const address = world.issuer.privateAddress(text(subnet?.cidr_block) || undefined);
    return { private_ip: address, private_ips: [address], security_groups: [] };
  },
};

/** Adds a group to what an interface has, and takes away only that one. */
export const groupAttachment: Handler = {
  steps: ({ prior, planned }) => {
    const rule = planned ?? prior ?? {};
    const run = (world: World): undefined => {
      const interfaces = [
        ...objects(world, "aws_instance").map((o) => [o, "primary_network_interface_id"] as const),
        ...objects(world, "aws_network_interface").map((o) => [o, "id"] as const),
      ];
      for (const [object, name] of interfaces) {
        if (object.attributes[name] !== rule.network_interface_id) continue;
        const list = object.type === "aws_instance" ? "vpc_security_group_ids" : "security_groups";
        const held = object.attributes[list];
        const others = (Array.isArray(held) ? held : []).filter(
          (g) => g !== rule.security_group_id,
        );
        const id = rule.security_group_id ?? null;
        object.attributes[list] = planned === null ? others : [...others, id];
      }
    };
    return [{ call: "ModifyNetworkInterfaceAttribute", run }];
  },
};
