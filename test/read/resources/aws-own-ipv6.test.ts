import { blocks, NETWORK, outcome, reviewBlocks, webBlocks } from "../../support/aws-web";

const BASE = webBlocks({ family: 6, edgeOnly: true });
const SITE = blocks(NETWORK, BASE);

describe("an IPv6 address that a record names", () => {
  const assumes = (web: object, subnet: object = {}) => {
    const found = reviewBlocks(SITE, {
      aws_instance: { web: { ...BASE.aws_instance?.web, ...web } },
      aws_subnet: { web: { ...NETWORK.aws_subnet.web, ...subnet } },
    });
    const { verdicts, assumes: ids } = outcome(found);
    return [verdicts, ids.includes("aws/public-address")];
  };

  it("is assumed to be there where nothing gives one", () => {
    expect(assumes({})).toEqual(["proved, proved", true]);
    expect(assumes({ ipv6_address_count: 0 })).toEqual(["proved, proved", true]);
    expect(assumes({ ipv6_address_count: "${var.n}" })).toEqual(["proved, proved", true]);
  });

  it("is there where the instance asks for one, or its subnet gives one to all", () => {
    const given = ["proved, proved", false];
    expect(assumes({ ipv6_address_count: 1 })).toEqual(given);
    expect(assumes({ ipv6_addresses: ["2001:db8::7"] })).toEqual(given);
    expect(assumes({}, { assign_ipv6_address_on_creation: true })).toEqual(given);
  });
});
