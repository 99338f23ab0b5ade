import type { StopEvent } from "../../edge/errors";
import { type Assumption, type Hop, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { Route } from "../../model/path";
import { everything, mayOnly, nothing, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { bodyOf } from "../attributes";
import type { Binding } from "../binding";
import type { Lookup } from "../lookup";
import type { AwsBalancers } from "./aws-balancer";
import { ElasticIps } from "./aws-elastic-ip";
import { stopperOf } from "./aws-instance-state";
import type { Interfaces } from "./aws-interface";
import type { Asked } from "./aws-listener-hop";
import { hasAddress, ownIpv6, publicAddress } from "./aws-own-address";
import { subnetPart } from "./aws-subnet";

/** Types and attributes by which a record can name an address of AWS, by family. */
export const AWS_ADDRESSES: readonly {
  readonly type: string;
  readonly attribute: string;
  readonly family: Family;
}[] = [
  { type: "aws_eip", attribute: "public_ip", family: 4 },
  { type: "aws_eip", attribute: "private_ip", family: 4 },
  { type: "aws_eip_association", attribute: "public_ip", family: 4 },
  { type: "aws_instance", attribute: "public_ip", family: 4 },
  { type: "aws_instance", attribute: "private_ip", family: 4 },
  { type: "aws_instance", attribute: "ipv6_addresses", family: 6 },
  { type: "aws_network_interface", attribute: "private_ip", family: 4 },
  { type: "aws_network_interface", attribute: "ipv6_addresses", family: 6 },
];

/** Leads from an address of AWS to the hops before it. */
export class AwsAddresses {
  readonly #elasticIps: ElasticIps;

  constructor(
    private readonly lookup: Lookup,
    private readonly interfaces: Interfaces,
    private readonly balancers: AwsBalancers,
  ) {
    this.#elasticIps = new ElasticIps(lookup);
  }

  /** The hops from the internet to a TCP port behind an address of AWS. */
  public route(instance: Instance, name: string, asked: Asked): Route {
    const { port, family } = asked;
    if (name === "private_ip") {
      return stopped(instance, family, "dns/special-purpose-address", "is private");
    }
    if (instance.type === "aws_eip") {
      return this.elasticIp(instance, asked);
    }
    if (instance.type === "aws_eip_association") {
      return this.association(instance, asked);
    }
    const elasticIp = name === "public_ip" ? this.#elasticIps.of(instance) : undefined;
    if (elasticIp?.certain === true) {
      const text = `is taken away when ${elasticIp.by.address} is associated`;
      return stopped(instance, family, "dns/changing-address", text);
    }
    const given = (name === "public_ip" ? publicAddress : ownIpv6)(this.lookup, instance);
    if (given === false) {
      const what = "does not exist: the instance is given no public address";
      return stopped(instance, family, "dns/special-purpose-address", what);
    }
    const held = this.holder(instance, port, family);
    const assumed = given === true ? [] : [hasAddress(instance, family)];
    const route = { ...held, assumptions: [...held.assumptions, ...assumed] };
    return elasticIp === undefined
      ? route
      : { ...route, hops: [perhapsTaken(instance, elasticIp.by, family), ...route.hops] };
  }

  /** An association gives the address of its Elastic IP. */
  private association(instance: Instance, asked: Asked): Route {
    const elasticIp = this.#elasticIps.namedIn(bodyOf(instance));
    if (elasticIp.kind === "bound") {
      return this.elasticIp(elasticIp.instance, asked);
    }
    const subject = instance.address;
    const text = `the Elastic IP of ${subject} is not in the input, or known after apply`;
    const reason = { id: "aws/elastic-ip-holder", subject, text };
    const hop = plainHop("unknown", [subject], unknownBounds(asked.family), [reason]);
    return { hops: [hop], assumptions: [] };
  }

  private elasticIp(instance: Instance, asked: Asked): Route {
    const { port, family } = asked;
    const holders = this.#elasticIps.holdersOf(instance);
    const { strays } = this.#elasticIps;
    const [only, ...others] = holders;
    const rival =
      only?.kind === "bound" ? this.#elasticIps.rivalOf(instance, only.instance) : undefined;
    if (rival !== undefined) {
      return unknownHolder(instance, `${rival.address} claims it, or its place, too`, family);
    }
    if (only?.kind === "bound" && others.length === 0 && strays.length === 0) {
      const mapped = this.#elasticIps.subnetOf(only.instance, instance);
      return mapped === undefined
        ? this.holder(only.instance, port, family)
        : this.balancers.route(only.instance, asked, mapped);
    }
    const gateway = this.#elasticIps.gatewayOf(instance);
    if (only === undefined && strays.length === 0 && gateway?.certain === true) {
      const text = `is that of ${gateway.address}, a NAT gateway, which lets no connection in`;
      return stopped(instance, family, "dns/special-purpose-address", text, "dropped");
    }
    const released = this.#elasticIps.releasedFrom(instance);
    if (only === undefined && strays.length === 0 && released !== undefined) {
      const text = `is associated with nothing when ${released.address} is deleted, and nothing in the plan associates it again`;
      return stopped(instance, family, "dns/changing-address", text);
    }
    const what =
      only === undefined
        ? "nothing in the input is associated with it"
        : `what it is associated with can't be told (${[...holders.map(textOf), ...strays.map((each) => each.address)].join(", ")})`;
    return unknownHolder(instance, what, family);
  }

  private holder(instance: Instance, port: number, family: Family): Route {
    const filter = this.interfaces.filter(instance, port, family);
    const subnet = subnetPart(this.lookup, instance, family, port);
    const attached = instance.type === "aws_network_interface" ? [attachedInterface(instance)] : [];
    return {
      hops: [...subnet.hops, filter, ...idleHops(this.lookup, instance, family)],
      assumptions: [listening(instance, port), ...attached, ...subnet.assumptions],
    };
  }
}

/** A machine that is stopped answers nothing, until somebody starts it again. */
function idleHops(lookup: Lookup, instance: Instance, family: Family): readonly Hop[] {
  const by = stopperOf(lookup, instance);
  if (by === undefined) {
    return [];
  }
  const machine =
    instance.type === "aws_instance" ? instance.address : `the machine of ${instance.address}`;
  const text =
    by.type === "aws_instance"
      ? `${by.address} is stopped, and nothing in the input starts it`
      : `${by.address} stops ${machine}, or may`;
  const reason = { id: "aws/instance-stopped", subject: by.address, text };
  return [plainHop("unknown", [by.address], mayOnly(everything(family)), [reason])];
}

function unknownHolder(instance: Instance, what: string, family: Family): Route {
  const subject = instance.address;
  const reason = { id: "aws/elastic-ip-holder", subject, text: `${subject}: ${what}` };
  return {
    hops: [plainHop("unknown", [subject], unknownBounds(family), [reason])],
    assumptions: [],
  };
}

function textOf(binding: Binding): string {
  return binding.kind === "bound"
    ? binding.instance.address
    : binding.kind === "unset"
      ? "nothing"
      : binding.text;
}

function stopped(
  instance: Instance,
  family: Family,
  id: "dns/special-purpose-address" | "dns/changing-address",
  what: string,
  stop: StopEvent = id === "dns/changing-address" ? "dropped" : "special-purpose-address",
): Route {
  const subject = instance.address;
  const reason = { id, subject, text: `the address of ${subject} ${what}` };
  return {
    hops: [plainHop("address", [subject], nothing(family), [reason], stop)],
    assumptions: [],
  };
}

function perhapsTaken(instance: Instance, by: Instance, family: Family): Hop {
  const subject = instance.address;
  const text = `whether ${by.address} takes the address of ${subject} away is known after apply`;
  const reason = { id: "aws/elastic-ip-holder", subject, text };
  return plainHop("unknown", [by.address], unknownBounds(family), [reason]);
}

function listening(instance: Instance, port: number): Assumption {
  const text = `a process listens on tcp/${port} of ${instance.address}`;
  return { id: "listener/process", subject: instance.address, text };
}

function attachedInterface(instance: Instance): Assumption {
  const text = `${instance.address} is attached to a host that answers on it`;
  return { id: "aws/interface-attached", subject: instance.address, text };
}
