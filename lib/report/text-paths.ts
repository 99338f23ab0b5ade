import { edgeRanges } from "../edge/ranges";
import { push } from "../read/lookup";
import type { PathReport } from "../rules/review-types";

/** In groups of equal keys, in the order of their first. */
export function grouped<T>(all: readonly T[], keyOf: (each: T) => string): readonly T[][] {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    push(groups, keyOf(each), each);
  }
  return [...groups.values()];
}

/** The address of a path's origin, or the resource that will have it. */
export function originOf(path: Pick<PathReport, "origin">): string {
  return path.origin.address ?? path.origin.resource ?? "an address known after apply";
}

/**
 * `www.example.com, api.example.com and 38 more → 198.51.100.7 tcp/80, tcp/443`.
 *
 * @param known what the reader has been told already: an origin of that name is left out
 */
export function namesOf(
  paths: readonly Pick<PathReport, "hostname" | "origin">[],
  most: number,
  known = "",
): string {
  const hostnames = [...new Set(paths.map((path) => path.hostname))];
  const more = hostnames.length - most;
  const names = hostnames.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const origins = [...new Set(paths.map(originOf))];
  const rest = origins.length > most ? ", …" : "";
  const ports = [...new Set(paths.map((path) => path.origin.port))].sort((a, b) => a - b);
  const tcp = ports.map((port) => `tcp/${port}`).join(", ");
  const shown = `${origins.slice(0, most).join(", ")}${rest}`;
  return shown === known ? `${names}: ${tcp}` : `${names} → ${shown} ${tcp}`;
}

/** Ranges of the edge, the first six by name. */
export function missingText(missing: readonly string[], family: PathReport["family"]): string {
  const all = edgeRanges().cidrs(family);
  if (all.every((cidr) => missing.includes(cidr.text))) {
    return `all ${all.length} IPv${family} ranges`;
  }
  const more = missing.length > 6 ? ` and ${missing.length - 6} more` : "";
  return missing.slice(0, 6).join(", ") + more;
}
