import type { Instance } from "../../model/instance";
import { equalJson, hasTrue, isObject, type Json, member } from "../../model/value";
import { ATOMICITY, mannerOf } from "./atomicity";
import type { AtomicityRow } from "./atomicity-row";
import { type Footprint, joinFootprints, ruleFootprint } from "./footprint";
import { keptRules } from "./inline-rules";
import { entries, inTwoCalls, prefixListParts } from "./list-parts";
import { type Draft, inOrder, inTurn, type Part, set, taken } from "./part";

/** How an update goes: its calls, and what hops read of it that no row tells about. */
export interface Update {
  readonly parts: readonly Part[];
  readonly unlisted: readonly string[];
}

/** The calls that turn an object from what it is into what is planned. */
export function updateOf(before: Instance, after: Instance): Update {
  const { type } = after;
  const changed = changedAttributes(before, after);
  const calls = ATOMICITY.filter(({ types }) => types.includes(type)).flatMap((row) => {
    const names = row.attributes.filter((name) => changed.includes(name));
    const parts = names.length === 0 ? [] : partsOf(row, names, before, after);
    return parts.length === 0 ? [] : [parts];
  });
  const unlisted = changed.filter((name) => mannerOf(type, name) === undefined);
  const other = unlisted.length === 0 ? [] : oneCall(unlisted, before, after);
  const parts = [...inOrder(calls), ...other];
  return { parts: parts.length === 1 ? parts.map(unnamed) : parts, unlisted };
}

/** What is all that the step does needs no name. */
function unnamed(part: Part): Part {
  return part.label?.startsWith(CHANGES) === true ? { ...part, label: undefined } : part;
}

const CHANGES = "changes ";

/** Attributes whose value changes, or may. What the provider computes anew it does not write. */
export function changedAttributes(before: Instance, after: Instance): readonly string[] {
  const names = new Set([
    ...keysOf(before.values),
    ...keysOf(after.values),
    ...keysOf(after.unknown),
  ]);
  return [...names].filter((name) => {
    const mask = after.unknown === true ? true : (member(after.unknown, name) ?? false);
    if (hasTrue(mask)) {
      return after.configured?.has(name) !== false || isWritten(after.type, name);
    }
    return !equalJson(member(before.values, name) ?? null, member(after.values, name) ?? null);
  });
}

/**
 * A block that is written by `dynamic`, which plan JSON does not show among what is configured: in
 * an update AWS's provider leaves unknown what it only computes, unless nothing can set it.
 */
function isWritten(type: string, name: string): boolean {
  const rows = ATOMICITY.filter((row) => row.types.includes(type) && row.attributes.includes(name));
  return type.startsWith("aws_") && rows.some(({ manner }) => manner !== "inert");
}

function oneCall(names: readonly string[], before: Instance, after: Instance): readonly Part[] {
  return [
    {
      label: `${CHANGES}${names.join(", ")}`,
      footprint: footprintOf(before, after),
      after: [],
      patch: (draft: Draft) => names.reduce((made, name) => taken(made, after, name), draft),
    },
  ];
}

function footprintOf(before: Instance, after: Instance): Footprint | undefined {
  return joinFootprints(
    ruleFootprint(before.type, before.values, false),
    ruleFootprint(after.type, after.values, after.unknown),
  );
}

function partsOf(
  { manner }: AtomicityRow,
  names: readonly string[],
  before: Instance,
  after: Instance,
): readonly Part[] {
  switch (manner) {
    case "one-call":
    case "subnet-by-subnet":
      return oneCall(names, before, after);
    case "inert":
      return [];
    case "disassociate-then-associate":
    case "stop-then-start":
      return withGap(manner, names, before, after);
    default:
      return inOrder(names.map((name) => listParts(manner, name, before, after)));
  }
}

/** An attribute that is a list, of which elements have calls of their own. */
function listParts(
  manner: AtomicityRow["manner"],
  name: string,
  before: Instance,
  after: Instance,
): readonly Part[] {
  switch (manner) {
    case "revoke-then-authorize": {
      const old = member(before.values, name) ?? null;
      const kept = keptRules(old, member(after.values, name) ?? null);
      return inTurn(
        [`revokes ${name} rules`, (draft) => set(draft, name, kept)],
        [`authorizes ${name} rules`, (draft) => taken(draft, after, name)],
        equalJson(kept, old),
      );
    }
    case "entry-by-entry":
      return entries(name, before, after, "deletes-first");
    case "route-by-route":
      return entries(name, before, after, "deletes-last");
    case "described-entries-apart":
      return prefixListParts(name, before, after);
    case "removes-then-adds":
      return inTwoCalls(name, before, after, "removes-first");
    case "adds-then-removes":
      return inTwoCalls(name, before, after, "adds-first");
    default:
      return [];
  }
}

/** Between two calls the object answers nobody. */
function withGap(
  manner: "disassociate-then-associate" | "stop-then-start",
  names: readonly string[],
  before: Instance,
  after: Instance,
): readonly Part[] {
  const stopped = (draft: Draft) => ({ ...draft, stopped: true });
  const whole = (draft: Draft) => ({
    ...names.reduce((made, name) => taken(made, after, name), draft),
    stopped: false,
  });
  return manner === "stop-then-start"
    ? inTurn(
        ["stops the instance", stopped],
        ["starts the instance", (draft) => ({ ...whole(draft), moved: true })],
        false,
      )
    : inTurn(
        ["disassociates", stopped],
        ["associates", whole],
        names.every((name) => (member(before.values, name) ?? "") === ""),
      );
}

function keysOf(value: Json): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}
