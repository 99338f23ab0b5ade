import type { Cidr, Family } from "../net/cidr";
import { knownSources } from "../read/resources/aws-rule";
import type { RuleContext } from "./rule";
import { securityGroups } from "./security-groups";

/** The blocks of a family that the ingress rules of security groups name, as they are written. */
export function blocksOf(
  subject: string,
  family: Family,
  { lookup }: RuleContext,
): readonly Cidr[] {
  const addresses = subject.split(", ");
  const groups = securityGroups(lookup);
  const own = ["aws_security_group", "aws_default_security_group"]
    .flatMap((type) => lookup.managed(type))
    .filter(({ address }) => addresses.includes(address));
  const all = own.flatMap((group) => groups.possibleRules(group)).flatMap(knownSources);
  const known = all.filter((cidr) => cidr.family === family);
  return [...new Map(known.map((cidr) => [cidr.text, cidr])).values()];
}
