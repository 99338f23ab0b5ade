import type { TerraformResource } from "cdktf";
import { member } from "../../../model/value";
import { isUnresolved } from "../../../synth/literal";
import type { Conflict } from "./claim";
import type { GroupRule } from "./group-rule";
import { nameOf } from "./identity";
import type { AppResource, AppResources } from "./resource";

/** Rules that name a prefix list of another region, which AWS doesn't find there. */
export function foreignLists(app: AppResources, rules: readonly GroupRule[]): readonly Conflict[] {
  const found = new Map<string, Conflict>();
  const lists = new Map(
    app.ofType("aws_ec2_managed_prefix_list").map((list) => [list.identity, list]),
  );
  for (const { prefixList, resource } of rules) {
    const list = lists.get(prefixList ?? "");
    const [there, here] = [list, resource].map((one) => one && regionOf(one));
    const isOurs = (list?.owner ?? resource.owner) !== undefined;
    if (
      list !== undefined &&
      isOurs &&
      there !== undefined &&
      here !== undefined &&
      there !== here
    ) {
      const message =
        `${nameOf(list.identity)} of ${list.path} is in ${there}, and ${resource.path} names it in ` +
        `${here}, where AWS doesn't find it; make an EdgePrefixList in each region`;
      found.set(`${list.path} ${resource.path}`, { last: resource, message });
    }
  }
  return [...found.values()];
}

/** The region of a resource, where it or its provider says so by a literal. */
function regionOf(resource: AppResource): string | undefined {
  const own = resource.attribute("region");
  const region = own === undefined ? regionOfProvider(resource.element) : own;
  return typeof region === "string" && !isUnresolved(region) ? region : undefined;
}

function regionOfProvider({ provider, cdktfStack }: TerraformResource): unknown {
  const used =
    provider ??
    cdktfStack
      .allProviders()
      .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && !alias);
  const blocks = member(member(used?.toTerraform(), "provider"), "aws");
  return Array.isArray(blocks) ? member(blocks[0], "region") : undefined;
}
