import type { ObjectValue } from "../../provider/value";
import { type Change, find, type Handler, Refused, type Step, type World } from "../handler";
import { associate, disassociate, holderOf, instanceOf, interfaceWith } from "./interfaces";
import { changed, text } from "./texts";

const associates = (attributes: ObjectValue): boolean =>
  text(attributes.instance) !== "" || text(attributes.network_interface) !== "";

/** The interface that a configuration means. */
function wanted(world: World, { instance, network_interface }: ObjectValue): string {
  const held = find(world, "aws_instance", instance)?.attributes.primary_network_interface_id;
  return text(held) || text(network_interface);
}

const disassociateStep = (id: string): Step => ({
  call: "DisassociateAddress",
  writes: [],
  run: (world) => {
    disassociate(world, id);
    return undefined;
  },
});

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
    const { prior, planned, current } = change;
    const id = text(current?.id);
    if (planned === null) {
      return prior !== null && associates(prior) ? [disassociateStep(id)] : [];
    }
    const join: Step[] = associates(planned) ? [associateStep(change, id)] : [];
    if (prior === null) return join;
    if (!changed(change, "instance") && !changed(change, "network_interface")) return [];
    return [...(associates(prior) ? [disassociateStep(id)] : []), ...join];
  },
  removed: ({ id }, world) => disassociate(world, text(id)),
  show: (attributes, world) => {
    const held = world.state.associations[`address ${text(attributes.id)}`];
    if (held === undefined) {
      return { ...attributes, association_id: "", instance: "", network_interface: "" };
    }
    return {
      ...attributes,
      association_id: held.id,
      instance: instanceOf(world, held.to)?.attributes.id ?? text(attributes.instance),
      network_interface: held.to,
      private_ip: holderOf(world, held.to)?.attributes.private_ip ?? "",
    };
  },
};

/** An instance that the cloud doesn't know has an interface that is made up. */
function associateStep({ planned, current }: Change, id: string): Step {
  return {
    call: "AssociateAddress",
    run: (world) => {
      const of = planned ?? {};
      const to = wanted(world, of) || `eni-of-${text(of.instance)}`;
      const association = text(current?.association_id) || `eipassoc-0${world.issuer.hex(16)}`;
      associate(world, id, to, association);
      return undefined;
    },
  };
}

export const elasticIpAssociation: Handler = {
  fill: (planned, world) => {
    const holder = find(world, "aws_instance", planned.instance_id)?.attributes;
    const address = find(world, "aws_eip", planned.allocation_id)?.attributes;
    const given = text(planned.network_interface_id);
    const { private_ip } = holder ?? holderOf(world, given)?.attributes ?? {};
    return {
      network_interface_id: holder?.primary_network_interface_id ?? given,
      private_ip_address: private_ip ?? "",
      public_ip: address?.public_ip ?? "",
      instance_id: instanceOf(world, given)?.attributes.id ?? "",
    };
  },
  created: (attributes, world) => {
    const allocation = text(attributes.allocation_id);
    const taken = interfaceWith(world, allocation) !== undefined;
    if (taken && attributes.allow_reassociation === false) {
      throw new Refused(`Resource.AlreadyAssociated: ${allocation} is already associated`);
    }
    const to = text(attributes.network_interface_id) || `eni-of-${text(attributes.instance_id)}`;
    associate(world, allocation, to, text(attributes.id));
  },
  removed: ({ allocation_id, id }, world) => {
    const allocation = text(allocation_id);
    // Somebody else may have it by now.
    if (world.state.associations[`address ${allocation}`]?.id !== id) return;
    disassociate(world, allocation);
  },
};
