import { idsOf, reviewOf, verdicts, type Written } from "../support/plan";
import { networkSite, ref } from "../support/synth-site";

const handed = (input: Written) => {
  const review = reviewOf([{ ...networkSite(), module: { other: { source: "./m", ...input } } }]);
  const lines = verdicts(review).map((line) => line.replace(/^[^:]*: /, ""));
  return [...lines, ...idsOf(review).reasons].join("; ");
};

describe("a module whose content is not in the input", () => {
  it("says nothing of what it is not handed", () => {
    expect(handed({ vpc_id: ref("aws_vpc.main.id") })).toBe("proved, proved");
    expect(handed({ group_name: ref("aws_security_group.web.name") })).toBe("proved, proved");
  });

  it.each<[string, string, string]>([
    ["a group", "aws_security_group.web.id", "proved, undetermined"],
    ["a group in a list", "aws_security_group.web[*].id", "proved, undetermined"],
    ["a route table", "aws_route_table.main.id", "undetermined, proved"],
    ["a network ACL", "aws_network_acl.main.id", "undetermined, proved"],
    ["a zone", "cloudflare_zone.main.id", "undetermined, proved"],
  ])("may add to what it is handed: %s", (_, reference, expected) => {
    expect(handed({ of: { id: [ref(reference)] } })).toBe(`${expected}; input/module-not-read`);
  });
});
