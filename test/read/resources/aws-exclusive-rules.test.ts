import { EDGE_4, idsOf, type PlannedResource, reviewPlan, verdicts } from "../../support/plan";
import { siteWithout, vpcRule } from "../../support/site";

const rule = (name: string, cidr_ipv4: string): PlannedResource => vpcRule(name, { cidr_ipv4 });
const RULES = EDGE_4.map((cidr, index) => rule(`r${index}`, cidr));
const NAMES = RULES.map(({ address }) => address);

const exclusive = (listed: readonly string[], values = {}): PlannedResource => ({
  address: "aws_vpc_security_group_rules_exclusive.web",
  values: { egress_rule_ids: [], ...values },
  refs: {
    security_group_id: ["aws_security_group.web.id"],
    ...(listed.length === 0
      ? {}
      : { ingress_rule_ids: listed.map((address) => `${address}.security_group_rule_id`) }),
  },
});

function told(...more: readonly PlannedResource[]): readonly string[] {
  const site = siteWithout("aws_security_group_rule.edge");
  const review = reviewPlan([...site, ...RULES, ...more]);
  const assumed = review.paths.flatMap(({ assumptions }) => assumptions);
  const listed = assumed.some(({ subject }) => subject.includes("exclusive")) ? ["listed"] : [];
  return [
    ...verdicts(review).map((line) => line.replace(/^[^:]*: /, "")),
    ...listed,
    ...idsOf(review).reasons,
  ];
}

describe("aws_vpc_security_group_rules_exclusive", () => {
  it("keeps the rules that it lists", () => {
    expect(told()).toEqual(["proved, proved"]);
    expect(told(exclusive(NAMES))).toEqual(["proved, proved", "listed"]);
  });

  it("may revoke one that it does not list", () => {
    const found = told(exclusive(NAMES.slice(1)));
    expect(found[0]).toBe("undetermined, proved");
    expect(found).toContain("aws/rules-exclusive");
  });

  it("may revoke all where it lists none", () => {
    const found = told(exclusive([], { ingress_rule_ids: [] }));
    expect(found[0]).toBe("undetermined, proved");
  });

  it("says nothing of another group", () => {
    const other = exclusive([], { ingress_rule_ids: [] });
    const refs = { security_group_id: ["aws_security_group.other.id"] };
    const group = { address: "aws_security_group.other", computed: ["id", "ingress"] };
    expect(told({ ...other, refs }, group)).toEqual(["proved, proved"]);
  });
});
