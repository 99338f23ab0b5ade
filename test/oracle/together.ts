import type { Blocks } from "../support/aws-web";
import type { Change } from "./rollout-oracle";

/**
 * Changes of the site `s0` that can share one apply, each as a site of its own. What happens to any
 * machine makes the prover doubt where an interface is attached, so that a site with an interface
 * goes only with such as leave their machines alone.
 */
export function together(changes: readonly Change[], most: number): readonly (readonly Change[])[] {
  const isQuiet = ({ before, after }: Change) =>
    JSON.stringify(before.aws_instance) === JSON.stringify(after.aws_instance);
  const hasInterface = ({ before }: Change) => before.aws_network_interface !== undefined;
  const [quiet, loud] = [changes.filter(isQuiet), changes.filter((each) => !isQuiet(each))];
  const alone = loud.filter(hasInterface);
  const groups = [quiet, loud.filter((each) => !hasInterface(each)), ...alone.map((one) => [one])];
  return groups.flatMap((group) => slices(group, most)).map((group) => group.map(renamed));
}

function slices<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / most);
  return Array.from({ length: count }, (_, at) => list.slice(at * most, (at + 1) * most));
}

/** The same change of the site with this number. */
export function renamed({ seed, before, after }: Change, to: number): Change {
  const [from = ""] = Object.keys(before.aws_vpc ?? {});
  const name = new RegExp(`\\b${from}(?![0-9])`, "g");
  const as = (site: Blocks): Blocks => JSON.parse(JSON.stringify(site).replaceAll(name, `s${to}`));
  return { seed, before: as(before), after: as(after) };
}
