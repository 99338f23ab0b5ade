import { isObject, type ObjectValue, type Value } from "../../provider/value";
import {
  type Change,
  find,
  type Handler,
  objects,
  Refused,
  type Step,
  type World,
} from "../handler";
import type { Permission } from "../state";
import {
  authorize,
  type Direction,
  difference,
  effect,
  type NewPermission,
  permissionsOf,
  revoke,
  rulesOf,
} from "./permissions";

const GROUPS = ["aws_security_group", "aws_default_security_group"];
const DIRECTIONS = ["ingress", "egress"] as const;

function inline(rules: Value | undefined, group: string, direction: Direction): NewPermission[] {
  const list = Array.isArray(rules) ? rules.filter(isObject) : [];
  return list.flatMap((rule) => permissionsOf(rule, group, direction));
}

function inUse(group: string): Step {
  return {
    call: "DescribeNetworkInterfaces",
    run: (world: World) => {
      const holders = ["aws_instance", "aws_network_interface", "aws_lb"]
        .flatMap((type) => objects(world, type))
        .filter(({ attributes }) =>
          ["vpc_security_group_ids", "security_groups"].some((name) => {
            const groups = attributes[name];
            return Array.isArray(groups) && groups.includes(group);
          }),
        );
      const named = othersNaming(world, group).length > 0;
      if (holders.length > 0 || named) {
        throw new Refused(`DependencyViolation: resource ${group} has a dependent object`);
      }
      return undefined;
    },
  };
}

/** Rules of other groups of its VPC that name a group. */
function othersNaming(world: World, group: string): readonly Permission[] {
  const vpcOf = (id: string) =>
    GROUPS.map((type) => find(world, type, id)?.attributes.vpc_id).find((vpc) => vpc !== undefined);
  const vpc = vpcOf(group);
  return world.state.permissions.filter(
    (p) => p.kind === "group" && p.source === group && p.group !== group && vpcOf(p.group) === vpc,
  );
}

/** Revokes the group's own rules, and those of others that name it. */
function revokeAll(group: string): Step {
  const run = (world: World): undefined => {
    const gone = othersNaming(world, group);
    const { state } = world;
    state.permissions = state.permissions.filter((p) => p.group !== group && !gone.includes(p));
  };
  return { call: "RevokeSecurityGroupIngress", run };
}

const show = (attributes: ObjectValue, { state }: World): ObjectValue => {
  const mine = state.permissions.filter((p) => p.group === attributes.id);
  const of = (direction: Direction) =>
    rulesOf(
      attributes[direction],
      mine.filter((p) => p.direction === direction),
      direction,
    );
  return { ...attributes, ingress: of("ingress"), egress: of("egress") };
};

function withoutRules({ state }: World, group: Value | undefined): void {
  state.permissions = state.permissions.filter((p) => p.group !== group);
}

function inlineSteps({ prior, planned, current }: Change): readonly Step[] {
  const group = String(current?.id);
  return DIRECTIONS.flatMap((direction) =>
    difference(
      group,
      direction,
      inline(prior?.[direction], group, direction),
      inline(planned?.[direction], group, direction),
    ),
  );
}

/** Inline rules are calls of their own; standalone rules show up in `ingress` and `egress`. */
export const securityGroup: Handler = {
  steps: (change) => {
    if (change.planned === null) {
      const group = String(change.current?.id);
      const revokes = change.prior?.revoke_rules_on_delete === true;
      return [...(revokes ? [revokeAll(group)] : []), inUse(group)];
    }
    const opened: Step[] = change.prior === null ? [{ call: "RevokeSecurityGroupEgress" }] : [];
    return [...opened, ...inlineSteps(change)];
  },
  removed: ({ id }, world) => withoutRules(world, id),
  show,
};

/** Takes over the group that the VPC has: what was in it is revoked first. */
export const defaultSecurityGroup: Handler = {
  fill: ({ vpc_id }, world) => {
    const id = find(world, "aws_vpc", vpc_id)?.attributes.default_security_group_id;
    return id === undefined ? {} : { id };
  },
  created: ({ id }, world) => withoutRules(world, id),
  steps: (change) => (change.planned === null ? [] : inlineSteps(change)),
  show,
};

/** `aws_vpc_security_group_ingress_rule`: one permission that keeps its id over an update. */
export function standaloneRule(direction: Direction): Handler {
  return {
    steps: ({ prior, planned, current }: Change) => {
      const rule = planned ?? prior ?? {};
      const group = String(current?.security_group_id ?? rule.security_group_id);
      const id = String(current?.id);
      const permissions = (of: ObjectValue) =>
        permissionsOf({ ...of, security_groups: null }, group, direction).map((p) => ({
          ...p,
          id,
        }));
      if (prior === null) return [authorize(group, direction, permissions(current ?? rule))];
      if (planned === null) return [revoke(group, direction, permissions(prior))];
      return [modify(group, direction, permissions(prior), permissions(planned))];
    },
    show: (attributes: ObjectValue) => attributes,
  };
}

function modify(
  group: string,
  direction: Direction,
  before: readonly NewPermission[],
  after: readonly (NewPermission & { readonly id: string })[],
): Step {
  return {
    call: "ModifySecurityGroupRules",
    run: ({ state }: World) => {
      const ids = new Set(after.map((p) => p.id));
      state.permissions = [...state.permissions.filter((p) => !ids.has(p.id)), ...after];
      return [effect(group, direction, after, before)];
    },
  };
}

/** `aws_security_group_rule`: one resource, a permission for each of its sources. */
export const groupRule: Handler = {
  steps: ({ prior, planned, current }: Change) => {
    const of = (rule: ObjectValue) => {
      const direction: Direction = rule.type === "egress" ? "egress" : "ingress";
      const group = String(rule.security_group_id);
      return { direction, group, permissions: permissionsOf(rule, group, direction) };
    };
    if (prior === null) {
      const { group, direction, permissions } = of(current ?? planned ?? {});
      return [authorize(group, direction, permissions)];
    }
    if (planned !== null) {
      const way = planned.type === "egress" ? "Egress" : "Ingress";
      return [{ call: `UpdateSecurityGroupRuleDescriptions${way}` }];
    }
    const { group, direction, permissions } = of(prior);
    return [revoke(group, direction, permissions)];
  },
};
