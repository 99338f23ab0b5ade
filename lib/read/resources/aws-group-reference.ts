import type { Instance } from "../../model/instance";
import { type Answer, anyOf, maybe, no, YES } from "../answer";
import { attribute, listAttribute } from "../attributes";
import { bind, bindList } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { isUnread } from "./aws-default-group";
import { type GroupRule, INLINE, matchPort } from "./aws-rule";
import { GROUP, type GroupKey, type SecurityGroups } from "./aws-security-group";

/** Whether the rules of groups let members of other groups through, by naming their group. */
export class GroupReferences {
  constructor(
    private readonly lookup: Lookup,
    private readonly groups: SecurityGroups,
  ) {}

  /**
   * Whether a rule of the group for the port names the peer.
   *
   * @param peer undefined: a group that can't be told
   */
  public admits(named: GroupKey, peer: GroupKey | undefined, port: number): Answer {
    const group = this.groups.meant(named);
    const answer = (rule: GroupRule) => {
      const match = matchPort(rule, port);
      const named = match === "no" ? no([]) : this.mayName(rule, group, peer);
      return named.result === "yes" && (match === "maybe" || !rule.certain)
        ? unsure(rule.block.instance)
        : named;
    };
    const isNamed = (rule: GroupRule) => answer(rule).result === "yes";
    const rules = this.groups.possibleRules(group, isNamed).map(answer);
    // That a group outside the input may have other rules, its view says by itself.
    const outside = "foreign" in group || group.mode === "data" || isUnread(group);
    return anyOf([...rules, ...(outside ? [maybe([])] : [])]);
  }

  /** A peer that is no id (a variable, another state) may be any group. */
  private mayName(rule: GroupRule, group: GroupKey, peer: GroupKey | undefined): Answer {
    const named = this.names(rule, group, peer);
    const hidden = peer !== undefined && "foreign" in peer && !GROUP_ID.test(peer.foreign);
    return hidden && named.result !== "yes" ? this.names(rule, group, undefined) : named;
  }

  private names(rule: GroupRule, group: GroupKey, peer: GroupKey | undefined): Answer {
    const self = attribute(rule.block, "self");
    const same = (one: GroupKey) =>
      peer === undefined || isSame(this.groups.meant(one), this.groups.meant(peer));
    const own =
      self.kind === "known"
        ? self.value === true && same(group)
        : self.kind === "unknown" && same(group) && "maybe";
    const listed = this.listed(rule).map((named) =>
      named === "open" ? "maybe" : same(named.group) && (named.sure ? "yes" : "maybe"),
    );
    if (own === true || listed.includes("yes")) {
      return peer === undefined ? unsure(rule.block.instance) : YES;
    }
    return own === "maybe" || listed.includes("maybe") ? unsure(rule.block.instance) : no([]);
  }

  /** The groups that a rule names, as sources or as destinations. */
  private listed(rule: GroupRule): ("open" | { group: GroupKey; sure: boolean })[] {
    const scope = scopeOf(rule.block.instance);
    if (rule.form !== INLINE) {
      const named = attribute(rule.block, rule.form.group);
      const none = named.kind === "known" && named.value === "";
      const binding = none ? UNSET : bind(this.lookup, named, scope, GROUP);
      switch (binding.kind) {
        case "unset":
          return [];
        case "bound":
          return [{ group: binding.instance, sure: true }];
        case "foreign":
          return this.foreign(binding.text);
        case "uncertain":
          return [
            ...binding.candidates.map((group) => ({ group, sure: false })),
            ...(binding.open ? (["open"] as const) : []),
          ];
      }
    }
    const list = listAttribute(rule.block, rule.form.group);
    if (list === "unset") {
      return [];
    }
    const found = bindList(this.lookup, list, scope, GROUP);
    const single = found.candidates.length === 1 && !found.open;
    return [
      ...found.certain.flatMap((group) =>
        "foreign" in group ? this.foreign(group.foreign) : [{ group, sure: true }],
      ),
      ...found.candidates.map((group) => ({ group, sure: single })),
      ...(found.open ? (["open"] as const) : []),
    ];
  }

  /** Behind a text that is no id (a variable, another state) any group may hide. */
  private foreign(text: string): ("open" | { group: GroupKey; sure: boolean })[] {
    const id = idIn(text);
    const [own] = id === text ? [] : this.lookup.byValue("aws_security_group", "id", id);
    const group: GroupKey = own ?? { foreign: text };
    return [{ group, sure: true }, ...(GROUP_ID.test(text) ? [] : (["open"] as const))];
  }
}

const UNSET = { kind: "unset" } as const;
const GROUP_ID = /(^|\/)sg-[0-9a-f]+$/;

function isSame(group: GroupKey, peer: GroupKey): boolean {
  return "foreign" in group
    ? "foreign" in peer && idIn(group.foreign) === idIn(peer.foreign)
    : group === peer;
}

/** `123456789012/sg-0123` names the group of an account; an id is nobody else's. */
function idIn(text: string): string {
  return GROUP_ID.test(text) ? text.slice(text.lastIndexOf("/") + 1) : text;
}

function unsure(rule: Instance): Answer {
  const text = `whether ${rule.address} names the group is known after apply`;
  return maybe([{ id: "aws/rule-unknown", subject: rule.address, text }]);
}
