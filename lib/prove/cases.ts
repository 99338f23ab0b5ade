import type { Path, Siblings } from "../model/path";

/**
 * Paths of a record to an origin of which, under every combination of the settings that the input
 * leaves open, at least one is refuted: the site is cut off whatever the settings are, though no
 * single flow is certain.
 *
 * @param isRefuted whether the hops of a path stop a part of the edge
 * @see docs/proof.md, "Flows"
 */
export function cutOffInEveryCase(
  paths: readonly Path[],
  isRefuted: (index: number) => boolean,
): ReadonlySet<Siblings> {
  const refuted = new Map<Siblings, Set<string>>();
  paths.forEach(({ flow, siblings, reasons }, index) => {
    if (siblings !== undefined && reasons.length === 0 && isRefuted(index)) {
      const known = refuted.get(siblings) ?? new Set<string>();
      known.add(`${flow.origin.scheme} ${flow.origin.port}`);
      refuted.set(siblings, known);
    }
  });
  const found = [...refuted].filter(([{ cases }, cut]) => cases.every((one) => isCut(one, cut)));
  return new Set(found.map(([siblings]) => siblings));
}

/** One that surely exists is cut; or else all that may. */
function isCut(connections: Siblings["cases"][number], cut: ReadonlySet<string>): boolean {
  const isIn = ({ scheme, port }: Siblings["cases"][number][number]) =>
    cut.has(`${scheme} ${port}`);
  return connections.some((one) => one.sure && isIn(one)) || connections.every(isIn);
}
