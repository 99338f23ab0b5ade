import type { Configured, Instance } from "../../model/instance";
import { isObject, type Json, type JsonObject, member, NO_REFERENCES } from "../../model/value";
import { withGoneNames } from "./gone-names";

/** The id of a group that admits nothing, and of a machine that has it. */
const NOBODY = "(destroyed)";

const EMPTY: Configured = { kind: "expression", expression: NO_REFERENCES };

/**
 * What a destroyed object leaves in a state, so that what still says its id or its address is read
 * as leading nowhere, and not as something outside the input.
 *
 * Others that still stand for it go with it: the rules of a group, attachments to a machine.
 */
export function withGone(
  present: readonly Instance[],
  gone: readonly Instance[],
): readonly Instance[] {
  if (gone.length === 0) {
    return present;
  }
  const ids = new Set(gone.flatMap((each) => idsOf(each)));
  const here = withGoneNames(
    present.filter((instance) => !goesWith(instance, ids)),
    gone,
  );
  const kept = deserted(here, gone);
  const addresses = new Set(
    kept.flatMap(({ type, values }) =>
      type === "aws_eip" ? textOf(values, "public_ip") : textOf(values, "private_ip"),
    ),
  );
  const left = gone.flatMap((each) => remainsOf(each, addresses));
  const [first] = gone;
  const unused = left.length === 0 && kept === here;
  return unused || first === undefined ? kept : [...kept, ...left, ...nobody(first)];
}

/** Interfaces of a machine that is gone or stopped, until another has them. */
function deserted(present: readonly Instance[], gone: readonly Instance[]): readonly Instance[] {
  const left = interfacesOf(gone);
  const held =
    left.length === 0 ? [] : interfacesOf(present.filter((each) => !gone.includes(each)));
  const empty = left.filter((id) => !held.includes(id));
  const isEmpty = ({ type, values }: Instance) =>
    type === "aws_network_interface" && textOf(values, "id").some((id) => empty.includes(id));
  const isAttached = ({ type, values }: Instance) =>
    type === "aws_network_interface_sg_attachment" &&
    textOf(values, "network_interface_id").some((id) => empty.includes(id));
  return present.some(isEmpty)
    ? present.filter((each) => !isAttached(each)).map((each) => (isEmpty(each) ? shut(each) : each))
    : present;
}

/** An interface with the group that admits nobody, even where its own are known after apply. */
function shut(each: Instance): Instance {
  const values = { ...(each.values as JsonObject), security_groups: [NOBODY] };
  const unknown = isObject(each.unknown) ? { ...each.unknown, security_groups: false } : false;
  return { ...each, values, unknown };
}

/** Interfaces that machines are given, by id. */
function interfacesOf(instances: readonly Instance[]): readonly string[] {
  return instances
    .filter(({ type }) => type === "aws_instance")
    .flatMap(({ values }) => {
      const given = member(values, "network_interface");
      const blocks = Array.isArray(given) ? (given as readonly Json[]) : [];
      return blocks.flatMap((block) => textOf(block, "network_interface_id"));
    });
}

/** A public address that was a machine's own before it was stopped and started. */
export function withMoved(
  present: readonly Instance[],
  moved: readonly Instance[],
): readonly Instance[] {
  const held = new Set(
    present
      .filter(({ type }) => type === "aws_eip")
      .flatMap(({ values }) => textOf(values, "public_ip")),
  );
  const lost = moved
    .flatMap((each) => textOf(each.values, "public_ip"))
    .filter((text) => !held.has(text));
  const [first] = moved;
  if (lost.length === 0 || first === undefined) {
    return present;
  }
  const left = present.map((instance) =>
    textOf(instance.values, "public_ip").some((text) => lost.includes(text))
      ? { ...instance, values: without(instance.values, "public_ip") }
      : instance,
  );
  const released = lost.map((text) =>
    made(first, "aws_eip", { public_ip: text, instance: NOBODY }),
  );
  return [...left, ...released, ...nobody(first)];
}

const GROUPS = ["aws_security_group", "aws_default_security_group"];
const BALANCERS = ["aws_lb", "aws_alb", "aws_elb"];

function remainsOf(gone: Instance, held: ReadonlySet<string>): readonly Instance[] {
  const keep = (...names: readonly string[]): JsonObject =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = member(gone.values, name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  const address = textOf(gone.values, "public_ip").filter((text) => !held.has(text));
  const own = address.length === 0 ? {} : keep("public_ip", "ipv6_addresses");
  const { type } = gone;
  if (GROUPS.includes(type)) {
    return [emptied(gone, keep("id", "vpc_id", "name"))];
  }
  if (type === "aws_instance") {
    const inside = textOf(gone.values, "private_ip").filter((text) => !held.has(text));
    const names = ["id", "subnet_id", "primary_network_interface_id"];
    const values = keep(...names, ...(inside.length === 0 ? [] : ["private_ip"]));
    return [made(gone, type, { ...values, ...own, vpc_security_group_ids: [NOBODY] })];
  }
  if (type === "aws_network_interface") {
    return [made(gone, type, { ...keep("id", "subnet_id"), security_groups: [NOBODY] })];
  }
  if (type === "aws_eip") {
    return address.length === 0
      ? []
      : [made(gone, type, { ...keep("id", "allocation_id", "public_ip"), instance: NOBODY })];
  }
  if (BALANCERS.includes(type)) {
    const values = keep(
      "id",
      "arn",
      "dns_name",
      "subnets",
      "load_balancer_type",
      "ip_address_type",
      "name",
    );
    return [made(gone, type, { ...values, security_groups: [NOBODY] })];
  }
  if (type === "aws_internet_gateway") {
    return [made(gone, type, keep("id"))];
  }
  if (type === "aws_ec2_managed_prefix_list") {
    return [{ ...made(gone, type, keep("id")), configured: new Map([["entry", EMPTY]]) }];
  }
  // Nobody can be in a subnet or a VPC that is destroyed, so nothing is asked of it.
  return type === "aws_subnet" || type === "aws_vpc" ? [gone] : [];
}

/** The machine and the group that admit nobody. */
function nobody(like: Instance): readonly Instance[] {
  return [
    emptied({ ...like, type: "aws_security_group" }, { id: NOBODY }),
    made(like, "aws_instance", { id: NOBODY, vpc_security_group_ids: [NOBODY] }),
  ];
}

function emptied(like: Instance, values: JsonObject): Instance {
  const group = made(like, like.type, { ...values, ingress: [], egress: [] });
  return {
    ...group,
    configured: new Map([
      ["ingress", EMPTY],
      ["egress", EMPTY],
    ]),
  };
}

function made(like: Instance, type: string, values: JsonObject): Instance {
  const name = `${like.name} (destroyed)`;
  return {
    ...like,
    type,
    name,
    values,
    unknown: false,
    configured: undefined,
    action: "unknown",
    before: undefined,
    certain: true,
  };
}

/** Attributes by which something stands for another object and goes when that does. */
const HANGS_ON: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_vpc_security_group_ingress_rule", ["security_group_id"]],
  ["aws_vpc_security_group_egress_rule", ["security_group_id"]],
  ["aws_security_group_rule", ["security_group_id"]],
  ["aws_network_interface_sg_attachment", ["network_interface_id", "security_group_id"]],
  ["aws_eip_association", ["allocation_id"]],
  ["aws_ec2_managed_prefix_list_entry", ["prefix_list_id"]],
  ["aws_route_table_association", ["route_table_id"]],
  ["aws_internet_gateway_attachment", ["internet_gateway_id"]],
]);

function goesWith({ type, values }: Instance, ids: ReadonlySet<string>): boolean {
  const names = HANGS_ON.get(type) ?? [];
  return names.some((name) => textOf(values, name).some((id) => ids.has(id)));
}

function idsOf({ values }: Instance): readonly string[] {
  return ["id", "primary_network_interface_id"].flatMap((name) => textOf(values, name));
}

function textOf(values: Json, name: string): readonly string[] {
  const value = member(values, name);
  return typeof value === "string" && value !== "" ? [value] : [];
}

function without(values: Json, name: string): JsonObject {
  return Object.fromEntries(Object.entries(values as JsonObject).filter(([key]) => key !== name));
}
