import type { Instance } from "../../model/instance";
import { equalJson, isObject, type Json, member } from "../../model/value";
import { type Manner, mannerOf } from "./atomicity";
import { joinFootprints, ruleFootprint } from "./footprint";
import { keptRules } from "./inline-rules";
import { entries, prefixListParts } from "./list-parts";
import { type Draft, hasTrue, inTurn, type Part, set, taken } from "./part";

/** How an update goes: its calls, and what hops read of it that no row tells about. */
export interface Update {
  readonly parts: readonly Part[];
  readonly unlisted: readonly string[];
}

/** The calls that turn an object from what it is into what is planned. */
export function updateOf(before: Instance, after: Instance): Update {
  const parts: Part[] = [];
  const unlisted: string[] = [];
  const single: string[] = [];
  for (const name of changedAttributes(before, after)) {
    const manner = mannerOf(after.type, name);
    if (manner === undefined) {
      unlisted.push(name);
    } else if (manner === "one-call") {
      single.push(name);
    } else if (manner !== "inert") {
      parts.push(...partsOf(manner, name, before, after));
    }
  }
  const names = [...single, ...unlisted];
  if (names.length > 0) {
    const footprint = joinFootprints(
      ruleFootprint(before.type, before.values, false),
      ruleFootprint(after.type, after.values, after.unknown),
    );
    const label = parts.length === 0 ? undefined : `changes ${names.join(", ")}`;
    const patch = (draft: Draft) => names.reduce((made, name) => taken(made, after, name), draft);
    parts.push({ label, footprint, after: [], patch });
  }
  return { parts, unlisted };
}

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
      return after.configured === undefined || after.configured.has(name);
    }
    return !equalJson(member(before.values, name) ?? null, member(after.values, name) ?? null);
  });
}

function partsOf(manner: Manner, name: string, before: Instance, after: Instance): readonly Part[] {
  const whole = (draft: Draft) => taken(draft, after, name);
  switch (manner) {
    case "revoke-then-authorize": {
      const kept = keptRules(
        member(before.values, name) ?? null,
        member(after.values, name) ?? null,
      );
      return inTurn(
        [`revokes ${name} rules`, (draft) => set(draft, name, kept)],
        [`authorizes ${name} rules`, whole],
        equalJson(kept, member(before.values, name) ?? null),
      );
    }
    case "entry-by-entry":
      return entries(name, before, after, "deletes-first");
    case "route-by-route":
      return entries(name, before, after, "deletes-last");
    case "subnet-by-subnet":
      return [{ label: `changes ${name}`, footprint: undefined, after: [], patch: whole }];
    case "described-entries-apart":
      return prefixListParts(name, before, after);
    case "disassociate-then-associate":
      return inTurn(
        ["disassociates", (draft) => ({ ...draft, stopped: true })],
        ["associates", (draft) => ({ ...whole(draft), stopped: false })],
        (member(before.values, name) ?? "") === "",
      );
    case "stop-then-start":
      return inTurn(
        ["stops the instance", (draft) => ({ ...draft, stopped: true })],
        ["starts the instance", (draft) => ({ ...whole(draft), stopped: false, moved: true })],
        false,
      );
    default:
      return [];
  }
}

function keysOf(value: Json): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}
