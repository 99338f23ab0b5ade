import { type Assumption, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { Route } from "../../model/path";
import { nothing, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { attribute, bodyOf } from "../attributes";
import { type Binding, bind, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import type { Interfaces } from "./aws-interface";
import { subnetPart } from "./aws-subnet";

/** Types and attributes by which a record can name an address of AWS, by family. */
export const AWS_ADDRESSES: readonly {
  readonly type: string;
  readonly attribute: string;
  readonly family: Family;
}[] = [
  { type: "aws_eip", attribute: "public_ip", family: 4 },
  { type: "aws_instance", attribute: "public_ip", family: 4 },
  { type: "aws_instance", attribute: "private_ip", family: 4 },
  { type: "aws_instance", attribute: "ipv6_addresses", family: 6 },
];

const INSTANCE: Wanted = { types: ["aws_instance"], attribute: "id" };
const INTERFACE: Wanted = { types: ["aws_network_interface"], attribute: "id" };
const PRIMARY: Wanted = { types: ["aws_instance"], attribute: "primary_network_interface_id" };

/** Leads from an address of AWS to the hops before it. */
export class AwsAddresses {
  readonly #associations = new Map<Instance, Instance[]>();
  readonly #strays: Instance[] = [];
  readonly #withElasticIp = new Map<Instance, Instance>();

  constructor(
    private readonly lookup: Lookup,
    private readonly interfaces: Interfaces,
  ) {
    for (const association of lookup.managed("aws_eip_association")) {
      const elasticIp = this.elasticIpOf(association);
      if (elasticIp.kind === "bound") {
        push(this.#associations, elasticIp.instance, association);
      } else if (elasticIp.kind === "uncertain") {
        this.#strays.push(association);
      }
    }
    for (const elasticIp of lookup.managed("aws_eip")) {
      for (const holder of this.holdersOf(elasticIp)) {
        if (holder.kind === "bound") {
          this.#withElasticIp.set(holder.instance, elasticIp);
        }
      }
    }
  }

  /** The hops from the internet to a TCP port behind an address of AWS. */
  public route(instance: Instance, name: string, port: number, family: Family): Route {
    if (instance.type === "aws_eip") {
      return this.elasticIp(instance, port, family);
    }
    if (name === "private_ip") {
      return stopped(instance, family, "dns/special-purpose-address", "is private");
    }
    const elasticIp = this.#withElasticIp.get(instance);
    if (name === "public_ip" && elasticIp !== undefined) {
      const text = `is taken away when ${elasticIp.address} is associated`;
      return stopped(instance, family, "dns/changing-address", text);
    }
    return this.holder(instance, port, family);
  }

  private elasticIp(instance: Instance, port: number, family: Family): Route {
    const holders = this.holdersOf(instance);
    const [only, ...others] = holders;
    if (only?.kind === "bound" && others.length === 0 && this.#strays.length === 0) {
      return this.holder(only.instance, port, family);
    }
    const subject = instance.address;
    const what =
      only === undefined
        ? "nothing in the input is associated with it"
        : `what it is associated with can't be told (${[...holders.map(textOf), ...this.#strays.map((s) => s.address)].join(", ")})`;
    const reason = { id: "aws/elastic-ip-holder", subject, text: `${subject}: ${what}` };
    return {
      hops: [plainHop("unknown", [subject], unknownBounds(family), [reason])],
      assumptions: [],
    };
  }

  private holder(instance: Instance, port: number, family: Family): Route {
    const filter = this.interfaces.filter(instance, port, family);
    const subnet = subnetPart(this.lookup, instance, family, port);
    const attached = instance.type === "aws_network_interface" ? [attachedInterface(instance)] : [];
    return {
      hops: [...subnet.hops, filter],
      assumptions: [listening(instance, port), ...attached, ...subnet.assumptions],
    };
  }

  /** What an Elastic IP hangs on: as configured, or else as the state shows it. */
  private holdersOf(elasticIp: Instance): Binding[] {
    const blocks = [elasticIp, ...(this.#associations.get(elasticIp) ?? [])];
    const configured = blocks.flatMap((block) => this.holdersIn(block, true));
    return distinct(configured.length > 0 ? configured : this.holdersIn(elasticIp, false));
  }

  private holdersIn(block: Instance, configured: boolean): Binding[] {
    const suffix = block.type === "aws_eip" ? "" : "_id";
    return [
      ...this.bound(block, `instance${suffix}`, [INSTANCE], configured),
      ...this.bound(block, `network_interface${suffix}`, [INTERFACE, PRIMARY], configured),
    ];
  }

  /** What an attribute of a block names. */
  private bound(
    block: Instance,
    name: string,
    wanted: readonly Wanted[],
    configured: boolean,
  ): Binding[] {
    const body = bodyOf(block);
    const value = attribute(body, name);
    const set = !configured || body.configured(name) !== undefined || !body.hasConfiguration;
    if (value.kind === "unset" || !set || (value.kind === "known" && value.value === "")) {
      return [];
    }
    const bindings = wanted.map((each) => bind(this.lookup, value, scopeOf(block), each));
    const best = bindings.find((binding) => binding.kind === "bound") ?? bindings[0];
    return best === undefined ? [] : [best];
  }

  private elasticIpOf(association: Instance): Binding {
    const bindings = ALLOCATIONS.map(([name, wanted]) => {
      const value = attribute(bodyOf(association), name);
      return bind(this.lookup, value, scopeOf(association), {
        types: ["aws_eip"],
        attribute: wanted,
      });
    });
    const set = bindings.filter((binding) => binding.kind !== "unset");
    return (
      set.find((binding) => binding.kind === "bound") ??
      set.find((binding) => binding.kind === "uncertain") ??
      set[0] ?? { kind: "unset" }
    );
  }
}

/** How an association names its Elastic IP. */
const ALLOCATIONS = [
  ["allocation_id", "id"],
  ["allocation_id", "allocation_id"],
  ["public_ip", "public_ip"],
] as const;

/** Each holder once: an instance is named by its id and by its primary interface. */
function distinct(bindings: readonly Binding[]): Binding[] {
  const bound = new Set<Instance>();
  return bindings.filter((binding) => {
    const known = binding.kind === "bound" && bound.has(binding.instance);
    if (binding.kind === "bound") {
      bound.add(binding.instance);
    }
    return !known;
  });
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
): Route {
  const subject = instance.address;
  const reason = { id, subject, text: `the address of ${subject} ${what}` };
  const stop = id === "dns/changing-address" ? "dropped" : "special-purpose-address";
  return {
    hops: [plainHop("address", [subject], nothing(family), [reason], stop)],
    assumptions: [],
  };
}

function listening(instance: Instance, port: number): Assumption {
  const text = `a process listens on tcp/${port} of ${instance.address}`;
  return { id: "listener/process", subject: instance.address, text };
}

function attachedInterface(instance: Instance): Assumption {
  const text = `${instance.address} is attached to a host that answers on it`;
  return { id: "aws/interface-attached", subject: instance.address, text };
}
