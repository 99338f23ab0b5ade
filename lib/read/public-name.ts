import type { Instance } from "../model/instance";
import type { EdgeRecord } from "../model/zone";
import { asBoolean, attribute, bodyOf } from "./attributes";
import type { Lookup } from "./lookup";
import { type OriginTarget, unreadName } from "./origin-target";
import { resolve, scopeOf, type Target } from "./references";
import { subnetOf } from "./resources/aws-subnet";
import { managedVpc, vpcOf } from "./resources/aws-vpc";

/** Types with a `public_dns`, which stands for their `public_ip`. */
const NAMED = ["aws_eip", "aws_instance"];

/** What a CNAME leads to that gives the public name of a machine or of an Elastic IP. */
export function machinesNamed(
  lookup: Lookup,
  { content, instance }: EdgeRecord,
  name: string | undefined,
): readonly OriginTarget[] {
  if (name !== undefined) {
    const hidden = content.kind === "known" && content.sensitive;
    const own = name.replace(/\.$/, "").toLowerCase();
    const all = NAMED.flatMap((type) => lookup.byValue(type, "public_dns", own));
    const managed = all.filter((each) => each.mode === "managed");
    // An Elastic IP comes before the machine that it hangs on, which has the same name.
    const [found] = managed.length > 0 ? managed : all;
    return found === undefined ? [] : [{ ...addressOf(found), hidden }];
  }
  if (content.kind !== "unknown" || content.expression === undefined) {
    return [];
  }
  const { targets, opaque, wrapped } = resolve(lookup, content.expression, scopeOf(instance));
  const machines = [...new Set(targets.filter((target) => isName(lookup, target)))];
  const others = targets.filter((target) => !machines.includes(target));
  const certain = machines.length === 1 && others.length + opaque.length === 0 && !wrapped;
  const rest = [...others.map((target) => target.instance.address), ...opaque.map((o) => o.text)];
  return wrapped || machines.length === 0
    ? []
    : [
        ...machines.map((target) => addressOf(target.instance, certain)),
        ...rest.flatMap((text) => unreadName(text, instance)),
      ];
}

function addressOf(instance: Instance, certain = true): OriginTarget {
  const attribute = "public_ip";
  return { kind: "resource", family: 4, certain: certain && instance.certain, instance, attribute };
}

function isName(lookup: Lookup, { instance, path }: Target): boolean {
  const [first, ...rest] = path;
  const named = first !== undefined && "attribute" in first && first.attribute === "public_dns";
  return NAMED.includes(instance.type) && named && rest.length === 0 && hasName(lookup, instance);
}

/**
 * A VPC gives its machines public names only where it is told to.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
 */
function hasName(lookup: Lookup, instance: Instance): boolean {
  const subnet = instance.type === "aws_eip" ? undefined : subnetOf(lookup, instance);
  const vpc = subnet?.kind === "bound" ? managedVpc(vpcOf(lookup, subnet.instance)) : undefined;
  if (vpc === undefined || vpc.type !== "aws_vpc") {
    return true;
  }
  const told = attribute(bodyOf(vpc), "enable_dns_hostnames");
  return told.kind === "known" && asBoolean(told.value) === true;
}
