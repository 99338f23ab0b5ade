import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { pathFrom } from "../synth/relative-path";

/**
 * The id of what a construct makes for one of several origins: a state address, which no other
 * origin's coming or going may change. In an id a slash becomes two hyphens, so that origins at
 * `x/y` and at `x--y` would have the same.
 *
 * @throws ConfigurationError `colliding-ids`
 */
export function childIdFor(
  scope: IConstruct,
  prefix: string,
  origin: IConstruct,
  origins: readonly IConstruct[],
): string {
  const id = idFrom(scope, origin);
  const other = origins.find((one) => one !== origin && idFrom(scope, one) === id);
  if (other !== undefined) {
    throw new ConfigurationError(
      "colliding-ids",
      `'origins' has ${origin.node.path} and ${other.node.path}, for which the id of what is made ` +
        `here would be ${prefix}${id} alike; rename one of the two`,
      scope,
    );
  }
  return `${prefix}${id}`;
}

function idFrom(scope: IConstruct, origin: IConstruct): string {
  return pathFrom(scope, origin).replaceAll("/", "--");
}
