import type { Assumption, Place } from "../../model/hop";
import type { Instance } from "../../model/instance";
import type { Path } from "../../model/path";
import type { ApplyGraph, Step } from "../../model/rollout";
import type { Family } from "../../net/cidr";
import type { CidrSet } from "../../net/cidr-set";
import type { Both } from "./things";

/** What a state, or the world before or after the apply, has for visitors. */
export interface Scene {
  readonly paths: readonly Path[];
  /** Hostnames that something answers, though no path is known: a Worker, a DNS-only record. */
  readonly answered: (hostname: string) => boolean;
  /** Hostnames whose visitors connect to the origin themselves. */
  readonly dnsOnly: (hostname: string) => boolean;
  /** What every path of the state rests on. */
  readonly assumptions?: readonly Assumption[];
}

/** The inputs, as the rollout statement asks about them. */
export interface World {
  readonly graph: ApplyGraph;
  /** By key: every object that the reader looks at. */
  readonly things: ReadonlyMap<string, Both>;
  readonly keyOf: (step: Step) => string;
  /** Keys of all that the paths of a hostname depend on, before, after and in between. */
  readonly slice: (hostname: string, records: readonly string[]) => ReadonlySet<string>;
  readonly recordKey: (input: string, address: string) => string;
  /** The same for hostnames of which all that matters is the same; undefined: unlike any other. */
  readonly likeness: (
    hostname: string,
    records: readonly string[],
    slice: ReadonlySet<string>,
  ) => string | undefined;
  /**
   * The paths that these instances make.
   *
   * @param past what there was before the apply: it explains what computed lists still show
   * @param during something is done, so that what was just begun need not run yet
   */
  readonly read: (now: readonly Instance[], past: readonly Instance[], during: boolean) => Scene;
  /** Whether something that no path is read by may fill a place too. */
  readonly mayBeOthers: (place: Place) => boolean;
  readonly edge: (family: Family) => CidrSet;
}
