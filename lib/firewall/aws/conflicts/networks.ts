import { forwardingsOf, groupsOfFleet, membershipsOf } from "./balancers";
import { nameOf } from "./identity";
import { groupsAttribute, holdersOf } from "./interfaces";
import type { AppResource, AppResources } from "./resource";

/** The VPC of a part of something, as its identity. */
interface Home {
  readonly part: AppResource;
  readonly vpc: string;
}

/** Things whose parts are in two VPCs, where AWS wants one. */
export function twoVpcs(app: AppResources): readonly string[] {
  const homes = (part: AppResource) => homesOf(app, part);
  const machines = holdersOf(app).map((holder) => ({ thing: holder, parts: homes(holder) }));
  const balancers = forwardingsOf(app).map(({ balancer, listener, targetGroups }) => ({
    thing: listener,
    parts: [...homes(balancer), ...targetGroups.flatMap(homes)],
  }));
  const used = new Set(forwardingsOf(app).flatMap(({ targetGroups }) => targetGroups));
  const members = membershipsOf(app)
    .filter(({ group }) => used.has(group) && takesInstances(group))
    .map(({ group, attachment, target }) => ({
      thing: attachment,
      parts: [...homes(group), ...(target === undefined ? [] : homes(target))],
    }));
  const fleets = app.ofType("aws_autoscaling_group").map((fleet) => ({
    thing: fleet,
    parts: [fleet, ...groupsOfFleet(app, fleet).filter((group) => used.has(group))].flatMap(homes),
  }));
  const found = [...machines, ...balancers, ...members, ...fleets];
  return [...new Set(found.flatMap(({ thing, parts }) => contradiction(thing, parts)))];
}

/** Only then must its members be in its VPC; addresses may be in a peered one. */
function takesInstances(group: AppResource): boolean {
  return (group.attribute("target_type") ?? "instance") === "instance";
}

/** Where a resource is, by itself, its subnets and its groups. */
function homesOf(app: AppResources, resource: AppResource): readonly Home[] {
  const named = [
    resource.attribute("subnet_id"),
    ...(resource.list("subnets") ?? []),
    ...(resource.list("vpc_zone_identifier") ?? []),
    ...(resource.list(groupsAttribute(resource)) ?? []),
  ];
  const parts = [resource, ...named.flatMap((text) => app.at(resource, text) ?? [])];
  return parts.flatMap((part) => {
    const vpc = part.named("vpc_id");
    return vpc === undefined ? [] : { part, vpc };
  });
}

function contradiction(thing: AppResource, homes: readonly Home[]): readonly string[] {
  const [first, ...others] = homes;
  const other = others.find(({ vpc }) => first !== undefined && areTwo(vpc, first.vpc));
  return first === undefined || other === undefined
    ? []
    : [
        `${thing.path} joins ${first.part.path} of ${nameOf(first.vpc)} and ${other.part.path} of ` +
          `${nameOf(other.vpc)}, and AWS takes those of one VPC alone; give both the same vpcId`,
      ];
}

/** Two ids, or two resources; an id may be that of a resource, and a variable anything. */
function areTwo(one: string, other: string): boolean {
  const kinds = [/^vpc-[0-9a-f]+$/, /^\S* \$\{aws_vpc\.[\w-]+\.id\}$/];
  return one !== other && kinds.some((kind) => kind.test(one) && kind.test(other));
}
