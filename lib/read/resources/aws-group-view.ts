import type { Admission, Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { Bounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import type { Wanted } from "../binding";
import { VPC } from "./aws-vpc";

export const GROUP: Wanted = {
  types: ["aws_security_group", "aws_default_security_group"],
  attribute: "id",
  also: { types: VPC.types, attribute: "default_security_group_id" },
};

/** What a security group admits on one port and family. */
export interface GroupView {
  readonly bounds: Bounds;
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  readonly internal: readonly string[];
  readonly admissions: readonly Admission[];
  readonly sensitive: boolean;
}

/** A security group of the input, or one that it knows by id. */
export type GroupKey = Instance | { readonly foreign: string };

/** A group that the input does not manage: others may add rules, which only ever admit more. */
export function outsideView(group: GroupKey, joined: GroupView, family: Family): GroupView {
  const name = "foreign" in group ? group.foreign : group.address;
  const isDefault = !("foreign" in group) && group.type.endsWith("_vpc");
  const id = isDefault ? "aws/default-security-group" : "aws/group-outside";
  const what = isDefault ? `the default group of ${name}` : name;
  const text = `${what} is not managed by this input, so its other rules are unknown`;
  return {
    ...joined,
    bounds: { must: joined.bounds.must, may: CidrSet.all(family) },
    reasons: [...joined.reasons, { id, subject: name, text }],
  };
}

/** A group that others may add rules to. */
export function openedView(reasons: readonly Reason[], view: GroupView, family: Family): GroupView {
  const bounds = { must: view.bounds.must, may: CidrSet.all(family) };
  return reasons.length === 0 ? view : { ...view, bounds, reasons: [...view.reasons, ...reasons] };
}
