import { plainHop, type Reason } from "../model/hop";
import type { Instance } from "../model/instance";
import type { Route } from "../model/path";
import { nothing, unknownBounds } from "../net/bounds";
import { globallyReachable, isDocumentation, specialPurpose } from "../net/special-purpose";
import { type Lookup, push } from "./lookup";
import type { ReadOptions } from "./options";
import type { OriginTarget } from "./origin-target";
import { kept } from "./resolved";
import { AwsAddresses } from "./resources/aws-address";
import { AwsBalancers } from "./resources/aws-balancer";
import { BALANCER_TYPES } from "./resources/aws-balancer-face";
import { Interfaces } from "./resources/aws-interface";
import type { Asked } from "./resources/aws-listener-hop";
import { SecurityGroups } from "./resources/aws-security-group";

/** Where on an origin a flow goes, and which requests come by it. */
type Wanted = Omit<Asked, "family">;

/** The hops before every origin, made once for each origin, port and family. */
export class Routes {
  readonly #cache = new Map<string, Route>();
  readonly #instances = new Map<Instance, number>();
  readonly #interfaces: Interfaces;
  readonly #aws: AwsAddresses;
  readonly #balancers: AwsBalancers;
  readonly #declared: ReadonlyMap<string, readonly Instance[]>;

  constructor(
    lookup: Lookup,
    before: Lookup,
    private readonly options: ReadOptions,
  ) {
    const locks = new Set(options.sidecars.flatMap((sidecar) => sidecar.locks));
    const groups = new SecurityGroups(lookup, before);
    this.#interfaces = new Interfaces(lookup, groups, locks, options.edge);
    const egress = new SecurityGroups(lookup, before, "egress");
    this.#balancers = new AwsBalancers(lookup, this.#interfaces, groups, egress);
    this.#aws = new AwsAddresses(lookup, this.#interfaces, this.#balancers);
    this.#declared = declaredOrigins(lookup, options);
  }

  /** What packets to a TCP port of an origin meet, and there a listener that speaks the scheme. */
  public of(target: OriginTarget, { port, scheme, arrivals, hosts }: Wanted): Route {
    const asked = { port, scheme, family: target.family, arrivals, hosts };
    const ways = this.waysOf(target, asked);
    const key = `${this.keyOf(target)} ${target.family} ${port} ${scheme} ${ways}`;
    return kept(this.#cache, key, () => this.read(target, asked));
  }

  private waysOf(target: OriginTarget, asked: Asked): string {
    if (target.kind === "unread") {
      return "";
    }
    const found =
      target.kind === "resource"
        ? [target.instance]
        : (this.#declared.get(target.address.text) ?? []);
    const balancers = found.filter(({ type }) => BALANCER_TYPES.includes(type));
    return balancers.map((balancer) => this.#balancers.waysOf(balancer, asked)).join(" ");
  }

  private keyOf(target: OriginTarget): string {
    switch (target.kind) {
      case "literal":
        return `${target.address.text} ${target.sensitive} ${target.giver ?? ""}`;
      case "unread":
        return `unread ${target.subject} ${target.text}`;
      case "resource": {
        const number = this.#instances.get(target.instance) ?? this.#instances.size;
        this.#instances.set(target.instance, number);
        return `resource ${number} ${target.attribute}`;
      }
    }
  }

  private read(target: OriginTarget, asked: Asked): Route {
    switch (target.kind) {
      case "resource":
        return this.resource(target.instance, target.attribute, asked);
      case "literal":
        return this.literal(target, asked);
      case "unread": {
        const { subject, text, family } = target;
        const reason = { id: "origin/not-read", subject, text };
        const resources = [subject];
        return routeOf(plainHop("unknown", resources, unknownBounds(family), [reason]));
      }
    }
  }

  private resource(instance: Instance, attribute: string, asked: Asked): Route {
    return BALANCER_TYPES.includes(instance.type)
      ? this.#balancers.route(instance, asked)
      : this.#aws.route(instance, attribute, asked);
  }

  private literal(target: OriginTarget & { kind: "literal" }, asked: Asked): Route {
    const { address, sensitive, giver } = target;
    const { family } = asked;
    const shown = sensitive ? "the address" : address.text;
    if (this.options.edge(family).has(address.value)) {
      const reason = reasonOf("dns/points-to-cloudflare", shown, "is Cloudflare's own address");
      return routeOf(plainHop("address", [], nothing(family), [reason], "loop"));
    }
    if (!isDocumentation(address) && !globallyReachable(family).has(address.value)) {
      const special = specialPurpose(address);
      const name =
        special === undefined ? "unallocated or multicast" : `${special.name}, ${special.rfc}`;
      const reason = reasonOf(
        "dns/special-purpose-address",
        shown,
        `is no address of the internet (${name})`,
      );
      return routeOf(plainHop("address", [], nothing(family), [reason], "special-purpose-address"));
    }
    const declared = this.#declared.get(address.text);
    if (declared !== undefined) {
      return this.declared(declared, shown, asked);
    }
    const text =
      giver === undefined
        ? `${shown} is no resource of this input: add its plan, or \`origins\` in originproof.config.json`
        : `${shown} is the address of ${giver}, which is not read: what filters it can be named by \`origins\` in originproof.config.json`;
    const reason = { id: "origin/outside-input", subject: shown, text };
    return routeOf(plainHop("unknown", [], unknownBounds(family), [reason]));
  }

  /** An address outside the input, with what the configuration file says filters it. */
  private declared(found: readonly Instance[], shown: string, asked: Asked): Route {
    const { port, family } = asked;
    const holder = found.find((instance) => !instance.type.endsWith("security_group"));
    if (holder !== undefined) {
      const text = `${shown} is the address of ${holder.address}`;
      const assumption = { id: "config/origin", subject: shown, text };
      const route = this.resource(holder, "declared", asked);
      return { ...route, assumptions: [assumption, ...route.assumptions] };
    }
    const text = `${shown} is filtered by ${found.map((each) => each.address).join(", ")} alone`;
    const process = `a process listens on tcp/${port} of ${shown}`;
    return {
      hops: [this.#interfaces.declaredFilter(found, shown, port, family)],
      assumptions: [
        { id: "listener/process", subject: shown, text: process },
        { id: "config/origin", subject: shown, text },
      ],
    };
  }
}

const DECLARABLE = [
  "aws_security_group",
  "aws_instance",
  "aws_eip",
  "aws_network_interface",
  ...BALANCER_TYPES,
];

function declaredOrigins(
  lookup: Lookup,
  options: ReadOptions,
): ReadonlyMap<string, readonly Instance[]> {
  const byAddress = new Map<string, Instance[]>();
  for (const type of options.origins.size === 0 ? [] : DECLARABLE) {
    for (const instance of lookup.managed(type)) {
      push(byAddress, instance.address, instance);
    }
  }
  const found = new Map<string, readonly Instance[]>();
  for (const [address, resources] of options.origins) {
    // An address that two inputs have names neither.
    const instances = resources.flatMap((resource) => {
      const named = byAddress.get(resource) ?? [];
      return named.length === 1 ? named : [];
    });
    if (instances.length === resources.length && instances.length > 0) {
      found.set(address, instances);
    }
  }
  return found;
}

function routeOf(hop: Route["hops"][number]): Route {
  return { hops: [hop], assumptions: [] };
}

function reasonOf(id: string, subject: string, what: string): Reason {
  return { id, subject, text: `${subject} ${what}` };
}
