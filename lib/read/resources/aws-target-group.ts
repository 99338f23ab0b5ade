import type { Instance } from "../../model/instance";
import { knownString, UNSET, type Value } from "../../model/value";
import type { Family } from "../../net/cidr";
import {
  asNumber,
  attribute,
  type Block,
  bodyOf,
  listAttribute,
  nestedBlocks,
} from "../attributes";
import { bindList, type ListBinding } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import { ATTACHMENTS, bindArns, bindBy, TARGET_GROUPS } from "./aws-arn";
import { fleetTarget, serviceTarget } from "./aws-fleet";
import { stopperOf } from "./aws-instance-state";
import type { Interfaces } from "./aws-interface";
import { lambdaHops } from "./aws-lambda-leg";
import { subnetOf } from "./aws-subnet";
import { asList, type BalancerTarget, NO_MEMBERS } from "./aws-target";

/** Machines that a launch template was changed after go on with what it was. */
function withFormer(target: BalancerTarget): readonly BalancerTarget[] {
  const { former, ...rest } = target;
  const name = `${target.name} (machines that are there already)`;
  return former === undefined ? [target] : [rest, { ...rest, name, members: former }];
}

type Make = (port: number | undefined) => BalancerTarget;

/** The targets of target groups and classic balancers, whichever resource registers them. */
export class Targets {
  readonly #made = new Map<Instance, Make[]>();
  /** Registrations whose target group can't be told: they may be any one's. */
  readonly #strays: Make[] = [];

  constructor(
    private readonly lookup: Lookup,
    private readonly interfaces: Interfaces,
  ) {
    for (const attachment of ATTACHMENTS.flatMap((type) => lookup.managed(type))) {
      this.place(attachment, "target_group_arn", (port) => this.attached(attachment, port));
    }
    for (const attachment of lookup.managed("aws_autoscaling_attachment")) {
      this.placeFleet(attachment);
    }
    for (const attachment of lookup.managed("aws_autoscaling_traffic_source_attachment")) {
      this.placeFleet(attachment);
    }
    for (const group of lookup.managed("aws_autoscaling_group")) {
      this.placeBlocks(group, "traffic_source", "identifier", (_, port) =>
        fleetTarget(lookup, group, port),
      );
      this.placeAll(group, "target_group_arns", (port) => fleetTarget(lookup, group, port));
      this.placeClassic(group, "load_balancers", (port) => fleetTarget(lookup, group, port));
    }
    for (const service of lookup.managed("aws_ecs_service")) {
      this.placeBlocks(service, "load_balancer", "target_group_arn", (block) =>
        serviceTarget(lookup, service, block),
      );
    }
    for (const attachment of lookup.managed("aws_elb_attachment")) {
      const make: Make = (port) =>
        this.machine(attachment, attribute(bodyOf(attachment), "instance"), port);
      this.placeClassic(attachment, "elb", make);
    }
  }

  /** What is registered with a target group, or with a classic balancer. */
  public of(holder: Instance, port: number | undefined): readonly BalancerTarget[] {
    const own = (this.#made.get(holder) ?? []).map((make) => make(port));
    const strays = this.#strays.map((make) => ({ ...make(port), certain: false }));
    const listed = holder.type === "aws_elb" ? this.listed(holder, port) : [];
    return [...own, ...listed, ...strays].flatMap(withFormer);
  }

  private place(by: Instance, name: string, make: Make, block: Block = bodyOf(by)): void {
    const value = attribute(block, name);
    if (value.kind !== "unset") {
      const binding = bindBy(this.lookup, [value, scopeOf(by)], TARGET_GROUPS);
      this.register(asList(binding), make);
    }
  }

  /** Registrations by nested blocks; blocks that are known after apply may name any target group. */
  private placeBlocks(
    by: Instance,
    name: string,
    inner: string,
    make: (block: Block, port: number | undefined) => BalancerTarget,
  ): void {
    const { blocks, open } = nestedBlocks(bodyOf(by), name);
    for (const block of blocks) {
      this.place(by, inner, (port) => make(block, port), block);
    }
    if (open) {
      this.#strays.push((port) => unseen(by, port));
    }
  }

  private placeAll(by: Instance, name: string, make: Make): void {
    const list = listAttribute(bodyOf(by), name);
    if (list !== "unset") {
      this.register(bindArns(this.lookup, list, scopeOf(by), TARGET_GROUPS), make);
    }
  }

  private placeClassic(by: Instance, name: string, make: Make): void {
    const list = listAttribute(bodyOf(by), name);
    if (list !== "unset") {
      for (const attribute of ["name", "id"]) {
        const wanted = { types: ["aws_elb"], attribute };
        const found = bindList(this.lookup, list, scopeOf(by), wanted);
        if (found.certain.length + found.candidates.length > 0) {
          this.register(found, make);
          return;
        }
      }
    }
  }

  private placeFleet(attachment: Instance): void {
    const body = bodyOf(attachment);
    const name = attribute(body, "autoscaling_group_name");
    const types = ["aws_autoscaling_group"];
    const scope = scopeOf(attachment);
    const group = bindBy(this.lookup, [name, scope], types, ["name", "id"]);
    const make: Make = (port) => {
      const target =
        group.kind === "bound"
          ? fleetTarget(this.lookup, group.instance, port)
          : unseen(attachment, port);
      return { ...target, certain: target.certain && attachment.certain };
    };
    for (const target of ["lb_target_group_arn", "alb_target_group_arn"]) {
      this.place(attachment, target, make);
    }
    this.placeBlocks(attachment, "traffic_source", "identifier", (_, port) => make(port));
    this.placeClassic(attachment, "elb", make);
  }

  private register(list: ListBinding, make: Make): void {
    for (const holder of list.certain) {
      if (!("foreign" in holder)) {
        push(this.#made, holder, make);
      }
    }
    const sure = !list.open && (list.candidates.length === 1 || list.onlyIds);
    for (const candidate of list.candidates) {
      push(this.#made, candidate, (port) => {
        const target = make(port);
        const text = `${target.name} is registered with each of ${list.text}`;
        const assumption = { id: "binding/list-of-ids", subject: target.name, text };
        const several = sure && list.candidates.length > 1 ? [assumption] : [];
        const assumptions = [...target.assumptions, ...several];
        return { ...target, certain: target.certain && sure, assumptions };
      });
    }
    if (list.open && list.candidates.length === 0) {
      this.#strays.push(make);
    }
  }

  private attached(attachment: Instance, fallback: number | undefined): BalancerTarget {
    const own = attribute(bodyOf(attachment), "port");
    const port =
      own.kind === "unset" ? fallback : own.kind === "known" ? asNumber(own.value) : undefined;
    const anyZone = knownString(attribute(bodyOf(attachment), "availability_zone")) === "all";
    const found = this.machine(attachment, attribute(bodyOf(attachment), "target_id"), port);
    const invoked = (family: Family) => lambdaHops(this.lookup, attachment, family);
    return { ...found, invoked, ...(anyZone ? { anyZone } : {}) };
  }

  /** A machine by its id, or by an address of it. */
  private machine(by: Instance, id: Value, port: number | undefined): BalancerTarget {
    const instance = bindBy(this.lookup, [id, scopeOf(by)], ["aws_instance"], ["id", "private_ip"]);
    const found =
      instance.kind === "bound"
        ? instance
        : bindBy(this.lookup, [id, scopeOf(by)], ["aws_network_interface"], ["private_ip"]);
    if (found.kind !== "bound" || found.instance.mode !== "managed") {
      return { ...unseen(by, port), name: knownString(id) ?? by.address, address: id };
    }
    return this.instance(found.instance, port, by.certain);
  }

  private instance(instance: Instance, port: number | undefined, certain: boolean): BalancerTarget {
    return {
      name: instance.address,
      port,
      members: this.interfaces.membersOf(instance),
      subnets: asList(subnetOf(this.lookup, instance)),
      address: attribute(bodyOf(instance), "private_ip"),
      certain: certain && instance.certain && stopperOf(this.lookup, instance) === undefined,
      assumptions: [],
    };
  }

  /** `instances` of a classic balancer. */
  private listed(balancer: Instance, port: number | undefined): readonly BalancerTarget[] {
    const list = listAttribute(bodyOf(balancer), "instances");
    if (list === "unset") {
      return [];
    }
    const wanted = { types: ["aws_instance"], attribute: "id" };
    const { certain, candidates, open, onlyIds } = bindList(
      this.lookup,
      list,
      scopeOf(balancer),
      wanted,
    );
    const sure = !open && (candidates.length === 1 || onlyIds);
    return [
      ...certain.map((each) =>
        "foreign" in each
          ? { ...unseen(balancer, port), name: each.foreign }
          : this.instance(each, port, true),
      ),
      ...candidates.map((each) => this.instance(each, port, sure)),
      ...(open ? [{ ...unseen(balancer, port), certain: false }] : []),
    ];
  }
}

/** A target that the input does not hold. */
function unseen(by: Instance, port: number | undefined): BalancerTarget {
  const common = { members: undefined, subnets: NO_MEMBERS, address: UNSET, assumptions: [] };
  return { name: by.address, port, certain: by.certain, ...common };
}
