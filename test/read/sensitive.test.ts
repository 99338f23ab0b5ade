import { EDGE_4, type PlannedResource, planOf, reviewOf } from "../support/plan";
import {
  edgeRule,
  ingress,
  inlineGroup,
  instance,
  record,
  siteWith,
  vpcRule,
} from "../support/site";

const SECRET = "198.41.7.7";

/** Everything a review says, as one text. */
function said(resources: readonly PlannedResource[]): string {
  return JSON.stringify(reviewOf([planOf({ resources })]));
}

describe("sensitive values are in no text of a review", () => {
  it.each<[string, PlannedResource[]]>([
    [
      "an address in a rule",
      [
        {
          ...edgeRule({ cidr_blocks: [...EDGE_4, `${SECRET}/32`] }),
          sensitive: { cidr_blocks: true },
        },
      ],
    ],
    [
      "an element of a rule's addresses",
      [
        {
          ...edgeRule({ cidr_blocks: [...EDGE_4, `${SECRET}/32`] }),
          sensitive: { cidr_blocks: [...EDGE_4.map(() => false), true] },
        },
      ],
    ],
    [
      "an address in an inline rule",
      [inlineGroup([ingress({ cidr_blocks: [`${SECRET}/32`] })], { sensitive: { ingress: true } })],
    ],
    [
      "an entry of a prefix list",
      [
        {
          address: "aws_ec2_managed_prefix_list.edge",
          values: { entry: [{ cidr: `${SECRET}/32` }], id: "pl-1" },
          sensitive: { entry: [{ cidr: true }] },
          computed: ["id"],
        },
        vpcRule("list", { prefix_list_id: "pl-1" }),
      ],
    ],
    [
      "the content of a record",
      [{ ...record({ values: { content: SECRET } }), sensitive: { content: true } }],
    ],
    [
      "the content of a record that an Elastic IP has",
      [
        { ...record({ values: { content: SECRET } }), sensitive: { content: true } },
        {
          address: "aws_eip.web",
          values: { public_ip: SECRET },
          refs: { instance: ["aws_instance.web.id"] },
          computed: ["public_ip", "id"],
        },
      ],
    ],
    [
      "the name that a record leads to",
      [
        {
          ...record({ values: { type: "CNAME", content: `x${SECRET}.example.net` } }),
          sensitive: { content: true },
        },
      ],
    ],
    [
      "the name of a record",
      [{ ...record({ values: { name: `x${SECRET}.example.com` } }), sensitive: { name: true } }],
    ],
    [
      "the id of a zone",
      [
        {
          ...record({ values: { zone_id: SECRET } }),
          refs: { content: ["aws_eip.web.public_ip"] },
          sensitive: { zone_id: true },
        },
      ],
    ],
    [
      "the id of a group",
      [
        {
          ...instance({ values: { vpc_security_group_ids: [SECRET] }, refs: {} }),
          sensitive: { vpc_security_group_ids: true },
        },
      ],
    ],
    [
      "the id of a subnet",
      [{ ...instance({ values: { subnet_id: SECRET } }), sensitive: { subnet_id: true } }],
    ],
    [
      "the id of a prefix list",
      [{ ...vpcRule("list", { prefix_list_id: SECRET }), sensitive: { prefix_list_id: true } }],
    ],
    [
      "the holder of an Elastic IP",
      [
        {
          address: "aws_eip.web",
          values: { instance: SECRET },
          computed: ["id", "public_ip"],
          sensitive: { instance: true },
        },
      ],
    ],
    [
      "the source group of a rule",
      [
        {
          ...edgeRule({ source_security_group_id: SECRET }),
          sensitive: { source_security_group_id: true },
        },
      ],
    ],
  ])("%s", (_, changed) => {
    const text = said(siteWith(...changed));
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain("198.41.7");
  });
});
