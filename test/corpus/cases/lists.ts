import { type Case, PROVED, path } from "../case";
import {
  BASE,
  EACH4,
  eip,
  group,
  hcl,
  ingress,
  instance,
  NETWORK,
  record,
  rule,
  server,
  ZONE,
} from "../hcl";

const cut = path("refuted", "proved");
const MISSES = ["firewall/misses-edge-range"];
const UNSEEN = ["aws/groups-unknown", "aws/source-unknown"];
const LOCK = group("web", ingress("local.edge4"));
const PARTS = hcl(BASE, NETWORK, ZONE, LOCK);
const ATTACHED = `
resource "aws_network_interface_sg_attachment" "web" {
  security_group_id    = aws_security_group.web.id
  network_interface_id = aws_instance.web.primary_network_interface_id
}`;
const list = (entries: string) => `
resource "aws_ec2_managed_prefix_list" "edge" {
  name           = "edge"
  address_family = "IPv4"
  max_entries    = 40
  ${entries}
}`;
const entries = (cidrs: string) =>
  `dynamic "entry" {\n    for_each = ${cidrs}\n    content { cidr = entry.value }\n  }`;
const BY_LIST = rule("edge", "prefix_list_id = aws_ec2_managed_prefix_list.edge.id");
const LISTED = hcl(server(), BY_LIST);

/** Groups together, and prefix lists. */
export const LISTS: readonly Case[] = [
  {
    name: "address/two-groups-together",
    after: hcl(
      BASE,
      NETWORK,
      ZONE,
      group("low", ingress("slice(local.edge4, 0, 8)")),
      group("high", ingress("slice(local.edge4, 8, 15)")),
      instance("web", "low").replace("low.id]", "low.id, aws_security_group.high.id]"),
      eip("web"),
      record("aws_eip.web.public_ip"),
    ),
    paths: [PROVED],
  },
  {
    name: "address/two-groups-with-a-gap",
    after: hcl(
      BASE,
      NETWORK,
      ZONE,
      group("low", ingress("slice(local.edge4, 0, 8)")),
      group("high", ingress("slice(local.edge4, 9, 15)")),
      instance("web", "low").replace("low.id]", "low.id, aws_security_group.high.id]"),
      eip("web"),
      record("aws_eip.web.public_ip"),
    ),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "address/group-attached-to-the-interface",
    after: hcl(
      PARTS,
      instance("web").replace(/vpc_security_group_ids.*\n/, ""),
      eip("web"),
      record("aws_eip.web.public_ip"),
      ATTACHED,
    ),
    paths: [PROVED],
  },
  {
    name: "address/group-attached-to-a-list",
    after: hcl(
      PARTS,
      group("none"),
      instance("web", "none"),
      eip("web"),
      record("aws_eip.web.public_ip"),
      ATTACHED,
    ),
    paths: [
      path("undetermined", "proved", {
        reasons: ["aws/attachment-contested", "aws/groups-unknown"],
      }),
    ],
    rules: ["firewall/contested-attachment"],
  },
  { name: "list/edge", after: hcl(LISTED, list(entries("local.edge4"))), paths: [PROVED] },
  {
    name: "list/range-missing",
    after: hcl(LISTED, list(entries("slice(local.edge4, 1, 15)"))),
    paths: [cut],
    rules: MISSES,
  },
  {
    name: "list/empty",
    after: hcl(LISTED, list("")),
    paths: [path("undetermined", "undetermined", { reasons: UNSEEN })],
  },
  {
    name: "list/with-a-stranger",
    after: hcl(LISTED, list(entries('concat(local.edge4, ["131.0.76.0/24"])'))),
    paths: [path("proved", "refuted")],
    rules: ["exposure/open-to-others"],
  },
  {
    name: "list/entries-as-blocks",
    after: hcl(
      LISTED,
      list(""),
      `
resource "aws_ec2_managed_prefix_list_entry" "edge" {
  for_each       = toset(local.edge4)
  prefix_list_id = aws_ec2_managed_prefix_list.edge.id
  cidr           = each.value
}`,
    ),
    paths: [PROVED],
  },
  {
    name: "list/outside-the-input",
    after: hcl(server(), rule("edge", 'prefix_list_id = "pl-0123456789abcdef0"')),
    paths: [
      path("undetermined", "undetermined", {
        reasons: ["aws/groups-unknown", "aws/prefix-list-outside"],
      }),
    ],
  },
  {
    name: "list/of-another-rule",
    after: hcl(server(), list(entries("local.edge4")), rule("edge", EACH4)),
    paths: [PROVED],
  },
];
