import { plainHop } from "../../../lib/model/hop";
import type { Step } from "../../../lib/model/rollout";
import { unknownBounds } from "../../../lib/net/bounds";
import { isTouched } from "../../../lib/prove/rollout/touched";

const hop = (id: string) => {
  const reason = { id, subject: "x", text: "x" };
  return plainHop("filter", [], unknownBounds(4), [reason]);
};
const steps = (...types: readonly string[]) => types.map((type) => ({ type }) as Step);

describe("what is known by an id alone", () => {
  it.each([
    ["aws/acl-outside", "aws_network_acl_rule", "aws_route"],
    ["aws/acl-between-subnets", "aws_network_acl", "aws_instance"],
    ["aws/route-table-outside", "aws_route", "aws_security_group"],
    ["aws/route-table-outside", "aws_internet_gateway_attachment", "aws_eip"],
    ["aws/prefix-list-outside", "aws_ec2_managed_prefix_list_entry", "aws_route"],
    ["aws/client-certificate", "aws_lb_trust_store", "aws_lb"],
    ["aws/client-certificate", "cloudflare_authenticated_origin_pulls", "cloudflare_dns_record"],
    ["origin/not-read", "cloudflare_pages_project", "cloudflare_dns_record"],
    ["aws/second-leg", "aws_autoscaling_group", "cloudflare_dns_record"],
  ])("may change (%s) by a step of %s, and not of %s", (id, one, other) => {
    expect(isTouched(hop(id), steps(other, one))).toBe(true);
    expect(isTouched(hop(id), steps(other))).toBe(false);
  });

  it("stays by no step at all", () => {
    expect(isTouched(hop("origin/outside-input"), [])).toBe(false);
    expect(isTouched(hop("origin/outside-input"), steps("aws_instance"))).toBe(true);
  });
});
