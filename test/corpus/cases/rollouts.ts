import { type Case, path, type Verdict } from "../case";
import { CBD, EACH4, group, hcl, ingress, rule, SERVER, server } from "../hcl";

type Rollout = Verdict | "notOwed";
export const to = (rollout: Rollout) => path("proved", "proved", { rollout });
export const CUT = ["rollout/cut-off-during-apply"];
export const refuted = { paths: [to("refuted")], rules: CUT };
export const proved = { paths: [to("proved")] };

const EDGE = "local.edge4";
const SPLIT = 'concat(slice(local.edge4, 1, 15), ["103.21.244.0/23", "103.21.246.0/23"])';
const BARE = hcl(SERVER, group("web"));
const inline = (...rules: readonly string[]) => server(...rules);
const each = (list: string, more = "") =>
  hcl(BARE, rule("edge", EACH4.replace("local.edge4", list), { rest: more }));
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
const olderEach = (list: string, more = "") =>
  older("[each.value]", `for_each = toset(${list})\n  ${more}`);
/** What the removal of old rules waits for, where they were made with the flag. */
const gate = (type: string, list: string) => `
resource "terraform_data" "ready" {
  input      = join(",", ${list})
  depends_on = [${type}.edge]
}`;
const gated = (list: string, more = "") =>
  hcl(each(list, more), gate("aws_vpc_security_group_ingress_rule", list));
const all = (cidr: string, more: Readonly<Record<string, string>> = {}, label = "all") =>
  rule(label, `cidr_ipv4         = "${cidr}"`, more);

/** Rules of a group that change. */
export const RULE_CHANGES: readonly Case[] = [
  {
    name: "change/nothing",
    before: inline(ingress(EDGE)),
    after: inline(ingress(EDGE)),
    ...proved,
  },
  {
    name: "change/tags",
    before: inline(ingress(EDGE)),
    after: inline(ingress(EDGE), 'tags = { Name = "web" }'),
    ...proved,
  },
  {
    name: "change/inline-range-added",
    before: inline(ingress("slice(local.edge4, 0, 14)")),
    after: inline(ingress(EDGE)),
    ...proved,
  },
  {
    name: "change/inline-range-removed",
    before: inline(ingress(EDGE)),
    after: inline(ingress("slice(local.edge4, 0, 14)")),
    paths: [path("refuted", "proved", { rollout: "proved" })],
    rules: ["firewall/misses-edge-range"],
  },
  {
    name: "change/inline-range-split",
    before: inline(ingress(EDGE)),
    after: inline(ingress(SPLIT)),
    ...refuted,
  },
  {
    name: "change/inline-description",
    before: inline(ingress(EDGE)),
    after: inline(ingress(EDGE, { rest: 'description = "edge"' })),
    ...refuted,
  },
  {
    name: "change/inline-locked-after-open",
    before: inline(ingress('["0.0.0.0/0"]')),
    after: inline(ingress(EDGE)),
    ...refuted,
  },
  {
    name: "change/inline-port-widened",
    before: inline(ingress(EDGE)),
    after: inline(ingress(EDGE, { from: "443", to: "444" })),
    ...refuted,
  },
  {
    name: "change/inline-port-opened",
    before: inline(ingress(EDGE)),
    after: inline(ingress(EDGE), ingress(EDGE, { from: "80" })),
    ...proved,
  },
  {
    name: "change/inline-repaired",
    before: inline(ingress(EDGE, { from: "80" })),
    after: inline(ingress(EDGE)),
    paths: [to("notOwed")],
  },
  {
    name: "change/inline-lost",
    before: inline(ingress(EDGE)),
    after: inline(ingress(EDGE, { from: "444" })),
    paths: [path("refuted", "proved", { rollout: "notOwed" })],
    rules: ["listener/port-not-proxied"],
  },
  {
    name: "change/many-ranges-in-one-block",
    before: older(EDGE),
    after: older(SPLIT),
    ...refuted,
  },
  {
    name: "change/a-block-a-range",
    before: hcl(olderEach(EDGE, CBD), gate("aws_security_group_rule", EDGE)),
    after: hcl(olderEach(SPLIT, CBD), gate("aws_security_group_rule", SPLIT)),
    ...proved,
  },
  {
    name: "change/a-block-a-range-without-the-flag",
    before: hcl(olderEach(EDGE), gate("aws_security_group_rule", EDGE)),
    after: hcl(olderEach(SPLIT), gate("aws_security_group_rule", SPLIT)),
    ...refuted,
  },
  {
    name: "change/rule-blocks-split",
    before: gated(EDGE, CBD),
    after: gated(SPLIT, CBD),
    ...proved,
  },
  {
    name: "change/rule-blocks-split-without-the-flag",
    before: gated(EDGE),
    after: gated(SPLIT),
    ...refuted,
  },
  {
    name: "change/rule-blocks-split-without-a-gate",
    before: each(EDGE, CBD),
    after: each(SPLIT, CBD),
    ...refuted,
  },
  {
    name: "change/flag-taken-away-with-the-split",
    before: gated(EDGE, CBD),
    after: gated(SPLIT),
    ...proved,
  },
  {
    name: "change/flag-added-with-the-split",
    before: gated(EDGE),
    after: gated(SPLIT, CBD),
    ...refuted,
  },
  {
    name: "change/rule-updated-in-place",
    before: hcl(BARE, all("0.0.0.0/0")),
    after: hcl(BARE, all("0.0.0.0/1"), all("128.0.0.0/1", {}, "high")),
    paths: [path("proved", "refuted", { rollout: "refuted" })],
    rules: [...CUT, "exposure/open-to-others"],
  },
  {
    name: "change/covered-by-another-rule",
    before: hcl(BARE, rule("edge", EACH4), all("103.0.0.0/8", { rest: CBD })),
    after: hcl(
      BARE,
      rule("edge", EACH4.replace("local.edge4", "slice(local.edge4, 3, 15)")),
      all("103.0.0.0/8", { rest: CBD }),
    ),
    paths: [path("proved", "refuted", { rollout: "proved" })],
    rules: ["ranges/superset"],
  },
  {
    name: "change/rules-renamed",
    before: hcl(BARE, rule("edge", EACH4, { rest: CBD })),
    after: hcl(
      BARE,
      rule("next", EACH4, { rest: CBD }),
      "moved {\n  from = aws_vpc_security_group_ingress_rule.edge\n  to   = aws_vpc_security_group_ingress_rule.next\n}",
    ),
    ...proved,
  },
];
