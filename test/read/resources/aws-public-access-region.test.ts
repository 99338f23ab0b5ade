import {
  idsOf,
  type PlannedResource,
  planOf,
  reviewOf,
  verdicts,
  type Written,
} from "../../support/plan";
import { instance, siteWith } from "../../support/site";

const SUBNET: PlannedResource = {
  address: "aws_subnet.web",
  values: { cidr_block: "10.0.0.0/24", vpc_id: "vpc-1" },
  computed: ["id"],
};
const WEB = instance({
  values: {},
  refs: {
    subnet_id: ["aws_subnet.web.id"],
    vpc_security_group_ids: ["aws_security_group.web.id"],
  },
});

const block = (region?: string): PlannedResource => ({
  address: "aws_vpc_block_public_access_options.us",
  values: { internet_gateway_block_mode: "block-bidirectional", ...(region && { region }) },
  computed: ["id"],
});

/** The site, where providers serve the subnet and the options by these keys. */
function decided(
  keys: readonly [subnet: string, options: string],
  regions: Readonly<Record<string, string>>,
  { own, options }: { readonly own?: string; readonly options?: string } = {},
) {
  const subnet = { ...SUBNET, values: { ...SUBNET.values, ...(own && { region: own }) } };
  const plan = planOf({
    resources: [...siteWith({ ...WEB, address: "aws_instance.web" }), subnet, block(options)],
  });
  const { root_module, ...rest } = plan.configuration as { root_module: { resources: Written[] } };
  const resources = root_module.resources.map((resource) =>
    resource.type === "aws_subnet"
      ? { ...resource, provider_config_key: keys[0] }
      : resource.type === "aws_vpc_block_public_access_options"
        ? { ...resource, provider_config_key: keys[1] }
        : resource,
  );
  const provider_config = Object.fromEntries(
    [...new Set(keys)].map((key) => [
      key,
      {
        name: "aws",
        full_name: "registry.terraform.io/hashicorp/aws",
        expressions: regions[key] === undefined ? {} : { region: { constant_value: regions[key] } },
      },
    ]),
  );
  const root = { ...root_module, resources };
  const review = reviewOf([
    { ...plan, configuration: { ...rest, provider_config, root_module: root } },
  ]);
  return [verdicts(review)[0]?.split(": ")[1], ...idsOf(review).reasons];
}

const HERE = { aws: "eu-west-1", "aws.us": "us-east-1", "aws.other": "eu-west-1" };
const OPEN = ["undetermined, proved", "aws/public-access-unknown"];

describe("VPC Block Public Access of a region", () => {
  it("closes what the same provider makes", () => {
    expect(decided(["aws", "aws"], HERE)).toEqual(["refuted, proved"]);
    expect(decided(["aws", "aws"], {})).toEqual(["refuted, proved"]);
  });

  it("closes nothing in another region", () => {
    expect(decided(["aws", "aws.us"], HERE)).toEqual(["proved, proved"]);
    expect(decided(["aws", "aws"], HERE, { options: "us-east-1" })).toEqual(["proved, proved"]);
    expect(decided(["aws.us", "aws.us"], HERE, { own: "eu-west-1" })).toEqual(["proved, proved"]);
  });

  it("may be another account's where another provider makes it", () => {
    expect(decided(["aws", "aws.other"], HERE)).toEqual(OPEN);
    expect(decided(["aws", "aws.us"], { aws: "eu-west-1" })).toEqual(OPEN);
  });
});
