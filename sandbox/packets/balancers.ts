import type { CloudState } from "../cloud/state";
import type { ObjectValue, Value } from "../provider/value";
import { all, blocks, subnetOf, text, texts } from "./inventory";
import { type Target, targetsOf } from "./targets";

export interface Balancer {
  readonly id: string;
  readonly name: string;
  readonly kind: "application" | "network" | "classic" | "other";
  readonly internal: boolean;
  readonly families: readonly (4 | 6)[];
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  /** Each node sends to targets of every zone, not of its own alone. */
  readonly crossZone: boolean;
}

export function balancers(cloud: CloudState): readonly Balancer[] {
  return [
    ...[...all(cloud, "aws_lb"), ...all(cloud, "aws_alb")].map(modern),
    ...all(cloud, "aws_elb").map(classic),
  ];
}

function modern(lb: ObjectValue): Balancer {
  const type = text(lb.load_balancer_type) || "application";
  const mapped = blocks(lb.subnet_mapping).map(({ subnet_id }) => text(subnet_id));
  const families = text(lb.ip_address_type);
  return {
    id: text(lb.arn),
    name: text(lb.dns_name),
    kind: type === "application" || type === "network" ? type : "other",
    internal: lb.internal === true,
    families: families === "dualstack" ? [4, 6] : families.startsWith("dualstack") ? [6] : [4],
    subnets: [...new Set([...texts(lb.subnets), ...mapped])],
    groups: texts(lb.security_groups),
    crossZone: type === "application" || lb.enable_cross_zone_load_balancing === true,
  };
}

function classic(lb: ObjectValue): Balancer {
  return {
    id: text(lb.id),
    name: text(lb.dns_name),
    kind: "classic",
    internal: lb.internal === true,
    families: [4],
    subnets: texts(lb.subnets),
    groups: texts(lb.security_groups),
    crossZone: lb.cross_zone_load_balancing !== false,
  };
}

/** Where a connection to a port of the balancer may end; undefined where nothing listens. */
export function listenerOf(
  cloud: CloudState,
  balancer: Balancer,
  port: number,
): { readonly targets: readonly Target[]; readonly answersItself: boolean } | undefined {
  return balancer.kind === "classic"
    ? classicListener(cloud, balancer, port)
    : modernListener(cloud, balancer, port);
}

function modernListener(cloud: CloudState, { id }: Balancer, port: number) {
  const listener = ["aws_lb_listener", "aws_alb_listener"]
    .flatMap((type) => all(cloud, type))
    .find((l) => l.load_balancer_arn === id && Number(l.port) === port);
  if (listener === undefined || text(listener.protocol) === "UDP") return undefined;
  const rules = ["aws_lb_listener_rule", "aws_alb_listener_rule"]
    .flatMap((type) => all(cloud, type))
    .filter((rule) => rule.listener_arn === listener.arn);
  const actions = [listener.default_action, ...rules.map(({ action }) => action)].map(lastOf);
  const groups = actions.flatMap(groupsOf);
  return {
    targets: [...new Set(groups)].flatMap((group) => targetsOf(cloud, group)),
    answersItself: actions.some((action) => groupsOf(action).length === 0),
  };
}

/** Those before it authenticate. */
const lastOf = (actions: Value | undefined): ObjectValue =>
  [...blocks(actions)].sort((a, b) => Number(a.order ?? 0) - Number(b.order ?? 0)).at(-1) ?? {};

/** A group of weight 0 gets nothing unless all have it. */
function groupsOf(action: ObjectValue): readonly string[] {
  const forward = blocks(action.forward).flatMap((f) => blocks(f.target_group));
  const weighted = forward.filter(({ weight }) => Number(weight ?? 1) !== 0);
  const arns = (weighted.length > 0 ? weighted : forward).map(({ arn }) => text(arn));
  const single = text(action.target_group_arn);
  return arns.length > 0 ? arns : single === "" ? [] : [single];
}

function classicListener(cloud: CloudState, { id }: Balancer, port: number) {
  const lb = all(cloud, "aws_elb").find((object) => object.id === id);
  const listener = blocks(lb?.listener).find(({ lb_port }) => Number(lb_port) === port);
  if (lb === undefined || listener === undefined) return undefined;
  const attached = all(cloud, "aws_elb_attachment")
    .filter(({ elb }) => elb === lb.name || elb === lb.id)
    .map(({ instance }) => text(instance));
  const instances = [...new Set([...texts(lb.instances), ...attached])];
  const targets = instances.map(
    (instance): Target => ({
      ...{ kind: "instance", id: instance, port: Number(listener.instance_port) },
      preserves: false,
    }),
  );
  return { targets, answersItself: false };
}

/**
 * A balancer sends nothing to a zone that it isn't in, and a node only to its own where it isn't told
 * otherwise; an empty zone has no node.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export function reachable(
  cloud: CloudState,
  balancer: Balancer,
  node: string,
  subnet: string,
): boolean {
  const nodes = balancer.crossZone ? balancer.subnets : [node];
  const there = subnetOf(cloud, subnet).zone;
  return nodes.some((each) => {
    const here = subnetOf(cloud, each).zone;
    return here === "" || there === "" || here === there;
  });
}
