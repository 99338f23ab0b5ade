import type { Input, Instance } from "../model/instance";
import { type JsonObject, member } from "../model/value";
import { NO_CONFIGURATION } from "./configuration";
import { instanceName } from "./instance-name";
import { resourcesIn } from "./resources-in";
import type { ReadInput } from "./snapshot";

/**
 * Reads state JSON (`terraform show -json`): what is deployed, every value known.
 *
 * @throws InputError where its shape is not that of a state
 */
export function readState(state: JsonObject, label: string): ReadInput {
  const input: Input = { kind: "state", label, partial: undefined };
  const instances = resourcesIn(member(state, "values"), label).map(
    (resource): Instance => ({
      ...instanceName(input, resource),
      values: member(resource, "values") ?? null,
      unknown: false,
      sensitive: member(resource, "sensitive_values") ?? false,
      configured: undefined,
      action: "keep",
      before: undefined,
    }),
  );
  return { input, configuration: NO_CONFIGURATION, instances, before: undefined };
}
