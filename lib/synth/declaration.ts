import type { TerraformElement } from "cdktf";
import type { IConstruct } from "constructs";
import { callerLine, type SourceLine } from "./source-line";
import { declareWeakening } from "./weakening";

// Node metadata, unlike a WeakMap, is shared between copies of this library in one app.
const SOURCE = "originproof:source";
const LOCK = "originproof:lock";
const ZONE = "originproof:zone";
const VISITOR_PORTS = "originproof:visitor-ports";

/** Keeps the user's line that made the construct, for findings. */
export function declareSource(construct: IConstruct): void {
  construct.node.addMetadata(SOURCE, { line: callerLine() });
}

/** The firewall is meant to admit nobody but the edge: being open to others is an error. */
export function declareLock(firewall: TerraformElement): void {
  firewall.node.addMetadata(LOCK, true);
}

/** The ports on which visitors reach the record's name. */
export function declareVisitorPorts(record: TerraformElement, ports: readonly number[]): void {
  record.node.addMetadata(VISITOR_PORTS, [...ports]);
}

/** What the user knows of a zone that the app doesn't make. */
export interface DeclaredZone {
  readonly name: string;
  /** As the API writes it. */
  readonly ssl: "off" | "flexible" | "full" | "strict" | "origin_pull" | undefined;
  readonly alwaysUseHttps: boolean | undefined;
}

/** The settings are taken on trust: every proof that rests on them lists them. */
export function declareZone(zone: IConstruct, known: DeclaredZone): void {
  zone.node.addMetadata(ZONE, known);
}

/** What {@link declareZone} was given. */
export function zoneOf(construct: IConstruct): DeclaredZone | undefined {
  return metadata<DeclaredZone>(construct, ZONE);
}

/** A source that a firewall admits besides the edge. */
export interface DeclaredException {
  /** In network form. */
  readonly cidr: string;
  /** The ports; none means all. */
  readonly ports: readonly number[];
  readonly reason: string;
  /** The last day it counts, in UTC; `undefined` where it never ends. */
  readonly expires: string | undefined;
}

/** The proof counts the source as meant to get in, through this firewall, and reports list it. */
export function declareException(firewall: IConstruct, exception: DeclaredException): void {
  declareWeakening(firewall, { kind: "exception", ...exception });
}

/** The user's line that made the construct of the library around an element. */
export function sourceOf(element: IConstruct): SourceLine | null {
  for (
    let construct: IConstruct | undefined = element;
    construct !== undefined;
    construct = construct.node.scope
  ) {
    const found = metadata<{ readonly line: SourceLine | null }>(construct, SOURCE);
    if (found !== undefined) {
      return found.line;
    }
  }
  return null;
}

/** Was {@link declareLock} called for it? */
export function isLock(element: IConstruct): boolean {
  return metadata<boolean>(element, LOCK) ?? false;
}

/** What {@link declareVisitorPorts} was given. */
export function visitorPortsOf(element: IConstruct): readonly number[] | undefined {
  return metadata<readonly number[]>(element, VISITOR_PORTS);
}

function metadata<T>(construct: IConstruct, type: string): T | undefined {
  return construct.node.metadata.find((entry) => entry.type === type)?.data;
}
