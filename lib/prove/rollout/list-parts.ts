import type { Instance } from "../../model/instance";
import { equalJson, hasTrue, type Json, member } from "../../model/value";
import { cidrFootprint } from "./footprint";
import { type Draft, inTurn, type Part, set, taken } from "./part";

/** A list of which each element is a call of its own. */
export function entries(
  name: string,
  before: Instance,
  after: Instance,
  order: "deletes-first" | "deletes-last",
): readonly Part[] {
  const [old, next] = [before, after].map((each) => listOf(member(each.values, name)));
  if (old === undefined || next === undefined || member(after.unknown, name) === true) {
    return inTurn(
      [`deletes ${name} entries`, (draft) => set(draft, name, [])],
      [`creates ${name} entries`, (draft) => taken(draft, after, name)],
      false,
    );
  }
  const gone = old.filter((entry) => !next.some((other) => equalJson(entry, other)));
  const added = next.filter((entry) => !old.some((other) => equalJson(entry, other)));
  const replaced = (entry: Json) => gone.find((other) => sameDestination(other, entry));
  const deletes = gone
    .filter(
      (entry) => order === "deletes-first" || !added.some((other) => sameDestination(entry, other)),
    )
    .map(
      (entry): Part =>
        entryPart(`deletes ${textOf(entry)}`, entry, name, (list) =>
          list.filter((other) => !equalJson(other, entry)),
        ),
    );
  const creates = added.map(
    (entry): Part =>
      entryPart(`creates ${textOf(entry)}`, entry, name, (list) => [
        ...list.filter(
          (other) => order === "deletes-first" || !equalJson(other, replaced(entry) ?? null),
        ),
        entry,
      ]),
  );
  const [first, second] = order === "deletes-first" ? [deletes, creates] : [creates, deletes];
  return [...first, ...second.map((part) => ({ ...part, after: first }))];
}

function entryPart(
  label: string,
  entry: Json,
  name: string,
  change: (list: readonly Json[]) => readonly Json[],
): Part {
  const texts = ["cidr_block", "ipv6_cidr_block"].flatMap((key) => {
    const text = member(entry, key);
    return typeof text === "string" && text !== "" ? [text] : [];
  });
  return {
    label,
    footprint: cidrFootprint(texts),
    after: [],
    patch: (draft) => set(draft, name, change(listOf(member(draft.values, name)) ?? [])),
  };
}

/** Routes of one table are told apart by their destination; rules of an ACL by their number. */
function sameDestination(left: Json, right: Json): boolean {
  return ["cidr_block", "ipv6_cidr_block", "destination_prefix_list_id"].every(
    (key) => (member(left, key) ?? "") === (member(right, key) ?? ""),
  );
}

function textOf(entry: Json): string {
  const found = ["rule_no", "cidr_block", "ipv6_cidr_block"].flatMap((key) => {
    const value = member(entry, key) ?? "";
    return value === "" || typeof value === "object" ? [] : [String(value)];
  });
  return found.join(" ") || "an entry";
}

/** A list of which all elements that go are one call, and all that come another. */
export function inTwoCalls(
  name: string,
  before: Instance,
  after: Instance,
  order: "removes-first" | "adds-first",
): readonly Part[] {
  const [old, next] = [before, after].map((each) => listOf(member(each.values, name)));
  const whole = (draft: Draft) => taken(draft, after, name);
  if (old === undefined || next === undefined || hasTrue(member(after.unknown, name) ?? false)) {
    // What is kept is not known: nothing may be, or, where all that comes is added first, the old.
    return order === "removes-first"
      ? inTurn([`removes ${name}`, (draft) => set(draft, name, [])], [`adds ${name}`, whole], false)
      : [{ label: undefined, footprint: undefined, after: [], patch: whole }];
  }
  const isIn = (list: readonly Json[], entry: Json) =>
    list.some((other) => equalJson(other, entry));
  const kept = old.filter((entry) => isIn(next, entry));
  const both = [...old, ...next.filter((entry) => !isIn(old, entry))];
  return order === "removes-first"
    ? inTurn(
        [`removes ${name}`, (draft) => set(draft, name, kept)],
        [`adds ${name}`, whole],
        kept.length === old.length,
      )
    : inTurn(
        [`adds ${name}`, (draft) => set(draft, name, both)],
        [`removes ${name}`, whole],
        kept.length === old.length || both.length === old.length,
      );
}

/** Entries that keep their range and change their description are taken out and put in again. */
export function prefixListParts(name: string, before: Instance, after: Instance): readonly Part[] {
  const [old, next] = [before, after].map((each) => listOf(member(each.values, name)));
  const whole = (draft: Draft) => taken(draft, after, name);
  if (old === undefined || next === undefined || hasTrue(member(after.unknown, name) ?? false)) {
    return inTurn(
      [`removes ${name} entries`, (draft) => set(draft, name, [])],
      [`adds ${name} entries`, whole],
      false,
    );
  }
  const cidrOf = (entry: Json) => {
    const cidr = member(entry, "cidr");
    return typeof cidr === "string" ? cidr : "";
  };
  const cidrs = (list: readonly Json[]) => list.map(cidrOf);
  const isIn = (list: readonly Json[], entry: Json) =>
    list.some((other) => equalJson(other, entry));
  const changed = [...old, ...next].filter((entry) => !(isIn(old, entry) && isIn(next, entry)));
  const described = old.filter(
    (entry) => !isIn(next, entry) && cidrs(next).includes(cidrs([entry])[0] ?? ""),
  );
  const kept = old.filter((entry) => !described.includes(entry));
  const footprint = cidrFootprint(cidrs(changed));
  return inTurn(
    ["removes the entries whose description changes", (draft) => set(draft, name, kept)],
    ["adds and removes entries", whole],
    described.length === 0,
    footprint,
  );
}

function listOf(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value)
    ? (value as readonly Json[])
    : value === undefined || value === null
      ? []
      : undefined;
}
