import { stopError } from "../../edge/errors";
import type { Hop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { formatAddress } from "../../net/cidr";
import { resolve, scopeOf } from "../../read/references";
import type { RefutedGroup } from "../refuted";
import { defineRule, type RuleContext } from "../rule";

/** The rules of a group are written down, and `for_each` or `count` makes none of them. */
export const emptyForEach = defineRule({
  id: "firewall/empty-for-each",
  severity: "error",
  title: "A firewall's rules repeat over an empty list, so it has none",
  check: (context) =>
    context.refuted("firewall/misses-port").flatMap((group) => {
      const blocks = blocksWithoutInstances(group, context);
      const { subject, paths, missing, family, hop } = group;
      return blocks.length === 0
        ? []
        : [
            {
              subject,
              paths,
              witness: formatAddress(family, missing.lowest() ?? 0n),
              what: `${blocks.join(" and ")} ${blocks.length === 1 ? "makes" : "make"} no rule, so ${subject} admits nothing of Cloudflare's edge`,
              why: `The \`for_each\` or \`count\` of the rule is empty, such as a list of ranges that could not be fetched. Visitors see ${stopError(hop.stop).text}.`,
              fix: "give it the ranges: in cdktf, EdgeRanges.pinned(); with a data source, a postcondition that refuses an empty list",
            },
          ];
    }),
});

/** Whether the rule about the port has nothing to add: the finding above says more. */
export function isEmptyForEach(group: RefutedGroup, context: RuleContext): boolean {
  return blocksWithoutInstances(group, context).length > 0;
}

const RULE = "aws_vpc_security_group_ingress_rule";

/** Rule blocks of the configuration that are for this group and have no instance. */
function blocksWithoutInstances({ hop }: RefutedGroup, context: RuleContext): readonly string[] {
  const groups = context.lookup
    .managed("aws_security_group")
    .filter(({ address }) => hop.resources.includes(address));
  return admitsNothing(hop)
    ? [...new Set(groups.flatMap((group) => emptyBlocks(group, context)))]
    : [];
}

function admitsNothing({ elsewhere }: Hop): boolean {
  return elsewhere !== undefined && elsewhere.ports.length === 0;
}

function emptyBlocks(group: Instance, { lookup }: RuleContext): readonly string[] {
  const { input, modules } = group;
  const { resources } = lookup.configuration(input, modules);
  return [...resources].flatMap(([key, block]) => {
    const [type = "", name = ""] = key.split(".");
    const wanted = type === RULE;
    if (!wanted || lookup.block(input, modules, { mode: "managed", type, name }).length > 0) {
      return [];
    }
    const id = block.get("security_group_id");
    const targets =
      id?.kind === "expression" ? resolve(lookup, id.expression, scopeOf(group)).targets : [];
    return targets.some((target) => target.instance === group) ? [`${type}.${name}`] : [];
  });
}
