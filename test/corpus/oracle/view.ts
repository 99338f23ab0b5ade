import pinned from "../../../lib/edge/ranges.pinned.json";
import type { CloudState } from "../../../sandbox/cloud/state";
import { boundaries, lookup, reaches } from "../../../sandbox/packets";
import { familyOf } from "../../../sandbox/packets/addresses";
import { balancers } from "../../../sandbox/packets/balancers";
import { all, blocks, text } from "../../../sandbox/packets/inventory";
import { inOrder, isPublic, NOT_PUBLIC, within } from "./universe";

export const EDGE: Readonly<Record<4 | 6, readonly string[]>> = { 4: pinned.ipv4, 6: pinned.ipv6 };

/** One way in which the edge asks an origin. */
export interface Connection {
  readonly port: number;
  readonly scheme: "http" | "https";
}

export type Visitor = "http" | "https";

/**
 * What the edge opens for each kind of visitor, by the zone's settings. Undefined where the cloud
 * has no SSL mode: then the mode is not told.
 *
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 */
export function connections(
  cloud: CloudState,
  hostname: string,
): Readonly<Partial<Record<Visitor, Connection>>> | undefined {
  const { ssl, always_use_https } = lookup(cloud, hostname).zone?.settings ?? {};
  const plain = { port: 80, scheme: "http" } as const;
  const tls = { port: 443, scheme: "https" } as const;
  const redirects = always_use_https === "on";
  if (ssl === "off") return { http: plain };
  if (ssl === "flexible") return redirects ? { https: plain } : { http: plain, https: plain };
  if (ssl === "full" || ssl === "strict")
    return { https: tls, ...(redirects ? {} : { http: plain }) };
  if (ssl === "origin_pull") return redirects ? { https: tls } : { http: tls, https: tls };
  return undefined;
}

/** Where a hostname leads, as far as it is of the family. */
export function targets(cloud: CloudState, hostname: string, family: 4 | 6): readonly string[] {
  const { addresses, names, proxied } = lookup(cloud, hostname);
  if (!proxied) return [];
  return [
    ...addresses.filter((address) => familyOf(address) === family),
    ...names.filter((name) => familiesOf(cloud, name).includes(family)),
  ];
}

function familiesOf(cloud: CloudState, name: string): readonly (4 | 6)[] {
  return balancers(cloud).find((balancer) => balancer.name === name)?.families ?? [4];
}

/** What stops a connection, or undefined. */
export interface Passage {
  readonly always: boolean;
  readonly sometimes: boolean;
  readonly by: readonly string[];
}

export function passage(
  cloud: CloudState,
  from: string,
  to: string,
  { port, scheme }: Connection,
): Passage {
  const { always, sometimes, stops } = reaches(cloud, { from, to, port });
  const by = [...new Set(stops.map((stop) => stop.by))].sort();
  if (!sometimes || speaks(cloud, to, port, scheme)) return { always, sometimes, by };
  return { always: false, sometimes, by: [...by, "scheme"] };
}

/** Whether a balancer's listener speaks the scheme; one that speaks no HTTP passes all on. */
function speaks(cloud: CloudState, to: string, port: number, scheme: string): boolean {
  const balancer = balancers(cloud).find(({ name }) => name === to);
  if (balancer === undefined) return true;
  const listeners = [...all(cloud, "aws_lb_listener"), ...all(cloud, "aws_alb_listener")];
  const modern = listeners.find(
    (listener) => listener.load_balancer_arn === balancer.id && Number(listener.port) === port,
  );
  const classic = all(cloud, "aws_elb")
    .filter(({ id }) => id === balancer.id)
    .flatMap(({ listener }) => blocks(listener))
    .find(({ lb_port }) => Number(lb_port) === port);
  const protocol = text(modern?.protocol ?? classic?.lb_protocol).toUpperCase();
  if (protocol === "TCP" || protocol === "TCP_UDP" || protocol === "") return true;
  return ["HTTPS", "TLS", "SSL"].includes(protocol) === (scheme === "https");
}

/** Every address at which an answer can change, lowest first. */
export function probes(cloud: CloudState, family: 4 | 6): readonly string[] {
  const more = [...EDGE[family], ...NOT_PUBLIC[family], family === 4 ? "0.0.0.0/0" : "2000::/3"];
  const { addresses } = boundaries(cloud, more);
  return inOrder(addresses.filter((address) => familyOf(address) === family));
}

export const ofEdge = (address: string): boolean =>
  EDGE[familyOf(address)].some((cidr) => within(cidr, address));

export const isStranger = (address: string): boolean => isPublic(address) && !ofEdge(address);
