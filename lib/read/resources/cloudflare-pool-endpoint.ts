import type { Assumption } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { Value } from "../../model/value";
import { asNumber, attribute, type Block, bodyOf } from "../attributes";
import { booleanOf, plainAttribute, setBlocks } from "./cloudflare-value";

/** An endpoint of a pool that a balancer may choose. */
export interface Endpoint {
  readonly pool: Instance;
  readonly address: Value;
  readonly port: number | undefined;
  /** It is sent a Host header of its own. */
  readonly setsHost: boolean;
  readonly certain: boolean;
  readonly assumptions: readonly Assumption[];
}

/** What a balancer leads to: endpoints, and pools or endpoints that can't be read. */
export interface Endpoints {
  readonly endpoints: readonly Endpoint[];
  readonly unread: readonly { readonly subject: string; readonly text: string }[];
}

/** How a pool is chosen. */
export interface Chosen {
  readonly certain: boolean;
  readonly assumptions: readonly Assumption[];
}

/** @see https://developers.cloudflare.com/load-balancing/understand-basics/health-details/ */
export function endpointsIn(pool: Instance, chosen: Chosen): Endpoints {
  const body = bodyOf(pool);
  const on = booleanOf(attribute(body, "enabled"), true);
  if (on === false) {
    return { endpoints: [], unread: [] };
  }
  const { blocks, open } = setBlocks(body, "origins");
  const subject = pool.address;
  const unread = open ? [{ subject, text: `the origins of ${subject} are known after apply` }] : [];
  const found = blocks.map((block) =>
    endpointIn(block, pool, { ...chosen, certain: chosen.certain && on === true }),
  );
  return {
    endpoints: found.flatMap((each) => (each !== undefined && "pool" in each ? each : [])),
    unread: [
      ...unread,
      ...found.flatMap((each) => (each !== undefined && "text" in each ? each : [])),
    ],
  };
}

function endpointIn(
  block: Block,
  pool: Instance,
  chosen: Chosen,
): Endpoint | Endpoints["unread"][number] | undefined {
  const on = booleanOf(plainAttribute(block, "enabled"), true);
  const port = plainAttribute(block, "port");
  const weight = plainAttribute(block, "weight");
  const subject = pool.address;
  if (on === false) {
    return undefined;
  }
  if (attribute(block, "virtual_network_id").kind !== "unset") {
    return { subject, text: `an origin of ${subject} is reached through a virtual network` };
  }
  const number =
    port.kind === "unset" ? 0 : port.kind === "known" ? asNumber(port.value) : undefined;
  if (number === undefined || number < 0 || number > 65_535) {
    return { subject, text: `the port of an origin of ${subject} is not known` };
  }
  // One without weight is chosen only while others are down.
  const header = setBlocks(block, "header");
  const weighed = weight.kind === "unset" || (weight.kind === "known" && weight.value !== 0);
  return {
    pool,
    address: attribute(block, "address"),
    port: number === 0 ? undefined : number,
    setsHost: header.open || header.blocks.length > 0,
    certain: chosen.certain && on === true && weighed && pool.certain,
    assumptions: chosen.assumptions,
  };
}
