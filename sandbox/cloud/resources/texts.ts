import { equal, isObject, type ObjectValue, type Value } from "../../provider/value";
import type { Change } from "../handler";

export const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

export const texts = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

export const blocks = (value: Value | undefined): readonly ObjectValue[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Whether an update changes the attribute. */
export const changed = ({ prior, planned }: Change, name: string): boolean =>
  prior !== null && planned !== null && !equal(prior[name], planned[name]);
