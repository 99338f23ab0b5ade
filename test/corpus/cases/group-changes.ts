import { type Case, path } from "../case";
import {
  BASE,
  CBD,
  EACH4,
  eip,
  group,
  hcl,
  ingress,
  instance,
  NETWORK,
  record,
  rule,
  SERVER,
  server,
  ZONE,
} from "../hcl";
import { CUT, proved, refuted } from "./rollouts";

const EDGE = "local.edge4";
const MACHINE = hcl(BASE, NETWORK, ZONE, eip("web"), record("aws_eip.web.public_ip"));
const BARE = hcl(SERVER, group("web"));
const older = (list: string, more = "") =>
  hcl(
    BARE,
    `
resource "aws_security_group_rule" "edge" {
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ${list}
  ${more}
}`,
  );
const LOCKED = group("web", ingress(EDGE));

const OTHER = group("next", ingress(EDGE));
const withGroups = (list: string, more = "", ...groups: readonly string[]) =>
  hcl(MACHINE, instance("web").replace("[aws_security_group.web.id]", list) + more, ...groups);
const named = (name: string, more = "", body = ingress(EDGE)) =>
  hcl(
    MACHINE,
    instance("web"),
    group("web", `${body}\n  ${more}`).replace('name   = "web"', `name   = "${name}"`),
  );
const namedEach = (name: string, more = "") =>
  hcl(
    MACHINE,
    instance("web"),
    group("web", more).replace('name   = "web"', `name   = "${name}"`),
    rule("edge", EACH4, { rest: more }),
  );

/** Groups that are replaced, and machines that change theirs. */
export const GROUP_CHANGES: readonly Case[] = [
  {
    name: "replace/group-with-inline-rules-new-first",
    before: named("web", CBD),
    after: named("next", CBD),
    ...proved,
  },
  {
    name: "replace/group-with-rule-blocks-new-first",
    before: namedEach("web", CBD),
    after: namedEach("next", CBD),
    ...refuted,
  },
  {
    name: "replace/group-added",
    before: withGroups("[aws_security_group.web.id]", "", LOCKED, OTHER),
    after: withGroups("[aws_security_group.web.id, aws_security_group.next.id]", "", LOCKED, OTHER),
    ...proved,
  },
  {
    name: "replace/group-swapped",
    before: withGroups("[aws_security_group.web.id]", "", LOCKED, OTHER),
    after: withGroups("[aws_security_group.next.id]", "", LOCKED, OTHER),
    ...proved,
  },
  {
    name: "replace/group-swapped-with-its-rules",
    before: withGroups("[aws_security_group.web.id]", "", group("web"), rule("edge", EACH4)),
    after: withGroups(
      "[aws_security_group.next.id]",
      "",
      group("web"),
      group("next"),
      rule("edge", EACH4, { of: "next" }),
    ),
    ...refuted,
  },
  {
    name: "replace/group-swapped-beside-a-third",
    before: withGroups(
      "[aws_security_group.web.id, aws_security_group.third.id]",
      "",
      ...[group("web"), rule("edge", EACH4), group("third", ingress(EDGE))],
    ),
    after: withGroups(
      "[aws_security_group.next.id, aws_security_group.third.id]",
      "",
      ...[
        group("web"),
        group("next"),
        rule("edge", EACH4, { of: "next" }),
        group("third", ingress(EDGE)),
      ],
    ),
    ...proved,
  },
  {
    name: "replace/only-rule-of-a-kept-attachment",
    before: older('["0.0.0.0/0"]'),
    after: older('["0.0.0.0/0"]').replace("to_port           = 443", "to_port           = 444"),
    paths: [path("proved", "refuted", { rollout: "refuted" })],
    rules: [...CUT, "exposure/open-to-others"],
  },
  {
    name: "replace/server",
    before: server(ingress(EDGE)),
    after: server(ingress(EDGE)).replace("ami-0123456789abcdef0", "ami-0123456789abcdef1"),
    ...refuted,
  },
  {
    name: "replace/server-new-first",
    before: server(ingress(EDGE)).replace(
      "[aws_security_group.web.id]",
      `[aws_security_group.web.id]\n  ${CBD}`,
    ),
    after: server(ingress(EDGE))
      .replace("[aws_security_group.web.id]", `[aws_security_group.web.id]\n  ${CBD}`)
      .replace("ami-0123456789abcdef0", "ami-0123456789abcdef1"),
    ...refuted,
  },
  {
    name: "replace/server-stopped-for-its-type",
    before: server(ingress(EDGE)),
    after: server(ingress(EDGE)).replace("t3.micro", "t3.small"),
    ...refuted,
  },
];
