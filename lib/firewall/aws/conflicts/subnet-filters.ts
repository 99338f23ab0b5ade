import { parseCidr } from "../../../net/cidr";
import { type Claim, twice } from "./claim";
import { nameOf } from "./identity";
import type { AppResource, AppResources } from "./resource";

/** Subnets that get two network ACLs: each apply would put the other's in place. */
export function twoNetworkAcls(app: AppResources): readonly string[] {
  const single = app.ofType("aws_network_acl_association").flatMap((association) => {
    const subnet = association.named("subnet_id");
    return subnet === undefined || association.isRepeated ? [] : [aclClaim(subnet, association)];
  });
  const listed = app.ofType("aws_network_acl", "aws_default_network_acl").flatMap((acl) => {
    const ids = acl.attribute("subnet_ids");
    const texts = Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
    return texts.map((id) => aclClaim(acl.identify(id), acl));
  });
  return twice([...listed, ...single], "give the subnet to one of the two");
}

function aclClaim(subnet: string, resource: AppResource): Claim {
  return { key: subnet, thing: nameOf(subnet), what: "a network ACL", resource };
}

/** Routes of one table to one range, which AWS refuses at apply. */
export function duplicateRoutes(app: AppResources): readonly string[] {
  const claims = app.ofType("aws_route").flatMap((route): readonly Claim[] => {
    const table = route.named("route_table_id");
    const names = ["destination_cidr_block", "destination_ipv6_cidr_block"];
    const text = names.map((name) => route.named(name)).find((named) => named !== undefined);
    if (table === undefined || text === undefined || route.isRepeated) {
      return [];
    }
    const parsed = parseCidr(text);
    const range = parsed.ok ? parsed.value.text : text;
    const what = `a route to ${nameOf(range)}`;
    return [{ key: `${table} ${range}`, thing: nameOf(table), what, resource: route }];
  });
  return twice(claims, "take the routes from one of the two");
}
