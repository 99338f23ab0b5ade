import type { Hop, Place } from "../../model/hop";
import { nothing } from "../../net/bounds";
import type { Scene } from "./world";

/** By name, what the input shows to be there before the apply or after it. */
export type Places = ReadonlyMap<string, Place>;

/** What is surely filled before the apply or after it, and by nothing but the input. */
export function placesIn(ends: readonly Scene[]): Places {
  const hops = ends.flatMap(({ paths }) => paths.flatMap(({ route }) => route.hops));
  const taken = hops.flatMap(({ place }) => (place?.taken === true ? [place] : []));
  return new Map(taken.map((place) => [place.name, place]));
}

/**
 * A state as it is where nothing else fills a place that the input leaves empty for a while: the
 * same that its ends rest on.
 *
 * @param mayBeOthers whether something that no path is read by may fill it too
 */
export function withoutEmpty(
  scene: Scene,
  places: Places,
  mayBeOthers: (place: Place) => boolean,
): Scene {
  const closed = (hop: Hop): Hop => {
    const filled = hop.place?.taken === false ? places.get(hop.place.name) : undefined;
    return filled === undefined || mayBeOthers(filled) ? hop : emptied(hop, filled);
  };
  if (!scene.paths.some(({ route }) => route.hops.some(({ place }) => place?.taken === false))) {
    return scene;
  }
  const paths = scene.paths.map((path) => {
    const hops = path.route.hops.map(closed);
    return { ...path, route: { ...path.route, hops } };
  });
  return { ...scene, paths };
}

function emptied(hop: Hop, { assumption }: Place): Hop {
  const assumptions = assumption === undefined ? [] : [assumption];
  return { ...hop, bounds: nothing(hop.bounds.may.family), assumptions };
}
