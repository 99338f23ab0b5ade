import type { Value } from "../../provider/value";
import { type Handler, objects, Refused, type World } from "../handler";

/**
 * A pool that a balancer names is not deleted.
 *
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/issues/66
 */
export const pool: Handler = {
  steps: ({ planned, current }) => {
    if (planned !== null) return [];
    const run = (world: World): undefined => {
      const balancers = objects(world, "cloudflare_load_balancer");
      if (balancers.some(({ attributes }) => names(attributes, current?.id))) {
        throw new Refused("1005: This object is referenced by other objects, delete them first.");
      }
    };
    return [{ call: "GET /load_balancers", run }];
  },
};

function names(value: Value | undefined, id: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === id;
  return Object.values(value).some((each) => names(each as Value, id));
}
