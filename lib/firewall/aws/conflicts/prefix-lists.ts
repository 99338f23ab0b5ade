import { member } from "../../../model/value";
import { parseCidr } from "../../../net/cidr";
import type { AppResource, AppResources } from "./resource";

/** Lists of the library that overrides have made too small, or of another family. */
export function brokenLists(app: AppResources): readonly string[] {
  return app
    .ofType("aws_ec2_managed_prefix_list")
    .filter(({ owner }) => owner !== undefined)
    .flatMap((list) => [...tooSmall(list), ...otherFamily(list)]);
}

function tooSmall(list: AppResource): readonly string[] {
  const room = list.number("max_entries");
  const count = (list.list("entry") ?? []).length;
  return room === undefined || count <= room
    ? []
    : [
        `${list.path} has ${count} entries, more than its max_entries, ${room}, which AWS refuses; ` +
          `set max_entries to ${count} at least`,
      ];
}

function otherFamily(list: AppResource): readonly string[] {
  const family = list.text("address_family");
  const odd = (list.list("entry") ?? [])
    .map((entry) => parseCidr(String(member(entry, "cidr"))))
    .find((parsed) => parsed.ok && `IPv${parsed.value.family}` !== family);
  return family === undefined || !odd?.ok
    ? []
    : [
        `${list.path} has the entry ${odd.value.text} and address_family ${family}, which AWS ` +
          `refuses; set address_family to IPv${odd.value.family}`,
      ];
}
