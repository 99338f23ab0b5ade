import { BELONGS } from "../../model/belongs";
import type { Instance } from "../../model/instance";
import { equalJson, type Json, member } from "../../model/value";

/** Attributes of a default that a block takes over, or of its VPC, that are its id. */
const DEFAULTS = [
  "default_network_acl_id",
  "default_route_table_id",
  "default_security_group_id",
  "main_route_table_id",
];

/** Rules that are blocks of their own go too while a default that is taken over is empty. */
export function withEmptied(
  present: readonly Instance[],
  emptied: readonly Instance[],
): readonly Instance[] {
  if (emptied.length === 0) {
    return present;
  }
  const kindOf = ({ type }: Instance) => type.replace("aws_default_", "");
  const ids = emptied.flatMap((each) => {
    const vpcs = present.filter(
      ({ type, values }) =>
        type.endsWith("_vpc") && equalJson(text(values, "id"), text(each.values, "vpc_id")),
    );
    const names = DEFAULTS.filter((name) => name.includes(kindOf(each)));
    return [each, ...vpcs].flatMap(({ values }) => names.map((name) => text(values, name)));
  });
  return present.filter(({ type, values }) => {
    const belongs = BELONGS.get(type);
    const owner = belongs === undefined ? null : text(values, belongs.owner);
    return owner === null || !ids.includes(owner);
  });
}

function text(values: Json, name: string): Json {
  const value = member(values, name) ?? null;
  return value === "" ? null : value;
}
