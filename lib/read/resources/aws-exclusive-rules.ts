import type { Assumption, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { attribute, bodyOf, listAttribute } from "../attributes";
import { bind, bindList, type ListBinding, type Wanted } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { GROUP, type GroupView } from "./aws-group-view";
import type { GroupRule } from "./aws-rule";
import type { Direction } from "./aws-standalone-rules";

interface Limited extends Pick<GroupView, "reasons" | "assumptions"> {
  readonly rules: readonly GroupRule[];
}

interface Keeper {
  readonly instance: Instance;
  readonly list: ListBinding;
  /** Groups that it may be of; undefined: any. */
  readonly groups: readonly (Instance | string)[] | undefined;
  readonly certain: boolean;
}

const TYPE = "aws_vpc_security_group_rules_exclusive";

/**
 * Blocks that revoke every rule of a group that they don't list.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_rules_exclusive
 */
export class ExclusiveRules {
  readonly #keepers: readonly Keeper[];

  constructor(lookup: Lookup, direction: Direction) {
    const wanted: Wanted = {
      types: [`aws_vpc_security_group_${direction}_rule`],
      attribute: "id",
      also: {
        types: [`aws_vpc_security_group_${direction}_rule`],
        attribute: "security_group_rule_id",
      },
    };
    this.#keepers = lookup.managed(TYPE).map((instance): Keeper => {
      const scope = scopeOf(instance);
      const group = bind(lookup, attribute(bodyOf(instance), "security_group_id"), scope, GROUP);
      const value = listAttribute(bodyOf(instance), `${direction}_rule_ids`);
      const none = { certain: [], candidates: [], open: false, text: "", onlyIds: false };
      const list = value === "unset" ? none : bindList(lookup, value, scope, wanted);
      switch (group.kind) {
        case "bound":
          return { instance, list, groups: [group.instance], certain: instance.certain };
        case "foreign":
          return { instance, list, groups: [group.text], certain: instance.certain };
        case "uncertain":
          return {
            instance,
            list,
            groups: group.open ? undefined : group.candidates,
            certain: false,
          };
        default:
          return { instance, list, groups: undefined, certain: false };
      }
    });
  }

  /** What a group admits by those rules that are left: one that is not surely listed may not be. */
  public view(
    group: Instance | string,
    rules: readonly GroupRule[],
    read: (left: readonly GroupRule[]) => GroupView,
  ): GroupView {
    const own = this.#keepers.filter(
      ({ groups }) => groups === undefined || groups.includes(group),
    );
    if (own.length === 0) {
      return read(rules);
    }
    const left = own.reduce<Limited>(limited, { rules, reasons: [], assumptions: [] });
    const view = read(left.rules);
    return {
      ...view,
      reasons: [...view.reasons, ...left.reasons],
      assumptions: [...view.assumptions, ...left.assumptions],
    };
  }
}

function limited({ rules, reasons, assumptions }: Limited, keeper: Keeper): Limited {
  const { instance, list } = keeper;
  const kept = new Set<unknown>([...list.certain, ...(list.onlyIds ? list.candidates : [])]);
  const isKept = ({ block }: GroupRule) => kept.has(block.instance);
  const revoked = rules.filter((rule) => !isKept(rule));
  const assumed = rules.some(({ block }) => isAssumed(block.instance, list));
  return {
    rules: rules.map((rule) => (isKept(rule) ? rule : { ...rule, certain: false })),
    reasons: revoked.length === 0 ? reasons : [...reasons, notListed(instance, revoked)],
    assumptions: assumed ? [...assumptions, onlyIds(instance, list)] : assumptions,
  };
}

function isAssumed(rule: Instance, { certain, candidates, onlyIds: sure }: ListBinding): boolean {
  return sure && !certain.includes(rule) && candidates.includes(rule);
}

function notListed(keeper: Instance, revoked: readonly GroupRule[]): Reason {
  const [first, ...others] = new Set(revoked.map(({ block }) => block.instance.address));
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const text = `${keeper.address} revokes every rule that it does not list, and whether it lists ${first}${more} can't be told`;
  return { id: "aws/rules-exclusive", subject: keeper.address, text };
}

function onlyIds(keeper: Instance, { text }: ListBinding): Assumption {
  return {
    id: "binding/list-of-ids",
    subject: keeper.address,
    text: `the rules that ${keeper.address} keeps are ${text}, and no others`,
  };
}
