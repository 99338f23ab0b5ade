import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, bodyOf } from "../attributes";
import { type Lookup, push } from "../lookup";
import type { GroupRule } from "./aws-rule";
import { type Direction, standaloneRules } from "./aws-standalone-rules";

/** Rules that were blocks of their own before the apply: they explain what a group still shows. */
export class PastRules {
  readonly #byGroup = new Map<string, GroupRule[]>();

  constructor(before: Lookup | undefined, direction: Direction) {
    for (const rule of before === undefined ? [] : standaloneRules(before, direction)) {
      const id = knownString(attribute(rule.block, "security_group_id"));
      if (id !== undefined) {
        push(this.#byGroup, id, { ...rule, certain: true });
      }
    }
  }

  public of(group: Instance): readonly GroupRule[] {
    return this.#byGroup.get(knownString(attribute(bodyOf(group), "id")) ?? "") ?? [];
  }
}
