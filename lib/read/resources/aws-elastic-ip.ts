import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, type Block, bodyOf, nestedBlocks } from "../attributes";
import { type Binding, bind, type ListBinding, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import { BALANCERS } from "./aws-arn";
import { currentOf, isAssociated, releasedIn } from "./aws-association";
import { machinesOf } from "./aws-machine";
import { namedSubnets } from "./aws-target";

const INSTANCE: Wanted = { types: ["aws_instance"], attribute: "id" };
const INTERFACE: Wanted = { types: ["aws_network_interface"], attribute: "id" };
const PRIMARY: Wanted = { types: ["aws_instance"], attribute: "primary_network_interface_id" };

/** What takes, or may take, the place of an instance's own public address. */
export interface ElasticIp {
  readonly by: Instance;
  readonly certain: boolean;
}

/** How an association names its Elastic IP. */
const ALLOCATIONS = [
  ["allocation_id", "id"],
  ["allocation_id", "allocation_id"],
  ["public_ip", "public_ip"],
] as const;

function isBalancer(holder: Instance): boolean {
  return BALANCERS.includes(holder.type);
}

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

/** The Elastic IPs of the input, and what they hang on. */
export class ElasticIps {
  readonly #associations = new Map<Instance, Instance[]>();
  /** Associations whose Elastic IP can't be told: it may be any. */
  public readonly strays: Instance[] = [];
  /** Network balancers by the Elastic IPs that their subnets are given. */
  readonly #mapped = new Map<Instance, Binding[]>();
  /** The subnet that an Elastic IP of a balancer is in. */
  readonly #mappings = new Map<Instance, Map<Instance, ListBinding>>();
  /** Instances and interfaces that an Elastic IP is, or may be, associated with. */
  readonly #withElasticIp = new Map<Instance, ElasticIp>();
  /** Elastic IPs by the holder that they are surely associated with. */
  readonly #byHolder = new Map<Instance, Instance[]>();
  /** Elastic IPs that something else uses as well: a NAT gateway. */
  readonly #elsewhere = new Map<Instance, Instance>();
  /** Associations that this plan deletes, which the state still shows, by their Elastic IP's id. */
  readonly #released: ReadonlyMap<string, Instance>;

  constructor(private readonly lookup: Lookup) {
    for (const balancer of BALANCERS.flatMap((type) => lookup.managed(type))) {
      this.place(balancer);
    }
    for (const association of lookup.managed("aws_eip_association")) {
      const elasticIp = this.namedIn(bodyOf(association));
      if (elasticIp.kind === "bound") {
        push(this.#associations, elasticIp.instance, association);
      } else if (elasticIp.kind === "uncertain") {
        this.strays.push(association);
      }
      this.note(this.holdersIn(association, true), association);
    }
    this.#released = releasedIn(lookup);
    for (const elasticIp of lookup.managed("aws_eip")) {
      const holders = this.holdersOf(elasticIp);
      this.note(holders, elasticIp);
      for (const holder of holders) {
        if (holder.kind === "bound") {
          push(this.#byHolder, holder.instance, elasticIp);
        }
      }
    }
    for (const gateway of lookup.managed("aws_nat_gateway")) {
      const elasticIp = this.namedIn(bodyOf(gateway));
      if (elasticIp.kind === "bound") {
        this.#elsewhere.set(elasticIp.instance, gateway);
      }
    }
  }

  /**
   * What else claims an Elastic IP or its place: a NAT gateway, or another Elastic IP on the same
   * instance or interface, of which AWS keeps the last one on a private address.
   */
  public rivalOf(elasticIp: Instance, holder: Instance): Instance | undefined {
    const names = [
      holder,
      ...machinesOf(this.lookup)
        .aliasesOf(holder)
        .map(({ other }) => other),
    ];
    const others = names.flatMap((name) => this.#byHolder.get(name) ?? []);
    const rival = isBalancer(holder) ? undefined : others.find((each) => each !== elasticIp);
    return this.#elsewhere.get(elasticIp) ?? rival;
  }

  /** The NAT gateway that has an Elastic IP. */
  public gatewayOf(elasticIp: Instance): Instance | undefined {
    return this.#elsewhere.get(elasticIp);
  }

  /** Notes what an Elastic IP, or an association of one outside the input, takes the address of. */
  private note(holders: readonly Binding[], by: Instance): void {
    for (const holder of holders) {
      const found = holder.kind === "bound" ? [holder.instance] : [];
      const candidates = holder.kind === "uncertain" ? holder.candidates : [];
      for (const each of [...found, ...candidates]) {
        const known = this.#withElasticIp.get(each);
        const certain = holder.kind === "bound" && by.certain;
        this.#withElasticIp.set(each, known?.certain === true ? known : { by, certain });
      }
    }
  }

  /** The Elastic IP of an instance, on itself or on the interface that it is given. */
  public of(instance: Instance): ElasticIp | undefined {
    const given = ["network_interface", "primary_network_interface"].flatMap((name) =>
      nestedBlocks(bodyOf(instance), name).blocks.flatMap((block) => {
        const id = attribute(block, "network_interface_id");
        const found = bind(this.lookup, id, scopeOf(instance), INTERFACE);
        return found.kind === "bound" ? [found.instance] : [];
      }),
    );
    return [instance, ...given].flatMap((each) => this.#withElasticIp.get(each) ?? [])[0];
  }

  /** The subnet of a balancer that an Elastic IP is given to. */
  public subnetOf(balancer: Instance, elasticIp: Instance): ListBinding | undefined {
    return this.#mappings.get(balancer)?.get(elasticIp);
  }

  /** What an Elastic IP hangs on: as configured, or else as the state shows it. */
  public holdersOf(elasticIp: Instance): Binding[] {
    const released = this.releasedFrom(elasticIp) !== undefined;
    const own = released && !isAssociated(elasticIp) ? [] : [elasticIp];
    const blocks = [...own, ...currentOf(this.#associations.get(elasticIp) ?? [])];
    const configured = [
      ...blocks.flatMap((block) => this.holdersIn(block, true)),
      ...(this.#mapped.get(elasticIp) ?? []),
    ];
    const shown = configured.length > 0 || released ? [] : this.holdersIn(elasticIp, false);
    return distinct([...configured, ...shown]);
  }

  /** The association of an Elastic IP that this plan deletes, where it is the one that holds it. */
  public releasedFrom(elasticIp: Instance): Instance | undefined {
    const [id, held] = ["id", "association_id"].map((name) =>
      knownString(attribute(bodyOf(elasticIp), name)),
    );
    const gone = id === undefined ? undefined : this.#released.get(id);
    const own = gone && knownString(attribute(bodyOf(gone), "id"));
    return (held ?? "") === "" || own === undefined || own === held ? gone : undefined;
  }

  private holdersIn(block: Instance, configured: boolean): Binding[] {
    const suffix = block.type === "aws_eip" && block.mode === "managed" ? "" : "_id";
    const name = `network_interface${suffix}`;
    const machines = this.bound(block, `instance${suffix}`, [INSTANCE], configured);
    const interfaces = this.bound(block, name, [INTERFACE, PRIMARY], configured);
    // A state names an instance and its primary interface, which is one holder.
    const [owner] = this.bound(block, name, [PRIMARY], configured);
    const others = machines.filter(
      (machine) =>
        owner?.kind !== "bound" || machine.kind !== "bound" || owner.instance !== machine.instance,
    );
    return [...others, ...interfaces];
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
    if (best?.kind === "bound" && !block.certain) {
      const { address: text } = block;
      return [{ kind: "uncertain", candidates: [best.instance], open: true, text }];
    }
    return best === undefined ? [] : [best];
  }

  /** Notes the Elastic IPs of a balancer's subnets. */
  private place(balancer: Instance): void {
    for (const block of nestedBlocks(bodyOf(balancer), "subnet_mapping").blocks) {
      const elasticIp = this.namedIn(block);
      const subnet = namedSubnets(this.lookup, block, "subnet_id");
      if (elasticIp.kind === "bound") {
        push(this.#mapped, elasticIp.instance, { kind: "bound", instance: balancer });
        const mappings = this.#mappings.get(balancer) ?? new Map<Instance, ListBinding>();
        this.#mappings.set(balancer, mappings.set(elasticIp.instance, subnet));
      }
      for (const candidate of elasticIp.kind === "uncertain" ? elasticIp.candidates : []) {
        const { address: text } = balancer;
        push(this.#mapped, candidate, {
          ...elasticIp,
          kind: "uncertain",
          candidates: [],
          open: true,
          text,
        });
      }
    }
  }

  /** The Elastic IP that an association, or a subnet of a balancer, names. */
  public namedIn(association: Block): Binding {
    const scope = scopeOf(association.instance);
    const bindings = ALLOCATIONS.map(([name, wanted]) => {
      const value = attribute(association, name);
      return bind(this.lookup, value, scope, { types: ["aws_eip"], attribute: wanted });
    });
    const set = bindings.filter((binding) => binding.kind !== "unset");
    return (
      set.find((binding) => binding.kind === "bound") ??
      set.find((binding) => binding.kind === "uncertain") ??
      set[0] ?? { kind: "unset" }
    );
  }
}
