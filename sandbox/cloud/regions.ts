import { isObject, type ObjectValue, type Value } from "../provider/value";
import { Refused, type World } from "./handler";

/** Types that name things of other regions. */
const ACROSS = /^aws_(vpc_peering|ec2_transit_gateway_peering|globalaccelerator|cloudfront)/;
const IDS =
  /^(sg|subnet|vpc|i|eni|eipalloc|rtb|acl|igw|eigw|pl|nat|lt|tgw)-|^arn:aws:elasticloadbalancing/;

/** An id of another region is none: AWS says that it does not exist. */
export function refuseElsewhere(world: World, type: string, planned: ObjectValue): void {
  const region = planned.region;
  if (!type.startsWith("aws_") || ACROSS.test(type) || typeof region !== "string") return;
  const named = new Set(texts(planned).filter((text) => IDS.test(text)));
  if (named.size === 0) return;
  for (const { attributes } of Object.values(world.state.objects)) {
    const { id, region: of } = attributes;
    if (typeof id !== "string" || !named.has(id) || typeof of !== "string") continue;
    if (of !== region) throw new Refused(`NotFound: the ID '${id}' does not exist in ${region}`);
  }
}

function texts(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}
