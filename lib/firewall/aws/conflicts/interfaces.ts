import { member } from "../../../model/value";
import { groupQuotaOf, needsIpv6 } from "./owner";
import type { AppResource, AppResources } from "./resource";

/** What the library puts groups on: instances, interfaces, launch templates and balancers. */
export function holdersOf(app: AppResources): readonly AppResource[] {
  return app
    .ofType(
      "aws_instance",
      "aws_network_interface",
      "aws_launch_template",
      "aws_lb",
      "aws_alb",
      "aws_elb",
    )
    .filter(({ element }) => groupQuotaOf(element) !== undefined);
}

/** The attribute of a holder's list of groups. */
export function groupsAttribute({ type }: AppResource): string {
  const isMachine = type === "aws_instance" || type === "aws_launch_template";
  return isMachine ? "vpc_security_group_ids" : "security_groups";
}

/** More groups than an interface takes: AWS refuses them when it makes or changes the interface. */
export function crowdedHolders(app: AppResources): readonly string[] {
  return holdersOf(app).flatMap((holder) => {
    const quota = groupQuotaOf(holder.element) ?? 0;
    const ids = holder.list(groupsAttribute(holder)) ?? [];
    const count = new Set(ids.map((id) => holder.identify(String(id)))).size;
    return count <= quota
      ? []
      : [
          `${holder.path} has ${count} security groups, more than the ${quota} that AWS allows an ` +
            "interface; put the rules into fewer groups, or set 'groupQuota' to your account's quota",
        ];
  });
}

/** Machines whose launch template says which groups or interfaces they have. */
export function groupsInTemplates(app: AppResources): readonly string[] {
  return holdersOf(app)
    .filter(({ type }) => type === "aws_instance")
    .flatMap((instance) => {
      const given = instance.attribute("launch_template");
      const block: unknown = Array.isArray(given) ? given[0] : given;
      const template =
        app.at(instance, member(block, "id")) ?? app.at(instance, member(block, "name"));
      const elsewhere = ["network_interfaces", "security_group_names"].find((name) =>
        isGiven(template?.attribute(name)),
      );
      return template === undefined || elsewhere === undefined
        ? []
        : [
            `${instance.path} gets security groups, and its launch template ${template.path} has ` +
              `${elsewhere}, beside which AWS takes none; remove it from the template, or use a ` +
              "NetworkInterfaceOrigin",
          ];
    });
}

/** Records of an IPv6 address that the resource is known not to get: the apply fails on it. */
export function missingIpv6(app: AppResources): readonly string[] {
  return app
    .ofType("aws_instance", "aws_network_interface")
    .filter(({ element }) => needsIpv6(element))
    .flatMap((resource) => {
      const why = whyWithoutIpv6(app, resource);
      return why === undefined
        ? []
        : [
            `'ipv6' is true for ${resource.path}, which gets no IPv6 address: ${why}; set its ` +
              "ipv6AddressCount to 1, or 'ipv6' to false",
          ];
    });
}

/** @returns `undefined` where it has one, or may get one from what the app doesn't show */
function whyWithoutIpv6(app: AppResources, resource: AppResource): string | undefined {
  const given = ["ipv6_address_count", "ipv6_addresses", "ipv6_address_list"].filter(
    (name) => resource.attribute(name) !== undefined,
  );
  const none = given.filter((name) => !isGiven(resource.attribute(name)));
  if (given.length > 0) {
    const text = none.map((name) => `${name} is ${JSON.stringify(resource.attribute(name))}`);
    return none.length === given.length ? text.join(" and ") : undefined;
  }
  const subnet = app.at(resource, resource.attribute("subnet_id"));
  const byItself = subnet?.attribute("assign_ipv6_address_on_creation") ?? false;
  const isElsewhere = resource.has("launch_template") || resource.has("ipv6_prefix_count");
  if (subnet?.type !== "aws_subnet" || byItself !== false || isElsewhere) {
    return undefined;
  }
  return `it asks for none, and ${subnet.path} has no assign_ipv6_address_on_creation`;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== 0;
}
