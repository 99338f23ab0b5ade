import { equal, type ObjectValue, type Value } from "../../provider/value";
import { type Change, find, type Handler, objects, Refused, type Step } from "../handler";
import { blocks, changed, text, texts } from "./texts";

/** In the order of load_balancer.go's Update: attributes, groups, subnets, address type. */
const CALLS: readonly (readonly [call: string, attributes: readonly string[]])[] = [
  ["SetSecurityGroups", ["security_groups"]],
  ["SetSubnets", ["subnets", "subnet_mapping"]],
  ["SetIpAddressType", ["ip_address_type"]],
];
const LISTENERS = [
  "aws_lb_listener",
  "aws_alb_listener",
  "aws_lb_listener_rule",
  "aws_alb_listener_rule",
];
const QUIET = new Set(["tags", "tags_all", ...CALLS.flatMap(([, names]) => names)]);

const others = ({ prior, planned }: Change): readonly string[] =>
  Object.keys(planned ?? {}).filter(
    (name) => !QUIET.has(name) && !equal(prior?.[name], planned?.[name]),
  );

export const loadBalancer: Handler = {
  fill: (planned, world) => {
    const mapped = blocks(planned.subnet_mapping).map(({ subnet_id }) => text(subnet_id));
    const subnets = texts(planned.subnets).length > 0 ? texts(planned.subnets) : mapped;
    const [first] = subnets.map((id) => find(world, "aws_subnet", id)?.attributes.vpc_id);
    const group = find(world, "aws_vpc", first)?.attributes.default_security_group_id;
    const isNetwork = planned.load_balancer_type === "network";
    return {
      ...(subnets.length > 0 ? { subnets: [...subnets] } : {}),
      ...(first === undefined ? {} : { vpc_id: first }),
      security_groups: isNetwork ? [] : [group ?? "sg-default"],
    };
  },
  steps: (change) => {
    if (change.prior === null || change.planned === null) return [];
    const names = others(change);
    const settings: Step[] =
      names.length > 0 ? [{ call: "ModifyLoadBalancerAttributes", writes: names }] : [];
    const parts = CALLS.filter(([, attributes]) => attributes.some((n) => changed(change, n)));
    return [...settings, ...parts.map(([call, writes]) => ({ call, writes }))];
  },
};

/** A group that a listener forwards to can't be deleted. */
export const targetGroup: Handler = {
  fill: ({ protocol, target_type }) =>
    ["TCP", "TLS", "TCP_UDP"].includes(text(protocol))
      ? { preserve_client_ip: String(target_type !== "ip" || protocol === "TCP_UDP") }
      : {},
  steps: ({ planned, current }) => {
    if (planned !== null) return [];
    const id = text(current?.arn);
    return [
      {
        call: "DescribeTargetGroups",
        run: (world) => {
          const used = LISTENERS.flatMap((type) => objects(world, type)).filter(({ attributes }) =>
            forwardsTo(attributes, id),
          );
          if (used.length > 0) {
            throw new Refused(`ResourceInUse: ${id} is currently in use by a listener or a rule`);
          }
          return undefined;
        },
      },
    ];
  },
};

function forwardsTo(attributes: ObjectValue, group: string): boolean {
  const actions = [...blocks(attributes.default_action), ...blocks(attributes.action)];
  return actions.some(
    ({ target_group_arn, forward }) =>
      target_group_arn === group ||
      blocks(forward)
        .flatMap((f) => blocks(f.target_group as Value))
        .some(({ arn }) => arn === group),
  );
}

/** A balancer's listeners go with it; rules with their listener. */
export const listener: Handler = {
  created: ({ load_balancer_arn, port }, world) => {
    const twin = objects(world, "aws_lb_listener").filter(
      ({ attributes: a }) => a.load_balancer_arn === load_balancer_arn && a.port === port,
    );
    if (twin.length > 1) {
      throw new Refused(`DuplicateListener: a listener already exists on port ${String(port)}`);
    }
  },
};

/** Instances that were attached from outside show up in its list. */
export const classicBalancer: Handler = {
  fill: (planned, world) => {
    const [first] = texts(planned.subnets).map((id) => find(world, "aws_subnet", id)?.attributes);
    const group = find(world, "aws_vpc", first?.vpc_id)?.attributes.default_security_group_id;
    return { security_groups: [group ?? "sg-default"] };
  },
  steps: (change) => {
    if (change.prior === null || change.planned === null) return [];
    const parts: readonly (readonly [string, string])[] = [
      ["ApplySecurityGroupsToLoadBalancer", "security_groups"],
      ["AttachLoadBalancerToSubnets", "subnets"],
      ["CreateLoadBalancerListeners", "listener"],
      ["RegisterInstancesWithLoadBalancer", "instances"],
    ];
    return parts
      .filter(([, name]) => changed(change, name))
      .map(([call, name]) => ({ call, writes: [name] }));
  },
  show: (attributes, world) => {
    const attached = objects(world, "aws_elb_attachment")
      .filter(({ attributes: a }) => a.elb === attributes.name || a.elb === attributes.id)
      .map(({ attributes: a }) => text(a.instance));
    return {
      ...attributes,
      instances: [...new Set([...texts(attributes.instances), ...attached])],
    };
  },
};
