import type { Instance } from "../../model/instance";
import { equalJson, member, NO_REFERENCES } from "../../model/value";
import { type Block, bodyOf, isConfigured, nestedBlocks } from "../attributes";
import type { Lookup } from "../lookup";
import { type GroupRule, groupRule, INLINE } from "./aws-rule";
import type { Direction } from "./aws-standalone-rules";
import { leftOf } from "./aws-taken-along";

/** The inline rules of a group. */
export interface Inline {
  /**
   * `configured`: the configuration owns the list. `computed`: the list shows what is there, and
   * others made it. `state`: it is all that the input has. `none`: there are no inline rules.
   */
  readonly kind: "configured" | "computed" | "state" | "none";
  readonly rules: readonly GroupRule[];
  readonly open: boolean;
}

/** Reads `ingress` or `egress`, optional and computed: the list can show what others made. */
export function inlineOf(lookup: Lookup, group: Instance, direction: Direction): Inline {
  const body: Block = bodyOf(group);
  const { blocks, open } = nestedBlocks(body, direction);
  const configured = isConfigured(body, direction);
  const owned = configured || isPlanned(group, direction);
  const left = owned ? leftOf(lookup, group, direction, blocks) : blocks;
  const rules = left.map((block) => groupRule(block, INLINE, true));
  const hidden = { ...body, values: {}, unknown: true, configured: () => NO_EXPRESSION };
  const unsure = open ? [groupRule(hidden, INLINE, false)] : [];
  if (blocks.length === 0 && !open) {
    return { kind: configured ? "configured" : "none", rules: [], open };
  }
  const kind = owned ? "configured" : body.hasConfiguration ? "computed" : "state";
  return { kind, rules: [...rules, ...unsure], open };
}

/**
 * A list that the plan itself makes or changes is the configuration's, though plan JSON does not
 * show `dynamic` blocks, and before Terraform 1.1 no inline rules at all.
 */
function isPlanned(group: Instance, direction: Direction): boolean {
  const [before, after] = [group.before ?? null, group.values].map((values) =>
    member(values, direction),
  );
  return group.action === "create" || (group.action === "change" && !equalJson(before, after));
}

const NO_EXPRESSION = { kind: "expression", expression: NO_REFERENCES } as const;
