import { type Json, member } from "../../../model/value";
import { isUnresolved } from "../../../synth/literal";
import { holdersOf } from "./interfaces";
import { groupQuotaOf } from "./owner";
import type { AppResource, AppResources } from "./resource";

/** A listener of a balancer that the library puts groups on, and where it forwards to. */
export interface Forwarding {
  readonly balancer: AppResource;
  readonly listener: AppResource;
  /** The target groups that the app has. */
  readonly targetGroups: readonly AppResource[];
}

/** Every listener of the library's balancers. */
export function forwardingsOf(app: AppResources): readonly Forwarding[] {
  const balancers = new Set(holdersOf(app));
  return app.ofType("aws_lb_listener", "aws_alb_listener").flatMap((listener) => {
    const balancer = app.at(listener, listener.attribute("load_balancer_arn"));
    if (balancer === undefined || !balancers.has(balancer)) {
      return [];
    }
    const named = blocks(listener.attribute("default_action")).flatMap((action) => [
      member(action, "target_group_arn"),
      ...blocks(member(action, "forward"))
        .flatMap((forward) => blocks(member(forward, "target_group")))
        .map((group) => member(group, "arn")),
    ]);
    const targetGroups = named.flatMap((text) => app.at(listener, text) ?? []);
    return { balancer, listener, targetGroups: [...new Set(targetGroups)] };
  });
}

/** What AWS refuses of balancers and their target groups, as they will be written. */
export function brokenBalancers(app: AppResources): readonly string[] {
  const forwardings = forwardingsOf(app);
  return [
    ...holdersOf(app).flatMap(withoutSubnets),
    ...forwardings.flatMap(withoutCertificate),
    ...app.ofType("aws_elb").flatMap(classicWithoutCertificate),
    ...forwardings.flatMap(inOtherProtocol),
  ];
}

function withoutSubnets(balancer: AppResource): readonly string[] {
  const isApplication =
    (balancer.attribute("load_balancer_type") ?? "application") === "application";
  const isKind = balancer.type === "aws_lb" || balancer.type === "aws_alb";
  const subnets = balancer.has("subnets") ? balancer.list("subnets") : [];
  const isMapped = balancer.has("subnet_mapping");
  return !isKind || !isApplication || isMapped || subnets === undefined || subnets.length > 0
    ? []
    : [`${balancer.path} has no subnets, and AWS wants two, each of another zone; give 'subnets'`];
}

const ENCRYPTED = ["HTTPS", "TLS"];

function withoutCertificate({ listener }: Forwarding): readonly string[] {
  const protocol = listener.text("protocol")?.toUpperCase() ?? "";
  const certificate = listener.attribute("certificate_arn") ?? "";
  return !ENCRYPTED.includes(protocol) || certificate !== ""
    ? []
    : [
        `${listener.path} answers ${protocol} without a certificate, which AWS refuses; give it a ` +
          "certificateArn",
      ];
}

function classicWithoutCertificate(balancer: AppResource): readonly string[] {
  const isHolder = groupQuotaOf(balancer.element) !== undefined;
  const listeners = isHolder ? blocks(balancer.attribute("listener")) : [];
  return listeners.flatMap((listener) => {
    const protocol = String(member(listener, "lb_protocol")).toUpperCase();
    const certificate = member(listener, "ssl_certificate_id") ?? "";
    return !["HTTPS", "SSL"].includes(protocol) || certificate !== ""
      ? []
      : [
          `${balancer.path} answers ${protocol} without a certificate, which AWS refuses; give the ` +
            "listener's sslCertificateId",
        ];
  });
}

const HTTP = ["HTTP", "HTTPS"];

function inOtherProtocol({ balancer, listener, targetGroups }: Forwarding): readonly string[] {
  const kind = balancer.attribute("load_balancer_type") ?? "application";
  if (kind !== "application" && kind !== "network") {
    return [];
  }
  return targetGroups.flatMap((group) => {
    const protocol = group.text("protocol")?.toUpperCase();
    const words = kind === "application" ? "HTTP or HTTPS" : "TCP, TLS or UDP";
    return protocol === undefined || HTTP.includes(protocol) === (kind === "application")
      ? []
      : [
          `${listener.path} of a balancer of type ${kind} forwards to ${group.path} with ` +
            `${protocol}, which AWS refuses; use ${words}`,
        ];
  });
}

/** The members of a target group, and the group. */
export interface Membership {
  readonly group: AppResource;
  readonly attachment: AppResource;
  /** A machine that the app has. */
  readonly target: AppResource | undefined;
}

export function membershipsOf(app: AppResources): readonly Membership[] {
  return app
    .ofType("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")
    .flatMap((attachment) => {
      const group = app.at(attachment, attachment.attribute("target_group_arn"));
      const target = app.at(attachment, attachment.attribute("target_id"));
      return group === undefined ? [] : { group, attachment, target };
    });
}

/** Target groups of the library's balancers with members of another type. */
export function otherTargets(app: AppResources): readonly string[] {
  const used = new Set(forwardingsOf(app).flatMap(({ targetGroups }) => targetGroups));
  const single = membershipsOf(app)
    .filter(({ group }) => used.has(group))
    .flatMap((membership) => otherTarget(membership));
  const fleets = app.ofType("aws_autoscaling_group").flatMap((fleet) =>
    groupsOfFleet(app, fleet)
      .filter((group) => used.has(group))
      .flatMap((group) => wrongType(group, fleet, "instances")),
  );
  return [...single, ...fleets];
}

/** The target groups that an auto scaling group joins. */
export function groupsOfFleet(app: AppResources, fleet: AppResource): readonly AppResource[] {
  return (fleet.list("target_group_arns") ?? []).flatMap((arn) => app.at(fleet, arn) ?? []);
}

function otherTarget({ group, attachment, target }: Membership): readonly string[] {
  const text = attachment.text("target_id") ?? "";
  const isInstance = target?.type === "aws_instance" || /^i-[0-9a-f]+$/.test(text);
  return isInstance ? wrongType(group, attachment, "an instance") : [];
}

function wrongType(group: AppResource, member: AppResource, what: string): readonly string[] {
  const type = group.attribute("target_type") ?? "instance";
  return typeof type !== "string" || isUnresolved(type) || type === "instance"
    ? []
    : [
        `${group.path} has target_type ${type}, and ${member.path} gives it ${what}; set its ` +
          "targetType to instance",
      ];
}

/** Auto scaling groups of the library's balancers whose sizes contradict one another. */
export function contraryFleets(app: AppResources): readonly string[] {
  const used = new Set(forwardingsOf(app).flatMap(({ targetGroups }) => targetGroups));
  return app
    .ofType("aws_autoscaling_group")
    .filter((fleet) => groupsOfFleet(app, fleet).some((group) => used.has(group)))
    .flatMap((fleet) => {
      const [min, max] = [fleet.number("min_size"), fleet.number("max_size")];
      const wanted = fleet.number("desired_capacity") ?? min;
      const isFine =
        min === undefined ||
        max === undefined ||
        (min <= max && (wanted === undefined || (min <= wanted && wanted <= max)));
      const desired = wanted === min ? "" : `, desired_capacity ${wanted}`;
      return isFine
        ? []
        : [
            `${fleet.path} has min_size ${min}, max_size ${max}${desired}, which AWS refuses; put ` +
              "them in order",
          ];
    });
}

/** Blocks of a resource, which are a list or one. */
function blocks(value: unknown): readonly (Json | undefined)[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value as Json];
}
