import type { Path } from "../model/path";

/** Paths that are compared with each other; more are sorted by what they lead to. */
const FEW = 8;

function isTo({ flow, route }: Path): (other: Path) => boolean {
  const { family, origin } = flow;
  return (other) =>
    other.route === route ||
    (other.flow.family === family &&
      other.flow.origin.address === origin.address &&
      other.flow.origin.resource === origin.resource &&
      other.flow.origin.port === origin.port);
}

/** Of one record, the same path through several names or candidates is one path. */
export function merged(paths: readonly Path[]): readonly Path[] {
  if (paths.length <= FEW && !paths.some((path, at) => paths.slice(0, at).some(isTo(path)))) {
    return paths;
  }
  const found = new Map<string, Path[]>();
  for (const path of paths) {
    const { family, origin } = path.flow;
    const key = JSON.stringify([family, origin]);
    const alike = found.get(key) ?? [];
    // Two addresses that are not printed look the same, but their hops differ.
    const known = alike.findIndex((each) => each.route === path.route);
    if (known < 0) {
      alike.push(path);
    } else if (path.flow.certain && alike[known]?.flow.certain === false) {
      alike[known] = path;
    }
    found.set(key, alike);
  }
  return [...found.values()].flat();
}
