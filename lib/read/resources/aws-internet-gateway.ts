import type { Assumption } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, type Block, bodyOf } from "../attributes";
import { type Binding, bind, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { resolve, scopeOf } from "../references";
import { areApart, bindTo, keyOf, nameOf, vpcOf } from "./aws-vpc";

const GATEWAY: Wanted = { types: ["aws_internet_gateway"], attribute: "id" };

/** What a route's `gateway_id` leads to. */
export type GatewayTarget =
  | { readonly kind: "unset" }
  | {
      readonly kind: "internet";
      readonly name: string;
      readonly assumptions: readonly Assumption[];
    }
  | { readonly kind: "elsewhere"; readonly name: string }
  | { readonly kind: "unknown"; readonly name: string };

/**
 * Types whose attributes are never the id of a gateway: among the references of a list of routes,
 * which are those of all its elements, they belong to other attributes.
 */
const NEVER = new Set([
  "aws_carrier_gateway",
  "aws_ec2_managed_prefix_list",
  "aws_ec2_transit_gateway",
  "aws_ec2_transit_gateway_vpc_attachment",
  "aws_egress_only_internet_gateway",
  "aws_eip",
  "aws_instance",
  "aws_nat_gateway",
  "aws_network_interface",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_peering_connection",
  "aws_vpc_peering_connection_accepter",
]);

/** Internet gateways and the VPCs that they are attached to. */
export class InternetGateways {
  readonly #attached = new Map<Instance, Instance[]>();
  /** Attachments whose gateway can't be told. */
  #strays = false;
  /** Ids of gateways whose attachment the apply takes away, and that no block attaches anew. */
  readonly #detached: ReadonlySet<string>;

  constructor(private readonly lookup: Lookup) {
    const now = new Set(attachedIds(lookup));
    const past = lookup.before === undefined ? [] : attachedIds(lookup.before);
    this.#detached = new Set(past.filter((id) => !now.has(id)));
    for (const attachment of lookup.managed("aws_internet_gateway_attachment")) {
      const gateway = bindTo(lookup, bodyOf(attachment), "internet_gateway_id", [GATEWAY]);
      if (gateway.kind === "bound") {
        push(this.#attached, gateway.instance, attachment);
      } else {
        this.#strays ||= gateway.kind === "uncertain";
      }
    }
  }

  /** Where `gateway_id` of a route leads packets that leave a VPC. */
  public target(route: Block, vpc: Binding): GatewayTarget {
    const value = attribute(route, "gateway_id");
    if (value.kind === "unset" || (value.kind === "known" && value.value === "")) {
      return { kind: "unset" };
    }
    if (value.kind === "known") {
      const bound = bind(this.lookup, value, scopeOf(route.instance), GATEWAY);
      return bound.kind === "bound"
        ? this.managed(bound.instance, vpc)
        : this.byId(knownString(value) ?? "a gateway that is no id", isBlackhole(route));
    }
    const named =
      value.expression && resolve(this.lookup, value.expression, scopeOf(route.instance));
    const targets = named?.targets.filter((target) => !NEVER.has(target.instance.type)) ?? [];
    const [only, ...others] = new Set(targets.map((target) => target.instance));
    const parts = named?.opaque.map((part) => part.text) ?? [];
    if (only === undefined || others.length > 0 || parts.length > 0 || !only.certain) {
      const names = [...targets.map((target) => target.instance.address), ...parts];
      return { kind: "unknown", name: names.join(", ") || "a gateway known after apply" };
    }
    return this.managed(only, vpc);
  }

  private managed(gateway: Instance, vpc: Binding): GatewayTarget {
    const name = gateway.address;
    if (gateway.type === "aws_vpn_gateway") {
      return { kind: "elsewhere", name };
    }
    if (gateway.type !== "aws_internet_gateway") {
      return { kind: "unknown", name };
    }
    if (gateway.mode === "data") {
      const id = knownString(attribute(bodyOf(gateway), "id")) ?? "";
      return this.#detached.has(id) && !this.#strays
        ? { kind: "elsewhere", name: `${name}, which is attached to no VPC` }
        : { kind: "internet", name, assumptions: [attachedTo(name, vpc)] };
    }
    const own = this.vpcOf(gateway);
    if (own.kind === "unset") {
      return this.#strays
        ? { kind: "unknown", name }
        : { kind: "elsewhere", name: `${name}, which is attached to no VPC` };
    }
    if (areApart(own, vpc)) {
      return { kind: "elsewhere", name: `${name}, which is attached to another VPC` };
    }
    const same = keyOf(own) !== undefined && keyOf(own) === keyOf(vpc);
    return { kind: "internet", name, assumptions: same ? [] : [attachedTo(name, vpc)] };
  }

  /** An id that no resource of the input has: its prefix says what it is. */
  private byId(id: string, blackhole: boolean): GatewayTarget {
    if (id.startsWith("igw-")) {
      return blackhole || (this.#detached.has(id) && !this.#strays)
        ? { kind: "elsewhere", name: `${id}, which is attached to no VPC` }
        : { kind: "internet", name: id, assumptions: [attachedTo(id, { kind: "unset" })] };
    }
    return id === "local" || id.startsWith("vgw-")
      ? { kind: "elsewhere", name: id }
      : { kind: "unknown", name: id };
  }

  /** The VPC that a gateway is attached to. */
  public vpcOf(gateway: Instance): Binding {
    const own = vpcOf(this.lookup, gateway);
    const [attachment] = this.#attached.get(gateway) ?? [];
    return own.kind === "unset" && attachment?.certain === true
      ? vpcOf(this.lookup, attachment)
      : own;
  }
}

/** The gateways that blocks attach, by id. */
function attachedIds(lookup: Lookup): readonly string[] {
  return lookup
    .managed("aws_internet_gateway_attachment")
    .flatMap((each) => knownString(attribute(bodyOf(each), "internet_gateway_id")) ?? []);
}

function isBlackhole(route: Block): boolean {
  const state = attribute(route, "state");
  return state.kind === "known" && state.value === "blackhole";
}

/** AWS refuses a route to a gateway of another VPC; one can be detached later. */
function attachedTo(name: string, vpc: Binding): Assumption {
  const key = keyOf(vpc);
  const text = `${name} is attached to ${key === undefined ? "the VPC" : nameOf(key)}`;
  return { id: "aws/gateway-attached", subject: name, text };
}
