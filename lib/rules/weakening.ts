import { parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import type { Exception } from "../prove/prove";
import { push } from "../read/lookup";
import type { Sidecar } from "../read/sidecar";
import { type Config, isExpired } from "./config";
import type { Source } from "./finding";

/** Something that a user chose to know better than the proof. Every report lists it. */
export interface Weakening {
  readonly kind: "acknowledged" | "exception" | "filtered-elsewhere";
  /** The construct's path, a Terraform address, or `originproof.config.json`. */
  readonly subject: string;
  /** The rule's id, `198.51.100.7/32 on tcp/22`, or the addresses. */
  readonly what: string;
  readonly reason: string;
  /** The last day it counts, in UTC. */
  readonly expires: string | null;
  /** `expiring` in its last 14 days. */
  readonly state: "valid" | "expiring" | "expired";
  /** Null for what the configuration file declares. */
  readonly constructPath: string | null;
  readonly source: Source | null;
}

/** A weakening with the source that it lets in, where it is an exception. */
export interface Declaration {
  readonly weakening: Weakening;
  readonly exception: Exception | null;
}

/** What a construct declares, as its sidecar tells. */
export type Declared = Sidecar["weakened"][number];
type DeclaredException = Declared & { readonly kind: "exception" };

/** What findings about the configuration file call it. */
export const CONFIG_FILE = "originproof.config.json";

const WARNING_DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;

/** What weakens the proof, of the configuration file and of constructs, ordered by content. */
export function declarationsOf(
  config: Config,
  sidecars: readonly Sidecar[],
  today: Date,
): readonly Declaration[] {
  const made = [
    ...config.acknowledged.map((each): Declaration => {
      const said = weakening({ kind: "acknowledged", what: each.rule, ...each }, today);
      return { weakening: said, exception: null };
    }),
    ...config.exceptions.map((each): Declaration => {
      const what = sourcesText(each.cidr, each.ports);
      const said = weakening({ kind: "exception", subject: CONFIG_FILE, what, ...each }, today);
      return { weakening: said, exception: exceptionOf(each.cidr, each.ports) };
    }),
    ...declaredIn(sidecars).map((each): Declaration => {
      const subject = each.constructPath === "" ? "the app" : each.constructPath;
      const said = weakening({ subject, what: whatOf(each), ...each }, today);
      return { weakening: said, exception: exceptionIn(each, sidecars) };
    }),
  ];
  const keyed = new Map(made.map((each) => [keyOf(each.weakening), each]));
  return [...keyed].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each);
}

/** Through the firewall that declares it alone. */
function exceptionIn(each: Declared, sidecars: readonly Sidecar[]): Exception | null {
  const made = each.kind === "exception" ? exceptionOf(each.cidr, each.ports) : null;
  return made && { ...made, resources: resourcesOf(sidecars, [each as DeclaredException]) };
}

function exceptionOf(cidr: string, ports: readonly number[]): Exception | null {
  const parsed = parseCidr(cidr);
  if (!parsed.ok) {
    return null;
  }
  const { family } = parsed.value;
  return { family, sources: CidrSet.of(family, [parsed.value]), ports };
}

/** Sources that firewalls of the app are meant to admit: through those firewalls alone. */
export function declaredExceptions(sidecars: readonly Sidecar[], today: Date): Exception[] {
  const alike = new Map<string, DeclaredException[]>();
  for (const each of declaredIn(sidecars)) {
    if (each.kind === "exception" && !isExpired(expiryOf(each), today)) {
      push(alike, JSON.stringify([each.cidr, [...each.ports].sort()]), each);
    }
  }
  return [...alike.values()].flatMap((all): Exception[] => {
    const [{ cidr, ports } = { cidr: "", ports: [] }] = all;
    const made = exceptionOf(cidr, ports);
    return made === null ? [] : [{ ...made, resources: resourcesOf(sidecars, all) }];
  });
}

/** Resources below one of the declarations: two stacks with the same address must both have it. */
function resourcesOf(
  sidecars: readonly Sidecar[],
  all: readonly DeclaredException[],
): ReadonlySet<string> {
  const found = new Map<string, boolean>();
  for (const [address, { constructPath }] of sidecars.flatMap((sidecar) =>
    Object.entries(sidecar.resources),
  )) {
    const covered = all.some((each) => isBelow(constructPath, each.constructPath));
    found.set(address, covered && found.get(address) !== false);
  }
  return new Set([...found].flatMap(([address, covered]) => (covered ? [address] : [])));
}

/** Is the construct the other one, or below it? */
export function isBelow(constructPath: string, ancestor: string): boolean {
  return ancestor === "" || constructPath === ancestor || constructPath.startsWith(`${ancestor}/`);
}

/** The address of the block that an instance is of: without the keys of `count` and `for_each`. */
export function blockOf(address: string): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, "");
}

/** What constructs declare, of all stacks. */
export function declaredIn(sidecars: readonly Sidecar[]): readonly Declared[] {
  return sidecars.flatMap(({ weakened }) => weakened);
}

/** Its last day, where it has one. */
export function expiryOf(each: Declared): string | undefined {
  return each.expires ?? undefined;
}

function whatOf(each: Declared): string {
  switch (each.kind) {
    case "acknowledged":
      return each.rule;
    case "exception":
      return sourcesText(each.cidr, each.ports);
    case "filtered-elsewhere":
      return each.addresses.join(", ");
  }
}

function sourcesText(cidr: string, ports: readonly number[]): string {
  return ports.length === 0 ? cidr : `${cidr} on ${ports.map((port) => `tcp/${port}`).join(", ")}`;
}

function weakening(
  given: Omit<Weakening, "state" | "expires" | "constructPath" | "source"> &
    Partial<Pick<Weakening, "constructPath" | "source">> & {
      readonly expires?: string | null | undefined;
    },
  today: Date,
): Weakening {
  const { kind, subject, what, reason, constructPath = null, source = null } = given;
  const expires = given.expires ?? null;
  const state = stateOf(expires, today);
  return { kind, subject, what, reason, expires, state, constructPath, source };
}

function stateOf(expires: string | null, today: Date): Weakening["state"] {
  if (expires === null) {
    return "valid";
  }
  const soon = new Date(today.getTime() + WARNING_DAYS * DAY);
  return isExpired(expires, today) ? "expired" : isExpired(expires, soon) ? "expiring" : "valid";
}

function keyOf({ kind, subject, what, expires, reason }: Weakening): string {
  return JSON.stringify([kind, subject, what, expires, reason]);
}
