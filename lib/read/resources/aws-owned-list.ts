import type { Configured, Instance } from "../../model/instance";
import { equalJson, member, NO_REFERENCES } from "../../model/value";
import { type Block, bodyOf, isConfigured, nestedBlocks } from "../attributes";
import type { Lookup } from "../lookup";
import { leftOf } from "./aws-taken-along";

/** A list of blocks that the configuration may own, and others may fill where it does not. */
export interface OwnedList {
  /**
   * `configured`: the configuration owns the list. `shown`: others made what is there, or the
   * input has no configuration. `none`: the list is empty, and blocks of their own may add to it.
   */
  readonly kind: "configured" | "shown" | "none";
  readonly blocks: readonly Block[];
  /** A block of which nothing is known, where there may be others. */
  readonly unknown: Block | undefined;
}

/**
 * Reads an optional and computed list such as `route` of a route table: in a plan it also lists
 * what standalone blocks made, even one that this plan deletes.
 */
export function ownedList(lookup: Lookup, instance: Instance, name: string): OwnedList {
  const body = bodyOf(instance);
  const { blocks, open } = nestedBlocks(body, name);
  const configured = isConfigured(body, name);
  const unknown = open ? unknownBlock(body, body.configured(name)) : undefined;
  if (blocks.length === 0 && !open) {
    return { kind: configured ? "configured" : "none", blocks, unknown };
  }
  return configured || isPlanned(instance, name)
    ? { kind: "configured", blocks: leftOf(lookup, instance, name, blocks), unknown }
    : { kind: "shown", blocks, unknown };
}

/** A list that the plan makes or changes is the configuration's: `dynamic` blocks don't show. */
function isPlanned(instance: Instance, name: string): boolean {
  const [before, after] = [instance.before ?? null, instance.values].map((values) =>
    member(values, name),
  );
  return (
    instance.action === "create" || (instance.action === "change" && !equalJson(before, after))
  );
}

function unknownBlock(body: Block, configured: Configured | undefined): Block {
  const found = configured?.kind === "expression" ? configured : NO_EXPRESSION;
  return { ...body, values: {}, unknown: true, configured: () => found };
}

const NO_EXPRESSION: Configured = { kind: "expression", expression: NO_REFERENCES };
