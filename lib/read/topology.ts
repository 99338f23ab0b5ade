import type { EdgeFlow } from "../edge/flows";
import type { Assumption, Reason } from "../model/hop";
import type { Instance } from "../model/instance";
import type { Flow, Path, Route, Siblings } from "../model/path";
import type { DnsOnly, Originless, Topology } from "../model/topology";
import type { EdgeRecord } from "../model/zone";
import { withoutDetached } from "./detached";
import { EdgeFlows, type HostnameFlows } from "./hostname-flows";
import { Lookup, push } from "./lookup";
import { merged } from "./merged-paths";
import type { ReadOptions } from "./options";
import { type OriginTarget, unreadNames } from "./origin-target";
import { withIndexes } from "./own-index";
import { originOf, subjectOf } from "./path-origin";
import { customHostnames } from "./resources/cloudflare-custom-hostname";
import { readRecords } from "./resources/cloudflare-record";
import { type SpectrumOrigin, spectrumOrigins } from "./resources/cloudflare-spectrum";
import { Zones } from "./resources/cloudflare-zone";
import { Routes } from "./routes";
import type { ReadInput } from "./snapshot";
import { Targets } from "./targets";
import { withoutTwins } from "./twins";
import { withoutUndone } from "./undone";

/** Joins the inputs in one topology, with every path of every proxied record. */
export function readTopology(given: readonly ReadInput[], options: ReadOptions): Topology {
  const reads = withoutUndone(withoutTwins(withoutDetached(given)), options.removal);
  const before = new Lookup(reads.map((read) => ({ ...read, instances: read.before ?? [] })));
  const lookup = new Lookup(reads, before, options);
  const zones = new Zones(lookup, options.zones);
  const records = readRecords(lookup, zones, visitorPorts(options));
  const targets = new Targets(lookup, records.byHostname);
  const routes = new Routes(lookup, before, options);
  const partial = reads.flatMap(({ input }) => partialReason(input.label, input.partial));
  const edges = new EdgeFlows(records.taken);
  const reasons = new Map<EdgeRecord["zone"], readonly Reason[]>();
  const paths: Path[] = [];
  const originless: Originless[] = [];
  const dnsOnly = records.dnsOnly.filter((record) => !targets.isFronted(record));
  const fronted = records.dnsOnly.filter((record) => targets.isFronted(record));
  const more = [...fronted, ...customHostnames(lookup, zones)];
  const proxied = more.length === 0 ? records.proxied : [...records.proxied, ...more];
  for (const record of proxied) {
    const edge = edges.of(record);
    const shared = reasons.get(record.zone) ?? [...record.zone.reasons, ...partial];
    reasons.set(record.zone, shared);
    const own = pathsOf(record, edge, { targets, routes, shared });
    if (own.length === 0) {
      originless.push(originlessOf(record, edge, { targets, routes, shared }));
    }
    for (const path of merged(own)) {
      paths.push(path);
    }
  }
  const inputs = reads.map((read) => read.input);
  for (const origin of spectrumOrigins(lookup, zones)) {
    paths.push(
      ...spectrumPaths(origin, {
        targets,
        routes,
        shared: [...origin.record.zone.reasons, ...partial],
      }),
    );
  }
  const told = dnsOnly.map((record) => dnsOnlyOf(record, targets));
  const all = withIndexes(lookup, paths);
  return { inputs, instances: lookup.instances, paths: all, originless, dnsOnly: told };
}

/** The visitor ports that a record is declared with, by its own stack where that can be told. */
function visitorPorts(options: ReadOptions): (record: Instance) => readonly number[] | undefined {
  const declared = new Map<string, { stack: string; ports: readonly number[] }[]>();
  const stacks = new Set(options.sidecars.map(({ stack }) => stack));
  for (const { stack, records } of options.sidecars) {
    for (const [address, { visitorPorts: ports }] of Object.entries(records)) {
      push(declared, address, { stack, ports });
    }
  }
  return ({ address, input }) => {
    const all = declared.get(address) ?? [];
    const own = all.filter((each) => each.stack === input.label);
    const ports = (stacks.has(input.label) ? own : all).flatMap((each) => each.ports);
    return ports.length === 0 ? undefined : [...new Set(ports)];
  };
}

function partialReason(label: string, partial: string | undefined): Reason[] {
  return partial === undefined
    ? []
    : [{ id: "input/partial", subject: label, text: `${label}: ${partial}` }];
}

interface Reading {
  readonly targets: Targets;
  readonly routes: Routes;
  /** Reasons that all records of the zone share. */
  readonly shared: readonly Reason[];
}

/** Every path of a record: to its own origins, and to those that rules of the edge name. */
function pathsOf(record: EdgeRecord, edge: HostnameFlows, reading: Reading): readonly Path[] {
  const { targets, routes, shared } = reading;
  const reasons = edge.reasons.length === 0 ? shared : [...edge.reasons, ...shared];
  const origins = new Map<string | undefined, readonly OriginTarget[]>();
  const targetsOf = (name: string | undefined) => {
    const found =
      origins.get(name) ?? (name === undefined ? targets.of(record) : targets.named(record, name));
    origins.set(name, found);
    return found;
  };
  const cases = new Map<OriginTarget, Siblings>();
  return edge.flows.flatMap((flow) =>
    targetsOf(flow.origin).map((target): Path => {
      const siblings = cases.get(target) ?? { cases: casesAt(edge.cases, target.port) };
      cases.set(target, siblings);
      const own = record.certain && target.certain && flow.origin === undefined;
      const at = target.port === undefined ? flow : { ...flow, port: target.port };
      const route = routes.of(target, target.setsHost === true ? at : { ...at, hosts: edge.hosts });
      const path = pathOf(record, target, at, route, reasons);
      return own ? { ...path, siblings } : path;
    }),
  );
}

/** The paths of a Spectrum application to one of its origins. */
function spectrumPaths(
  { record, flow, unread }: SpectrumOrigin,
  reading: Reading,
): readonly Path[] {
  const { targets, routes, shared } = reading;
  const { address } = record.instance;
  const found = unread === undefined ? targets.of(record) : unreadNames(address, unread);
  const siblings = { cases: [[{ scheme: flow.scheme, port: flow.port, sure: true }]] };
  return merged(
    found.map((target) => {
      const route = routes.of(target, flow);
      const own = record.certain && target.certain ? { siblings } : {};
      return { ...pathOf(record, target, flow, route, shared), ...own };
    }),
  );
}

/** A pool's endpoint may have a port of its own. */
function casesAt(cases: Siblings["cases"], port: number | undefined): Siblings["cases"] {
  const moved = (one: Siblings["cases"][number][number]) =>
    port === undefined || one.port === 0 ? one : { ...one, port };
  return port === undefined ? cases : cases.map((all) => all.map(moved));
}

function originlessOf(
  record: EdgeRecord,
  { reasons, servers }: HostnameFlows,
  { targets, shared }: Reading,
): Originless {
  const { address, input } = record.instance;
  const tunnel = targets.tunnelOf(record);
  return {
    hostname: record.hostname,
    record: address,
    input: input.label,
    placeholder: tunnel === undefined && targets.of(record).length === 0,
    tunnel,
    servers,
    reasons: [...reasons, ...shared],
  };
}

function dnsOnlyOf(record: EdgeRecord, targets: Targets): DnsOnly {
  const { address, input } = record.instance;
  const found = targets.of(record).filter((target) => target.certain && target.kind !== "unread");
  return {
    hostname: record.hostname,
    record: address,
    input: input.label,
    origins: found.map(originOf),
  };
}

function pathOf(
  record: EdgeRecord,
  target: OriginTarget,
  edge: EdgeFlow,
  route: Route,
  reasons: readonly Reason[],
): Path {
  const { address, resource } = originOf(target);
  const flow: Flow = {
    hostname: record.hostname,
    record: record.instance.address,
    input: record.instance.input.label,
    family: target.family,
    origin: { address, resource, port: edge.port, scheme: edge.scheme },
    certain: record.certain && target.certain && edge.certain,
    because: clauseOf(record, target, edge),
    visitors: edge.visitor,
  };
  return {
    flow,
    route,
    reasons,
    assumptions: assumptionsOf(record.zone, target, route, edge),
  };
}

/** By route and zone: a route is to one target by one scheme, and many records share both. */
const ASSUMED = new WeakMap<Route, Map<EdgeRecord["zone"], Path["assumptions"]>>();

function assumptionsOf(
  zone: EdgeRecord["zone"],
  target: OriginTarget,
  route: Route,
  { scheme }: EdgeFlow,
): Path["assumptions"] {
  const served = () => (scheme === "https" ? [certificate(target)] : []);
  if (target.assumptions !== undefined) {
    return [...zone.assumptions, ...target.assumptions, ...served()];
  }
  const zones = ASSUMED.get(route) ?? new Map<EdgeRecord["zone"], Path["assumptions"]>();
  ASSUMED.set(route, zones);
  const shared = zones.get(zone) ?? [...zone.assumptions, ...served()];
  zones.set(zone, shared);
  return shared;
}

function clauseOf(record: EdgeRecord, target: OriginTarget, edge: EdgeFlow): string {
  const address = record.instance.address;
  if (record.proxied === false) {
    return `only if Cloudflare proxies ${address}, since the record that it names is proxied; ${edge.because}`;
  }
  if (!record.certain) {
    return `only if ${address} is proxied, which is known after apply; ${edge.because}`;
  }
  return target.certain
    ? edge.because
    : `only if ${address} leads to ${subjectOf(target)}, which is known after apply; ${edge.because}`;
}

function certificate(target: OriginTarget): Assumption {
  const subject = subjectOf(target);
  const text = `the server at ${subject} has a certificate that the SSL mode accepts`;
  return { id: "tls/certificate", subject, text };
}
