import type { Instance } from "../../model/instance";
import { equalJson, isObject, type Json, knownString, member } from "../../model/value";
import { attribute, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";
import { setBlocks } from "./cloudflare-value";

const SETTING_IDS = ["ssl", "always_use_https", "ssl_automatic_mode"] as const;

export type SettingId = (typeof SETTING_IDS)[number];

/** What the input says of a setting: its value, nothing, or something that can't be read. */
export type Setting = { readonly known: string } | "unset" | "unreadable";

/** A block's word on a setting; an undefined id may be any. */
export interface Entry {
  readonly id: SettingId | undefined;
  readonly setting: Setting;
  readonly by: Instance;
  /** The block is deleted, and that writes the value. */
  readonly reverts?: true;
}

export const OVERRIDE = "cloudflare_zone_settings_override";

/** What a block of one setting says. */
export function singleEntry(instance: Instance): Entry[] {
  const given = attribute(bodyOf(instance), "setting_id");
  const value = attribute(bodyOf(instance), "value");
  const id = SETTING_IDS.find((each) => each === knownString(given));
  if (given.kind === "known" && id === undefined) {
    return [];
  }
  const text = value.kind === "known" ? dynamicText(value.value) : undefined;
  const known = text !== undefined && instance.certain;
  return [{ id, setting: known ? { known: text } : "unreadable", by: instance }];
}

/**
 * What a block of version 4 of the provider says of each setting.
 *
 * @see https://registry.terraform.io/providers/cloudflare/cloudflare/4.52.0/docs/resources/zone_settings_override
 */
export function overrideEntries(instance: Instance): Entry[] {
  const { blocks, open } = setBlocks(bodyOf(instance), "settings");
  const [only, ...others] = blocks;
  if (open || others.length > 0) {
    return [{ id: undefined, setting: "unreadable", by: instance }];
  }
  return SETTING_IDS.flatMap((id): Entry[] => {
    const value = only === undefined ? undefined : attribute(only, id);
    if (value === undefined || value.kind === "unset") {
      return [];
    }
    const text = instance.certain ? knownString(value) : undefined;
    return [{ id, setting: text === undefined ? "unreadable" : { known: text }, by: instance }];
  });
}

/** A dynamic value: as it is in plans, `{ value, type }` in state JSON. */
function dynamicText(value: Json): string | undefined {
  const inner = isObject(value) ? member(value, "value") : value;
  return typeof inner === "string" ? inner : undefined;
}

/** Blocks that the apply, as far as it has come, has deleted. */
export function deletedOverrides(lookup: Lookup): readonly Instance[] {
  const past = lookup.before?.managed(OVERRIDE) ?? [];
  const now = past.length === 0 ? [] : lookup.managed(OVERRIDE);
  const isThere = ({ address, input }: Instance) =>
    now.some((next) => {
      const itself = next.address === address && next.action !== "create";
      return next.input === input && (itself || next.address === `${address} (old)`);
    });
  return past.filter((block) => !isThere(block));
}

/**
 * What the deletion of a block writes: the value that the zone had before the block was made, of
 * each setting that it has changed.
 *
 * @see cloudflare/cloudflare 4.52.0, internal/sdkv2provider/resource_cloudflare_zone_settings_override.go, expandRevertibleZoneSettings
 */
export function revertedEntries(instance: Instance): Entry[] {
  const [current, initial] = ["settings", "initial_settings"].map((name) => {
    const [block] = setBlocks(bodyOf(instance), name).blocks;
    return block;
  });
  return SETTING_IDS.flatMap((id): Entry[] => {
    const own = current && knownString(attribute(current, id));
    const earlier = initial && knownString(attribute(initial, id));
    if (own === undefined || own === "" || own === earlier) {
      return [];
    }
    const isKnown = earlier !== undefined && earlier !== "";
    const setting: Setting = isKnown ? { known: earlier } : "unreadable";
    return [{ id, setting, by: instance, reverts: true }];
  });
}

/** Without what is surely written over, by a block or by the deletion of one. */
export function remaining(
  all: readonly Entry[],
  id: SettingId,
  removal: Lookup["removal"],
): readonly Entry[] {
  const written = all.filter(({ reverts }) => reverts !== true);
  const whens = (entry: Entry) =>
    written.map((other) => (writes(other.by, id) ? removal(entry.by, other.by) : "last"));
  const left = all.filter((entry) => entry.reverts && !whens(entry).includes("first"));
  const [only, ...others] = left;
  if (only === undefined) {
    return written;
  }
  const isLast = others.length === 0 && whens(only).every((when) => when === "last");
  return isLast ? [only] : [...written, ...left];
}

/** Whether two blocks say the same of a setting. */
export function isSame({ setting }: Entry, other: Entry): boolean {
  return equalJson(setting as Json, other.setting as Json);
}

/** Whether the apply, as far as it has come, has a block write a setting anew. */
function writes(by: Instance, id: SettingId): boolean {
  if (by.action === "create") {
    return true;
  }
  const old = by.before === undefined ? by : { ...by, values: by.before, unknown: false };
  const settingOf = (one: Instance) =>
    (one.type === OVERRIDE ? overrideEntries(one) : singleEntry(one)).find(
      (each) => each.id === id || each.id === undefined,
    )?.setting ?? "unset";
  return by.action === "change" && !equalJson(settingOf(old) as Json, settingOf(by) as Json);
}
