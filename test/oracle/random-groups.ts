import type { Blocks } from "../support/aws-web";
import { blocks } from "../support/aws-web";
import { EDGE_4, EDGE_6 } from "../support/plan";
import type { Dice, Facets } from "./dice";
import { ref } from "./random-network";

export const KINDS = [
  ...(["public", "elastic", "association", "interface", "six"] as const),
  ...(["application", "network", "classic"] as const),
];

/** A source of a rule: a range, or a group by its id. */
export type Source = { readonly cidr: string } | { readonly group: string };

export interface Rule {
  readonly direction: "ingress" | "egress";
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly sources: readonly Source[];
  readonly description: string;
}

const [FIRST = "", ...REST] = EDGE_4;
const [FIRST_6 = "", ...REST_6] = EDGE_6;
const SPLIT = ["103.21.244.0/23", "103.21.246.0/23"];
const HALVES = ["0.0.0.0/1", "128.0.0.0/1"];
const ODD = ["8.8.8.0/24", "198.41.0.0/16", "103.21.240.0/20", "10.0.0.0/16", "192.0.2.0/24"];

/** Few ranges that hold the edge, for the forms that have a block for each. */
const COARSE = [
  HALVES,
  ["0.0.0.0/0"],
  ["96.0.0.0/3", "128.0.0.0/1"],
  ["96.0.0.0/3", "128.0.0.0/2"],
];

/** Ranges that admit the edge, or nearly, or more. */
function edgeRanges(dice: Dice, fine: boolean): readonly string[] {
  const coarse = dice.pick([...COARSE, [...HALVES, "172.64.0.0/13"], [FIRST, "8.8.8.0/24"]]);
  if (!fine && !dice.chance(0.1)) return coarse;
  return dice.pick<readonly string[]>([
    ...[EDGE_4, EDGE_4, EDGE_4, EDGE_4, coarse],
    ...[[...SPLIT, ...REST], [...SPLIT.slice(1), ...REST], REST, [FIRST], []],
    ...[[...EDGE_4, dice.pick(ODD)], EDGE_4.slice(0, -1)],
  ]);
}

/** The site's own kind decides which family matters. */
function edgeSources(name: string, facets: Facets): readonly Source[] {
  const dice = facets.of(`${name} sources`);
  const six = facets.of("kind fixed").pick(KINDS) === "six";
  const fine = ["inline", "classic", "list"].includes(formOf(name, facets));
  const ranges = six
    ? dice.pick([EDGE_6, EDGE_6, EDGE_6, ["::/0"], ["::/1", "8000::/1"], REST_6, [FIRST_6], []])
    : edgeRanges(dice, fine);
  return ranges.map((cidr) => ({ cidr }));
}

const PORTS = [
  ...[[443, 443] as const, [443, 443] as const, [443, 443] as const, [443, 443] as const],
  ...[[0, 65535] as const, [80, 443] as const, [442, 442] as const, [444, 65535] as const],
];

/** A rule for the edge, and seldom one more. */
export function edgeRules(name: string, facets: Facets): readonly Rule[] {
  const [from, to] = facets.of(`${name} ports`).pick(PORTS);
  const description = facets.of(`${name} words`).pick(["a", "b"]);
  const protocol = facets.of(`${name} protocol`).pick(["tcp", "tcp", "tcp", "tcp", "-1", "udp"]);
  const shared = { direction: "ingress", description } as const;
  const sources = edgeSources(name, facets);
  const more = facets.of(`${name} more`);
  const odd = { sources: [{ cidr: more.pick([...ODD, FIRST, "0.0.0.0/0"]) }], protocol: "tcp" };
  return [
    { ...shared, from, to, protocol, sources },
    ...(more.chance(0.15) ? [{ ...shared, ...odd, from: 443, to: more.pick([445, 446]) }] : []),
  ];
}

export type GroupForm = "inline" | "classic" | "classic-split" | "vpc" | "list" | "entries";
export const FORMS: readonly GroupForm[] = [
  ...(["inline", "classic", "classic-split", "vpc", "vpc", "list", "entries"] as const),
];

function formOf(name: string, facets: Facets): GroupForm {
  return facets.of(`${name} form fixed`).pick(FORMS);
}

/** A security group with these rules, in one of Terraform's forms. */
export function groupBlocks(
  site: string,
  name: string,
  rules: readonly Rule[],
  facets: Facets,
): Blocks {
  const full = `${site}${name}`;
  const form = formOf(name, facets);
  const first = facets.of(`${name} first`).chance(0.5);
  const lifecycle = first ? { lifecycle: { create_before_destroy: true } } : {};
  const description = facets.of(`${name} description`).pick(["x", "x", "x", "y"]);
  const group = {
    ...{ name_prefix: `${full}-`, description, vpc_id: ref(`aws_vpc.${site}.id`), ...lifecycle },
  };
  if (form === "inline") return { aws_security_group: { [full]: { ...group, ...inline(rules) } } };
  const own = { aws_security_group: { [full]: group } };
  const numbered = rules.map((rule, at) => rulesIn(form, full, rule, `${full}_${at}`, lifecycle));
  return blocks(own, ...numbered);
}

export function inline(rules: readonly Rule[]): object {
  const of = (direction: Rule["direction"]) =>
    rules
      .filter((rule) => rule.direction === direction && rule.sources.length > 0)
      .map((rule) => ({ ...plain(rule), protocol: rule.protocol, ...byKind(rule.sources) }));
  return { ingress: of("ingress"), egress: of("egress") };
}

/** Ports of a rule; all of them where it is for every protocol. */
function plain({ protocol, from, to, description }: Rule) {
  const ports = protocol === "-1" ? { from_port: 0, to_port: 0 } : { from_port: from, to_port: to };
  return { ...ports, description };
}

function byKind(sources: readonly Source[]) {
  const cidrs = sources.flatMap((source) => ("cidr" in source ? [source.cidr] : []));
  return {
    cidr_blocks: cidrs.filter((cidr) => !cidr.includes(":")),
    ipv6_cidr_blocks: cidrs.filter((cidr) => cidr.includes(":")),
    security_groups: sources.flatMap((source) => ("group" in source ? [source.group] : [])),
    prefix_list_ids: [],
    self: false,
  };
}

function rulesIn(
  form: GroupForm,
  group: string,
  rule: Rule,
  name: string,
  lifecycle: object,
): Blocks {
  const security_group_id = ref(`aws_security_group.${group}.id`);
  const singles = rule.sources.map((source): [string, Rule] => [
    `${name}_${textOf(source)}`,
    { ...rule, sources: [source] },
  ]);
  if (form === "classic" || form === "classic-split") {
    const named = form === "classic" ? byForm(name, rule) : singles;
    return {
      aws_security_group_rule: Object.fromEntries(
        named.map(([key, each]) => [key, { ...classic(each), security_group_id, ...lifecycle }]),
      ),
    };
  }
  const isList = (source: Source) =>
    form !== "vpc" && rule.direction === "ingress" && "cidr" in source;
  const listed = rule.sources.filter(isList).map((source) => ("cidr" in source ? source.cidr : ""));
  const others = singles.filter(([, { sources }]) => !sources.some(isList));
  const type = `aws_vpc_security_group_${rule.direction}_rule`;
  const single = Object.fromEntries(
    others.map(([key, each]) => [key, { ...modern(each), security_group_id, ...lifecycle }]),
  );
  const lists = [4, 6].map((family) => listOf(family, form, name, listed, rule, security_group_id));
  return blocks({ [type]: single }, ...lists);
}

/** One block for the ranges and one for each group. */
function byForm(name: string, rule: Rule): readonly (readonly [string, Rule])[] {
  const cidrs = rule.sources.filter((source) => "cidr" in source);
  const groups = rule.sources.filter((source) => "group" in source);
  const ofGroups = groups.map((s, at) => [`${name}_g${at}`, { ...rule, sources: [s] }] as const);
  return cidrs.length === 0 ? ofGroups : [[name, { ...rule, sources: cidrs }], ...ofGroups];
}

function classic(rule: Rule): object {
  const { cidr_blocks, ipv6_cidr_blocks, security_groups } = byKind(rule.sources);
  return {
    ...{ type: rule.direction, ...plain(rule), protocol: rule.protocol },
    ...(cidr_blocks.length > 0 ? { cidr_blocks } : {}),
    ...(ipv6_cidr_blocks.length > 0 ? { ipv6_cidr_blocks } : {}),
    ...(security_groups.length > 0 ? { source_security_group_id: security_groups[0] } : {}),
  };
}

function modern(rule: Rule): object {
  const [source] = rule.sources;
  const ports = rule.protocol === "-1" ? {} : { from_port: rule.from, to_port: rule.to };
  const cidr = source !== undefined && "cidr" in source ? source.cidr : "";
  const from =
    source !== undefined && "group" in source
      ? { referenced_security_group_id: source.group }
      : { [cidr.includes(":") ? "cidr_ipv6" : "cidr_ipv4"]: cidr };
  return { ip_protocol: rule.protocol, ...ports, description: rule.description, ...from };
}

function listOf(
  family: number,
  form: GroupForm,
  rule: string,
  cidrs: readonly string[],
  of: Rule,
  security_group_id: string,
): Blocks {
  const own = cidrs.filter((cidr) => cidr.includes(":") === (family === 6));
  if (own.length === 0) return {};
  const name = `${rule}_v${family}`;
  const list = { name, address_family: `IPv${family}`, max_entries: 30 };
  const { ip_protocol, from_port, to_port } = modern(of) as Record<string, unknown>;
  const ports = from_port === undefined ? {} : { from_port, to_port };
  const prefix_list_id = ref(`aws_ec2_managed_prefix_list.${name}.id`);
  const entry = own.map((cidr) => ({ cidr, description: of.description }));
  return {
    aws_ec2_managed_prefix_list: { [name]: form === "list" ? { ...list, entry } : list },
    aws_vpc_security_group_ingress_rule: {
      [name]: { security_group_id, ip_protocol, ...ports, prefix_list_id },
    },
    ...(form === "list"
      ? {}
      : {
          aws_ec2_managed_prefix_list_entry: Object.fromEntries(
            entry.map((each) => [`${name}_${textOf(each)}`, { ...each, prefix_list_id }]),
          ),
        }),
  };
}

function textOf(source: Source): string {
  return ("cidr" in source ? source.cidr : source.group).replace(/\W+/g, "-");
}
