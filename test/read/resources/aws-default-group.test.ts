import { blocks, NETWORK, outcome, reviewBlocks, webBlocks } from "../../support/aws-web";
import {
  ANYWHERE,
  type Blocks,
  changed,
  FROM_EDGE,
  group,
  site,
  synth,
} from "../../support/balancer";
import { idsOf, reviewOf } from "../../support/plan";

const BASE = webBlocks({ edgeOnly: true });
const SITE = blocks(NETWORK, BASE, {
  aws_instance: { web: { ...BASE.aws_instance?.web, vpc_security_group_ids: undefined } },
});
const DEFAULT = (body: object): Blocks => ({
  aws_default_security_group: { main: { ...body, vpc_id: "${aws_vpc.main.id}" } },
});
const RULES = group([FROM_EDGE]);

describe("an instance that names no security group", () => {
  it("has the default group of its VPC, which may be older than the input", () => {
    const found = outcome(reviewBlocks(SITE));
    expect(found.verdicts).toBe("undetermined, undetermined");
    expect(found.reasons).toEqual(["aws/default-security-group"]);
  });

  it("has what the input makes of that group", () => {
    expect(outcome(reviewBlocks(SITE, DEFAULT(RULES))).verdicts).toBe("proved, proved");
    expect(outcome(reviewBlocks(SITE, DEFAULT({}))).verdicts).toBe("refuted, proved");
  });

  it("has the rules that blocks add to that group, by the VPC too", () => {
    const rule = (security_group_id: string) => ({
      aws_security_group_rule: {
        edge: {
          ...{ type: "ingress", from_port: 443, to_port: 443, protocol: "tcp" },
          ...{ security_group_id, cidr_blocks: FROM_EDGE.cidr_blocks },
        },
      },
    });
    const ofVpc = rule("${aws_vpc.main.default_security_group_id}");
    expect(outcome(reviewBlocks(SITE, ofVpc)).verdicts).toBe("proved, undetermined");
    expect(outcome(reviewBlocks(SITE, DEFAULT({}), ofVpc)).verdicts).toBe("proved, proved");
    const own = rule("${aws_default_security_group.main.id}");
    expect(outcome(reviewBlocks(SITE, DEFAULT({}), own)).verdicts).toBe("proved, proved");
  });

  it("has what its launch template says, where it has one", () => {
    const launched = {
      aws_instance: {
        web: { ...SITE.aws_instance?.web, launch_template: [{ id: "lt-0123456789abcdef0" }] },
      },
    };
    const found = outcome(reviewBlocks(SITE, launched));
    expect(found.verdicts).toBe("undetermined, undetermined");
    expect(found.reasons).toEqual(["aws/default-security-group"]);
  });

  it("may have a default group that can't be told", () => {
    const other = { aws_default_security_group: { x: { ...RULES, vpc_id: "${each.value}" } } };
    expect(outcome(reviewBlocks(SITE, other)).reasons).toEqual(["aws/default-security-group"]);
  });

  it("in the default VPC has a group whose rules nothing shows", () => {
    const adopted = {
      aws_vpc: { main: {} },
      aws_default_vpc: { main: {} },
      aws_subnet: { web: { vpc_id: "${aws_default_vpc.main.id}", cidr_block: "172.31.0.0/20" } },
      ...{ aws_internet_gateway: { main: {} }, aws_route_table: { public: {} } },
      ...{ aws_route_table_association: { web: {} }, aws_route: { internet: {}, internet6: {} } },
    };
    const found = outcome(reviewBlocks(SITE, adopted));
    expect(found.verdicts).toBe("undetermined, undetermined");
    expect(found.reasons).toEqual(["aws/default-security-group"]);
  });
});

describe("what names its VPC's default group", () => {
  it("has it", () => {
    const named = {
      aws_instance: {
        web: {
          ...BASE.aws_instance?.web,
          vpc_security_group_ids: ["${aws_vpc.main.default_security_group_id}"],
        },
      },
    };
    const found = outcome(reviewBlocks(SITE, named, DEFAULT(RULES)));
    expect(found.verdicts).toBe("proved, proved");
  });
});

describe("a balancer and its targets that name no security group", () => {
  const bare = changed(site(), {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: {
      a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24" },
      b: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.2.0/24" },
    },
    aws_internet_gateway: { main: { vpc_id: "${aws_vpc.main.id}" } },
    aws_default_route_table: {
      main: {
        default_route_table_id: "${aws_vpc.main.default_route_table_id}",
        route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.main.id}" }],
      },
    },
    aws_lb: {
      web: { security_groups: undefined, subnets: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"] },
    },
    aws_instance: { app: { subnet_id: "${aws_subnet.a.id}", vpc_security_group_ids: undefined } },
    aws_security_group: { lb: null, app: null },
  });
  const decided = (ingress: readonly object[]) => {
    const own = { ...group(ingress as [], [ANYWHERE]), vpc_id: "${aws_vpc.main.id}" };
    const review = reviewOf([synth(changed(bare, { aws_default_security_group: { own } }))]);
    const [path] = review.paths;
    return [path?.availability.verdict, path?.exclusivity.verdict, ...idsOf(review).reasons];
  };

  it("have the default group, which lets them reach each other where it names itself", () => {
    const self = { from_port: 0, to_port: 0, protocol: "-1", self: true };
    expect(decided([self])).toEqual(["refuted", "proved"]);
    expect(decided([FROM_EDGE, self])).toEqual(["proved", "proved"]);
    expect(decided([FROM_EDGE])).toEqual(["refuted", "proved"]);
  });
});
