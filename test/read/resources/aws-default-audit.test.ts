import { blocks, NETWORK, outcome, reviewBlocks, webBlocks } from "../../support/aws-web";

const SITE = blocks(NETWORK, webBlocks({ edgeOnly: true }));
const { aws_route_table_association: _, ...OWN } = SITE;

describe("a default table or ACL whose VPC can't be told", () => {
  it("may be that of the subnet's VPC", () => {
    const acl = { default_network_acl_id: "${each.value}" };
    const found = outcome(reviewBlocks(SITE, { aws_default_network_acl: { x: acl } }));
    expect(found.verdicts).toBe("undetermined, proved");
  });

  it("may not be there", () => {
    const acl = {
      count: "${var.n}",
      default_network_acl_id: "${aws_vpc.main.default_network_acl_id}",
    };
    const found = outcome(reviewBlocks(SITE, { aws_default_network_acl: { x: acl } }));
    expect(found.verdicts).toBe("undetermined, proved");
  });

  it("may be the main table", () => {
    const table = {
      default_route_table_id: "${each.value}",
      route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.main.id}" }],
    };
    const found = outcome(reviewBlocks(OWN, { aws_default_route_table: { x: table } }));
    expect(found.verdicts).toBe("undetermined, proved");
  });
});
