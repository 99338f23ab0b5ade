import { HTTPS_PORTS, type Scheme } from "../../edge/ports";
import type { RuledFlow } from "../../edge/ruled-flows";
import type { Instance } from "../../model/instance";
import { type Json, knownString, type Value } from "../../model/value";
import type { EdgeRecord } from "../../model/zone";
import { parseAddress } from "../../net/cidr";
import {
  asNumber,
  attribute,
  type Block,
  bodyOf,
  listAttribute,
  nestedBlocks,
} from "../attributes";
import type { Lookup } from "../lookup";
import { fullName } from "./cloudflare-hostname";
import type { Zones } from "./cloudflare-zone";

/** An origin of a Spectrum application: a record that leads there, with the one flow it has. */
export interface SpectrumOrigin {
  /** Its content is what leads to the origin; undefined where that is not read. */
  readonly record: EdgeRecord;
  readonly flow: RuledFlow;
  readonly unread: string | undefined;
}

/** The origins of every Spectrum application. */
export function spectrumOrigins(lookup: Lookup, zones: Zones): readonly SpectrumOrigin[] {
  return lookup
    .managed("cloudflare_spectrum_application")
    .flatMap((instance) => originsOf(instance, zones));
}

/** Where an application sends a connection: a name or address, and a port. */
type Place = { readonly host: string; readonly port: number } | { readonly unread: string };

function originsOf(instance: Instance, zones: Zones): SpectrumOrigin[] {
  const body = bodyOf(instance);
  const zone = zones.zoneOf(instance);
  const [dns] = nestedBlocks(body, "dns").blocks;
  const name = dns && knownString(attribute(dns, "name"));
  const hostname = name === undefined ? `(the name of ${instance.address})` : fullName(name, zone);
  const protocol = knownString(attribute(body, "protocol"));
  const port = portOf(protocol ?? "");
  const places: readonly Place[] =
    port === undefined
      ? [
          {
            unread: `originproof reads one TCP port, and ${instance.address} has ${protocol ?? "a protocol known after apply"}`,
          },
        ]
      : placesOf(instance, body, port);
  return places.map((place) => {
    const host = "host" in place ? place.host : "";
    const to = "port" in place ? place.port : (port ?? firstPort(protocol));
    const parsed = parseAddress(host);
    const type = parsed.ok ? (parsed.value.family === 4 ? "A" : "AAAA") : "CNAME";
    const content: Value = { kind: "known", value: host, sensitive: false };
    const record = {
      instance,
      zone,
      hostname,
      host: [hostname],
      type,
      content,
      proxied: true,
      certain: instance.certain,
      visitorPorts: undefined,
    } as const;
    const scheme = schemeOf(body, to);
    return {
      record,
      flow: flowOf(instance, scheme ?? "http", { visitor: port ?? to, origin: to }),
      unread:
        "unread" in place
          ? place.unread
          : isHttp(body)
            ? `${instance.address} speaks to its origin by the HTTP settings of its zone, which originproof does not read for Spectrum`
            : scheme === undefined
              ? `how ${instance.address} speaks to its origin is known after apply`
              : undefined,
    };
  });
}

/** `tcp/443`: ranges of ports and UDP are not read. */
function portOf(protocol: string): number | undefined {
  const [, digits] = /^tcp\/(\d{1,5})$/i.exec(protocol) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  return port !== undefined && port >= 1 && port <= 65_535 ? port : undefined;
}

/** The first port of a range, so that its path has one to show. */
function firstPort(protocol: string | undefined): number {
  return Number(/\d{1,5}/.exec(protocol ?? "")?.[0] ?? 0);
}

/** @see https://developers.cloudflare.com/spectrum/reference/configuration-options/ */
function placesOf(instance: Instance, body: Block, port: number): readonly Place[] {
  const unread = { unread: `the origin of ${instance.address} is known after apply` };
  const direct = listAttribute(body, "origin_direct");
  if (direct !== "unset") {
    const known = direct.known.map((item) => placeOf(item, instance));
    return direct.open || direct.sensitive || known.length === 0 ? [unread] : known;
  }
  const [dns] = nestedBlocks(body, "origin_dns").blocks;
  const host = dns && knownString(attribute(dns, "name"))?.toLowerCase();
  const given = attribute(body, "origin_port");
  const number =
    given.kind === "unset" ? port : given.kind === "known" ? asNumber(given.value) : undefined;
  return host === undefined || number === undefined ? [unread] : [{ host, port: number }];
}

/** `tcp://198.51.100.7:443`, `tcp://[2001:db8::7]:443`. */
function placeOf(item: Json, instance: Instance): Place {
  const text = typeof item === "string" ? item : "";
  const [, six, four, digits] = /^tcp:\/\/(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = six ?? four;
  const port = Number(digits);
  return host === undefined || port < 1 || port > 65_535
    ? { unread: `an origin of ${instance.address} is no TCP address with one port` }
    : { host, port };
}

/** Spectrum then hands on to what proxies HTTP, with its modes and rules. */
function isHttp(body: Block): boolean {
  return ["http", "https"].includes(knownString(attribute(body, "traffic_type")) ?? "");
}

/**
 * Whether the origin must speak TLS. What passes through as it is speaks it on the ports that are
 * for it.
 */
function schemeOf(body: Block, port: number): Scheme | undefined {
  const tls = attribute(body, "tls");
  const traffic = attribute(body, "traffic_type");
  if (tls.kind === "unknown" || traffic.kind === "unknown") {
    return undefined;
  }
  switch (knownString(tls) ?? "off") {
    case "full":
    case "strict":
      return "https";
    case "flexible":
      return "http";
    default:
      return HTTPS_PORTS.includes(port) ? "https" : "http";
  }
}

function flowOf(
  { address, certain }: Instance,
  scheme: Scheme,
  port: { readonly visitor: number; readonly origin: number },
): RuledFlow {
  const because = `${certain ? "" : "only if it exists: "}${address} forwards tcp/${port.visitor}`;
  const visitor = [{ scheme, port: port.visitor }];
  return { visitor, scheme, port: port.origin, certain, because, origin: undefined };
}
