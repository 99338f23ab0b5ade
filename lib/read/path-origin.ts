import { member } from "../model/value";
import type { OriginTarget } from "./origin-target";

/** The address and the resource of an origin, as far as they may be printed. */
export function originOf(target: OriginTarget): {
  address: string | null;
  resource: string | null;
} {
  switch (target.kind) {
    case "resource":
      return { address: knownAddress(target), resource: target.instance.address };
    case "literal":
      return { address: target.sensitive ? null : target.address.text, resource: null };
    case "unread":
      return { address: null, resource: target.subject };
  }
}

function knownAddress(target: OriginTarget & { kind: "resource" }): string | null {
  if (target.hidden === true) {
    return null;
  }
  const { values, sensitive } = target.instance;
  const value = member(values, target.attribute);
  const marked = sensitive === true || Boolean(member(sensitive, target.attribute));
  return typeof value === "string" && value !== "" && !marked ? value : null;
}

/** What texts call an origin. */
export function subjectOf(target: OriginTarget): string {
  const { address, resource } = originOf(target);
  return resource ?? address ?? "a sensitive address";
}
