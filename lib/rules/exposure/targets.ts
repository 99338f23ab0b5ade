import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { formatAddress } from "../../net/cidr";
import { asBoolean, asNumber, attribute, bodyOf } from "../../read/attributes";
import { bind, type Wanted } from "../../read/binding";
import { type Lookup, push } from "../../read/lookup";
import { scopeOf } from "../../read/references";
import { Interfaces } from "../../read/resources/aws-interface";
import { strangers } from "../allowed";
import { note } from "../note";
import type { Draft, RuleContext } from "../rule";
import { securityGroups } from "../security-groups";

const INSTANCE: Wanted = { types: ["aws_instance"], attribute: "id" };
const GROUPS: Wanted = { types: ["aws_lb_target_group", "aws_alb_target_group"], attribute: "arn" };

/** Machines behind a locked balancer that have a public address and let strangers in themselves. */
export function targetsInTheOpen(context: RuleContext): readonly Draft[] {
  const locked = lockedTargets(context);
  if (locked.size === 0) {
    return [];
  }
  const { lookup, edge } = context;
  const interfaces = new Interfaces(lookup, securityGroups(lookup), new Set(), edge);
  const published = withAddresses(lookup);
  return attachments(lookup).flatMap(({ instance, port }): Draft[] => {
    const paths = locked.get(instance.address);
    if (paths === undefined || !published(instance)) {
      return [];
    }
    const { bounds, resources } = interfaces.filter(instance, port, 4);
    const others = strangers(bounds.must, { port, resources }, context);
    const lowest = others.lowest();
    return lowest === undefined
      ? []
      : [{ ...draft(instance, port, paths), witness: formatAddress(4, lowest) }];
  });
}

function draft({ address }: Instance, port: number, paths: readonly number[]): Draft {
  return note(
    address,
    {
      what: `${address} has a public address and lets others in on tcp/${port}, beside the balancer that admits Cloudflare alone`,
      why: "Whoever knows the machine's own address gets past the balancer, and past Cloudflare's WAF, rate limits and access rules.",
      fix: "let the machine's security group admit the balancer's group alone, or put the machine in a private subnet",
    },
    paths,
  );
}

/** Targets of balancers on paths that are proved to admit Cloudflare alone. */
function lockedTargets({ proved }: RuleContext): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  proved.forEach(({ path, exclusivity }, index) => {
    if (exclusivity.verdict === "proved") {
      for (const { kind, resources } of path.route.hops) {
        for (const address of kind === "proxy" ? resources : []) {
          push(found, address, index);
        }
      }
    }
  });
  return found;
}

interface Attachment {
  readonly instance: Instance;
  readonly port: number;
}

/** Instances that are registered by themselves, with the port that the balancer sends to. */
function attachments(lookup: Lookup): readonly Attachment[] {
  const found = ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"]
    .flatMap((type) => lookup.managed(type))
    .flatMap((attachment): Attachment[] => {
      const body = bodyOf(attachment);
      const scope = scopeOf(attachment);
      const target = bind(lookup, attribute(body, "target_id"), scope, INSTANCE);
      const group = bind(lookup, attribute(body, "target_group_arn"), scope, GROUPS);
      const own = attribute(body, "port");
      const shared = group.kind === "bound" ? attribute(bodyOf(group.instance), "port") : own;
      const given = own.kind === "unset" ? shared : own;
      const port = given.kind === "known" ? asNumber(given.value) : undefined;
      const bound = target.kind === "bound" && target.instance.mode === "managed";
      return bound && port !== undefined ? [{ instance: target.instance, port }] : [];
    });
  return [
    ...new Map(found.map((each) => [`${each.instance.address} ${each.port}`, each])).values(),
  ];
}

/** Whether an instance surely has a public address, of its own or an Elastic IP. */
function withAddresses(lookup: Lookup): (instance: Instance) => boolean {
  const elastic = new Set<Instance>();
  for (const type of ["aws_eip", "aws_eip_association"]) {
    for (const holder of lookup.managed(type)) {
      const name = type === "aws_eip" ? "instance" : "instance_id";
      const bound = bind(lookup, attribute(bodyOf(holder), name), scopeOf(holder), INSTANCE);
      if (bound.kind === "bound") {
        elastic.add(bound.instance);
      }
    }
  }
  return (instance) => {
    const asked = attribute(bodyOf(instance), "associate_public_ip_address");
    const own = knownString(attribute(bodyOf(instance), "public_ip")) ?? "";
    const on = asked.kind === "known" && asBoolean(asked.value) === true;
    return on || own !== "" || elastic.has(instance);
  };
}
