import type { Review } from "../rules/review-types";
import { wrapped } from "./block";
import { forTerminal } from "./escape";

/** Hostnames that a line names; the JSON report has all of them. */
const MOST = 3;

/** Hostnames that have no path, since Cloudflare connects to no origin for them. */
export function originlessLines({ originless }: Review, width: number): readonly string[] {
  const names = [...new Set(originless.map(({ hostname }) => hostname))].map(forTerminal);
  if (names.length === 0) {
    return [];
  }
  const more = names.length - MOST;
  const shown = names.slice(0, MOST).join(", ");
  const all = more > 0 ? `${shown} and ${more} more (see --format json)` : shown;
  const kinds = (["tunnel", "placeholder", "redirect"] as const)
    .filter((kind) => originless.some(({ because }) => because === kind))
    .map((kind) => ORIGINLESS_WORDS[kind]);
  return wrapped("no path ", `${all}: ${kinds.join("; ")}`, width);
}

/** Why no path leads from a hostname to an origin. */
export const ORIGINLESS_WORDS = {
  tunnel: "a tunnel, which connects to Cloudflare itself",
  placeholder: "a placeholder address, so Cloudflare connects to no origin",
  redirect: "Cloudflare redirects every request",
} as const;
