import {
  EDGE_4,
  idsOf,
  type PlannedResource,
  reviewPlan,
  verdicts,
  type Written,
} from "../support/plan";
import { ingress, instance, record, zone } from "../support/site";

const GROUP: PlannedResource = {
  address: "aws_security_group.web",
  values: { id: "sg-1", name: "web", ingress: [ingress({ cidr_blocks: EDGE_4 })] },
  actions: ["no-op"],
};
const MACHINE = { id: "i-1", vpc_security_group_ids: ["sg-1"], subnet_id: "subnet-1" };
const ADDRESS = "198.51.100.9";

function data(type: string, values: Written): Written {
  return { address: `data.${type}.web`, mode: "data", type, name: "web", values };
}

function decided(
  content: Written,
  prior: readonly Written[],
  more: readonly PlannedResource[] = [],
) {
  const all = [...zone(), record({ values: content }), GROUP, ...more];
  const review = reviewPlan(all, { prior });
  const [line] = verdicts(review);
  return [line?.split(": ")[1], review.paths[0]?.origin.resource, ...idsOf(review).reasons];
}

describe("the address that a data source has read", () => {
  const eip = (instance_id: string) =>
    data("aws_eip", { id: "eipalloc-1", public_ip: ADDRESS, instance_id });

  it("is that of what the data source shows", () => {
    const web = { ...instance({ refs: {}, values: MACHINE }), actions: ["no-op"] };
    const machine = data("aws_instance", { ...MACHINE, public_ip: ADDRESS });
    const proved = ["proved, proved", "data.aws_eip.web"];
    expect(decided({ content: ADDRESS }, [eip("i-1")], [web])).toEqual(proved);
    expect(decided({ content: ADDRESS }, [eip("i-1"), machine])).toEqual(proved);
    expect(decided({ content: ADDRESS }, [machine])).toEqual([
      "proved, proved",
      "data.aws_instance.web",
    ]);
  });

  it("is undetermined where that ends outside the input, with the reason", () => {
    for (const id of ["i-7", ""]) {
      expect(decided({ content: ADDRESS }, [eip(id)])).toEqual([
        "undetermined, undetermined",
        "data.aws_eip.web",
        "aws/elastic-ip-holder",
      ]);
    }
  });

  it("is a balancer's, whose listeners the input may not have", () => {
    const name = "web-1.eu-west-1.elb.amazonaws.com";
    const lb = data("aws_lb", {
      arn: "arn:lb",
      dns_name: name,
      internal: false,
      load_balancer_type: "application",
      security_groups: ["sg-1"],
      subnets: ["subnet-1"],
      ip_address_type: "ipv4",
    });
    expect(decided({ type: "CNAME", content: name }, [lb])).toEqual([
      "undetermined, proved",
      "data.aws_lb.web",
      "aws/listener",
    ]);
  });
});
