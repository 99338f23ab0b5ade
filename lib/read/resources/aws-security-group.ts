import type { Instance } from "../../model/instance";
import { unionBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import type { PortRange } from "../../net/port-range";
import { attribute } from "../attributes";
import { bind } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import { unreadModules } from "../unread-modules";
import { defaultGroups, firstRules, isUnread, isVpc } from "./aws-default-group";
import { ExclusiveRules } from "./aws-exclusive-rules";
import { GROUP, type GroupKey, type GroupView, openedView, outsideView } from "./aws-group-view";
import {
  evidenceReason,
  mixedReason,
  noOtherRules,
  openReason,
  rulesAsShown,
} from "./aws-group-words";
import { type Inline, inlineOf } from "./aws-inline-rules";
import { joinedView } from "./aws-joined-rules";
import { PastRules } from "./aws-past-rules";
import { PrefixLists } from "./aws-prefix-list";
import { type GroupRule, knownPorts, knownSources } from "./aws-rule";
import { type Direction, standaloneRules } from "./aws-standalone-rules";

export { GROUP, type GroupKey, type GroupView } from "./aws-group-view";

/** The security groups of the input with the rules of all three forms. */
export class SecurityGroups {
  readonly #rules = new Map<Instance | string, GroupRule[]>();
  /** Rules whose group can't be told: they may be any group's. */
  readonly #strays: GroupRule[] = [];
  readonly #views = new Map<string, Map<Instance | string, GroupView>>();
  readonly #inside = new Map<Instance | string, boolean>();
  readonly #ports = new Map<Instance | string, readonly PortRange[]>();
  readonly #inline = new Map<Instance, Inline>();
  readonly #exclusive: ExclusiveRules;
  public readonly prefixLists: PrefixLists;
  readonly #past: PastRules;

  /**
   * @param lookup the resources after the apply
   * @param before the resources before it, where there is a prior state
   * @param direction which rules to read: egress admits destinations where ingress admits sources
   */
  constructor(
    private readonly lookup: Lookup,
    before: Lookup | undefined,
    private readonly direction: Direction = "ingress",
  ) {
    this.prefixLists = new PrefixLists(lookup);
    this.#exclusive = new ExclusiveRules(lookup, direction);
    this.#past = new PastRules(before, direction);
    for (const rule of standaloneRules(lookup, direction)) {
      this.place(rule);
    }
  }

  /** The group that something means: a VPC stands for its default group. */
  public meant(group: GroupKey): GroupKey {
    return defaultGroups(this.lookup).meant(group);
  }

  /** What a group admits to a TCP port from addresses of a family. */
  public view(named: GroupKey, port: number, family: Family): GroupView {
    const group = this.meant(named);
    const key = keyOf(group);
    const cached = `${family} ${port}`;
    const views = this.#views.get(cached) ?? new Map<Instance | string, GroupView>();
    this.#views.set(cached, views);
    const view = views.get(key) ?? this.withModules(group, port, family);
    views.set(key, view);
    return view;
  }

  private withModules(group: GroupKey, port: number, family: Family): GroupView {
    const reasons = "foreign" in group ? [] : unreadModules(this.lookup, group);
    return openedView(reasons, this.read(group, port, family), family);
  }

  /** Whether a source of the group, on any port, equals or lies inside a range of the edge. */
  public hasSourceInside(named: GroupKey, edge: (family: Family) => CidrSet): boolean {
    const group = this.meant(named);
    const key = keyOf(group);
    const known = this.#inside.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = this.rulesOf(group).some((rule) =>
      knownSources(rule).some((cidr) => edge(cidr.family).covers(CidrSet.of(cidr.family, [cidr]))),
    );
    this.#inside.set(key, found);
    return found;
  }

  /** The port ranges that the group's rules name. */
  public portsOf(named: GroupKey): readonly PortRange[] {
    const group = this.meant(named);
    const key = keyOf(group);
    const known = this.#ports.get(key);
    if (known !== undefined) {
      return known;
    }
    const all = this.rulesOf(group).flatMap((rule) => knownPorts(rule) ?? []);
    const ports = [
      ...new Map(all.map((range) => [range.from * 2 ** 16 + range.to, range])).values(),
    ];
    this.#ports.set(key, ports);
    return ports;
  }

  private inlineOf(group: Instance): Inline {
    const inline = this.#inline.get(group) ?? this.readInline(group);
    this.#inline.set(group, inline);
    return inline;
  }

  private readInline(group: Instance): Inline {
    return isVpc(group)
      ? firstRules(group, this.direction)
      : inlineOf(this.lookup, group, this.direction);
  }

  private rulesOf(group: GroupKey): readonly GroupRule[] {
    const inline = "foreign" in group ? [] : this.inlineOf(group).rules;
    return [...inline, ...(this.#rules.get(keyOf(group)) ?? [])];
  }

  /**
   * The rules that are or may be the group's, the latter marked so.
   *
   * @param asked whether a rule surely does what is asked about: what a computed list shows of that
   * is explained by rules that are blocks of their own, or were before the apply
   */
  public possibleRules(
    named: GroupKey,
    asked: (rule: GroupRule) => boolean = () => false,
  ): readonly GroupRule[] {
    const group = this.meant(named);
    const own = this.#rules.get(keyOf(group)) ?? [];
    const inline = "foreign" in group || isUnread(group) ? undefined : this.inlineOf(group);
    const unsure = (rule: GroupRule) => ({ ...rule, certain: false });
    const blocks = [...own, ...("foreign" in group ? [] : this.#past.of(group))];
    const listed = inline?.rules ?? [];
    const shown = inline?.kind === "computed" || inline?.kind === "state";
    const left =
      !shown || blocks.length === 0 ? listed : blocks.some(asked) ? [] : listed.map(unsure);
    return [
      ...left,
      ...(inline?.kind === "configured" && own.length > 0 ? own.map(unsure) : own),
      ...this.#strays,
    ];
  }

  private place(rule: GroupRule): void {
    const id = attribute(rule.block, "security_group_id");
    const group = bind(this.lookup, id, scopeOf(rule.block.instance), GROUP);
    if (group.kind === "bound") {
      push(this.#rules, keyOf(this.meant(group.instance)), rule);
    } else if (group.kind === "foreign") {
      push(this.#rules, group.text, rule);
    } else if (group.kind === "uncertain" && !group.open) {
      for (const candidate of group.candidates) {
        push(this.#rules, keyOf(this.meant(candidate)), { ...rule, certain: false });
      }
    } else {
      this.#strays.push({ ...rule, certain: false });
    }
  }

  private read(group: GroupKey, port: number, family: Family): GroupView {
    const rules = this.#rules.get(keyOf(group)) ?? [];
    const read = (own: readonly GroupRule[]) => this.readOf(group, own, port, family);
    return this.#exclusive.view(keyOf(group), rules, read);
  }

  private readOf(
    group: GroupKey,
    own: readonly GroupRule[],
    port: number,
    family: Family,
  ): GroupView {
    if ("foreign" in group || group.mode === "data" || isUnread(group)) {
      return outsideView(group, this.join([...own, ...this.#strays], port, family), family);
    }
    const past = this.#past.of(group);
    const inline = this.inlineOf(group);
    // A state is as old as its last refresh: a list that others fill may show what is gone.
    const shown = inline.kind === "computed" || inline.kind === "state";
    const alone = shown && own.length + past.length === 0;
    if (shown && !alone) {
      return this.readStandalone(group, inline.rules, [own, past], { port, family });
    }
    const mixed = inline.kind === "configured" && own.length > 0;
    const added = mixed ? own.map((rule) => ({ ...rule, certain: false })) : own;
    const joined = this.join([...inline.rules, ...added, ...this.#strays], port, family);
    const reasons = [
      ...(mixed ? [mixedReason(group)] : []),
      ...(inline.open ? [openReason(group)] : []),
    ];
    return {
      ...joined,
      reasons: [...joined.reasons, ...reasons],
      assumptions: [
        ...joined.assumptions,
        ...(alone ? [rulesAsShown(group)] : []),
        ...(inline.kind === "none" ? [noOtherRules(group)] : []),
      ],
    };
  }

  /**
   * A group whose rules are blocks of their own, and whose computed list shows what is there
   * today. What it shows and no block explains was added by hand, or by another configuration:
   * it adds to may.
   */
  private readStandalone(
    group: Instance,
    shown: readonly GroupRule[],
    [own, past]: readonly [readonly GroupRule[], readonly GroupRule[]],
    { port, family }: { port: number; family: Family },
  ): GroupView {
    const joined = this.join([...own, ...this.#strays], port, family);
    const explained = this.join([...own, ...past], port, family).bounds.may;
    const left = this.join(shown, port, family).bounds.may.minus(explained);
    if (left.isEmpty) {
      return { ...joined, assumptions: [...joined.assumptions, noOtherRules(group)] };
    }
    const evidence = { must: CidrSet.empty(family), may: left };
    return {
      ...joined,
      bounds: unionBounds(family, [joined.bounds, evidence]),
      reasons: [...joined.reasons, evidenceReason(group)],
    };
  }

  private join(rules: readonly GroupRule[], port: number, family: Family): GroupView {
    return joinedView(rules, port, family, this.prefixLists);
  }
}

function keyOf(group: GroupKey): Instance | string {
  return "foreign" in group ? group.foreign : group;
}
