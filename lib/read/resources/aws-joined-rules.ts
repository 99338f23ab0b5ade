import { unionBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import type { GroupView } from "./aws-group-view";
import { forgottenRule } from "./aws-group-words";
import type { PrefixLists } from "./aws-prefix-list";
import { type GroupRule, matchPort, viewRule } from "./aws-rule";

/** What rules of one group admit together on a TCP port from addresses of a family. */
export function joinedView(
  rules: readonly GroupRule[],
  port: number,
  family: Family,
  prefixLists: PrefixLists,
): GroupView {
  // Most rules are about other ports.
  const met = rules.filter((rule) => matchPort(rule, port) !== "no");
  const views = met.map((rule) => viewRule(rule, port, family, prefixLists));
  return {
    bounds: unionBounds(
      family,
      views.map((view) => view.bounds),
    ),
    reasons: views.flatMap((view) => view.reasons),
    internal: views.flatMap((view) => view.internal),
    sensitive: views.some((view) => view.sensitive),
    assumptions: views.flatMap((view, index) => {
      const rule = met[index]?.block.instance;
      const counts = rule?.action === "forget" && !view.bounds.may.isEmpty;
      return counts ? [forgottenRule(rule)] : [];
    }),
    admissions: views.flatMap((view, index) => {
      const resource = met[index]?.block.instance.address;
      return resource === undefined || view.bounds.may.isEmpty
        ? []
        : [{ resource, bounds: view.bounds }];
    }),
  };
}
