import type { Assumption } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { equalJson, hasTrue, member, UNSET, type Value } from "../../model/value";
import {
  asNumber,
  attribute,
  type Block,
  bodyOf,
  listAttribute,
  nestedBlocks,
} from "../attributes";
import type { ListBinding } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { bindBy } from "./aws-arn";
import { isFilling, isStarting, mayBeEmpty, mayBeIdle } from "./aws-fleet-size";
import type { Members } from "./aws-interface";
import { type BalancerTarget, namedGroups, namedSubnets } from "./aws-target";

/** The machines of an autoscaling group, which all have the groups of its template. */
export function fleetTarget(
  lookup: Lookup,
  group: Instance,
  port: number | undefined,
): BalancerTarget {
  const text = `the machines of ${group.address} run the launch template as this input has it`;
  const assumption: Assumption = { id: "aws/launch-template", subject: group.address, text };
  const subnets = namedSubnets(lookup, bodyOf(group), "vpc_zone_identifier");
  return {
    name: group.address,
    port,
    members: templateGroups(lookup, group, subnets),
    former: formerGroups(lookup, group, subnets),
    subnets,
    address: UNSET,
    certain: group.certain && !mayBeEmpty(lookup, group) && !isFilling(lookup, group),
    assumptions: [assumption],
  };
}

/**
 * The groups of the machines that there are, which keep those of the template that made them; where
 * it was the same, or there are none yet, undefined.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/change-launch-config.html
 */
function formerGroups(lookup: Lookup, group: Instance, subnets: ListBinding): Members | undefined {
  const { before } = lookup;
  const old = before
    ?.managed(group.type)
    .find(({ address, input }) => address === group.address && input === group.input);
  if (before === undefined || old === undefined || group.action === "create") {
    return undefined;
  }
  const [was, now] = [templateOf(before, old), templateOf(lookup, group)];
  const same =
    now !== undefined &&
    was !== undefined &&
    GROUPS.every((name) => {
      const [left, right] = [was, now].map(({ values }) => member(values, name) ?? []);
      const open = now.unknown === true || hasTrue(member(now.unknown, name) ?? false);
      return !open && equalJson(left ?? null, right ?? null);
    });
  return was === undefined || same ? undefined : groupsOf(lookup, was, subnets);
}

/** What names the groups of machines to come. */
const GROUPS = [
  "network_interfaces",
  "security_group_names",
  "security_groups",
  "vpc_security_group_ids",
];

/** Of a launch template or a launch configuration. */
function groupsOf(lookup: Lookup, template: Instance, subnets: ListBinding): Members | undefined {
  return template.type === "aws_launch_template"
    ? ofTemplate(lookup, template, subnets)
    : namedGroups(lookup, bodyOf(template), ["security_groups"], subnets);
}

function templateGroups(
  lookup: Lookup,
  group: Instance,
  subnets: ListBinding,
): Members | undefined {
  const template = templateOf(lookup, group);
  return template === undefined ? undefined : groupsOf(lookup, template, subnets);
}

/** The launch template of a group, or its launch configuration. */
function templateOf(lookup: Lookup, group: Instance): Instance | undefined {
  const body = bodyOf(group);
  const specified = templateBlocks(body);
  if (specified === undefined) {
    return undefined;
  }
  const [template] = specified.map((block) => {
    const types = ["aws_launch_template"];
    const given = ["id", "launch_template_id", "name", "launch_template_name"].map((name) =>
      bindBy(lookup, [attribute(block, name), scopeOf(group)], types, ["id", "name"]),
    );
    return given.find((binding) => binding.kind === "bound");
  });
  if (template?.kind === "bound" && template.instance.mode === "managed") {
    return template.instance;
  }
  const name: Value = attribute(body, "launch_configuration");
  const types = ["aws_launch_configuration"];
  const found = bindBy(lookup, [name, scopeOf(group)], types, ["name", "id"]);
  return found.kind === "bound" ? found.instance : undefined;
}

/** The one template of a group; undefined where some of its machines may have another. */
function templateBlocks(body: Block): readonly Block[] | undefined {
  const policies = nestedBlocks(body, "mixed_instances_policy");
  const mixed = policies.blocks.map((policy) => nestedBlocks(policy, "launch_template"));
  const templates = mixed.flatMap((each) => each.blocks);
  const overrides = templates.map((template) => nestedBlocks(template, "override"));
  const own = "launch_template_specification";
  const others = overrides.flatMap((each) => each.blocks).map((each) => nestedBlocks(each, own));
  const open = [policies, ...mixed, ...overrides, ...others].some((each) => each.open);
  return open || others.some((each) => each.blocks.length > 0)
    ? undefined
    : [
        ...nestedBlocks(body, "launch_template").blocks,
        ...templates.flatMap((template) => nestedBlocks(template, own).blocks),
      ];
}

function ofTemplate(lookup: Lookup, template: Instance, subnets: ListBinding): Members | undefined {
  const { blocks, open } = nestedBlocks(bodyOf(template), "network_interfaces");
  const [first, ...more] = blocks;
  if (open || more.length > 0) {
    return undefined;
  }
  const byName = listAttribute(bodyOf(template), "security_group_names") !== "unset";
  return first === undefined
    ? namedGroups(
        lookup,
        bodyOf(template),
        ["vpc_security_group_ids"],
        byName ? undefined : subnets,
      )
    : namedGroups(lookup, first, ["security_groups"], subnets);
}

/** The tasks of an ECS service, as one of its `load_balancer` blocks registers them. */
export function serviceTarget(lookup: Lookup, service: Instance, block: Block): BalancerTarget {
  const port = attribute(block, "container_port");
  const { blocks, open } = nestedBlocks(bodyOf(service), "network_configuration");
  const [network] = blocks;
  const own = network !== undefined && !open ? network : undefined;
  const subnets = namedSubnets(lookup, own ?? bodyOf(service), "subnets");
  return {
    name: service.address,
    // Without a network of their own, tasks get ports of their host.
    port: own !== undefined && port.kind === "known" ? asNumber(port.value) : undefined,
    members: own === undefined ? undefined : namedGroups(lookup, own, ["security_groups"], subnets),
    subnets,
    address: UNSET,
    certain: service.certain && !mayBeIdle(lookup, service) && !isStarting(lookup, service),
    assumptions: [],
  };
}
