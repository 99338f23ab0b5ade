import { parseCidr } from "../net/cidr";
import { CidrSet } from "../net/cidr-set";
import type { Exception } from "../prove/prove";
import { push } from "../read/lookup";
import type { Sidecar } from "../read/sidecar";
import { type Config, isExpired } from "./config";
import type { Acknowledged, Source } from "./finding";

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

type Declared = Sidecar["weakened"][number];
type DeclaredException = Declared & { readonly kind: "exception" };

const WARNING_DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;

/** What weakens the proof, of the configuration file and of constructs, ordered by content. */
export function weakeningsOf(
  config: Config,
  sidecars: readonly Sidecar[],
  today: Date,
): readonly Weakening[] {
  const made = [
    ...config.acknowledged.map((each) =>
      weakening({ kind: "acknowledged", what: each.rule, ...each }, today),
    ),
    ...config.exceptions.map((each) => {
      const what = sourcesText(each.cidr, each.ports);
      const subject = "originproof.config.json";
      return weakening({ kind: "exception", subject, what, ...each }, today);
    }),
    ...declaredIn(sidecars).map((each) =>
      weakening(
        {
          subject: each.constructPath === "" ? "the app" : each.constructPath,
          what: whatOf(each),
          ...each,
        },
        today,
      ),
    ),
  ];
  const keyed = new Map(made.map((each) => [keyOf(each), each]));
  return [...keyed].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each);
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
    const parsed = parseCidr(cidr);
    if (!parsed.ok) {
      return [];
    }
    const { family } = parsed.value;
    const sources = CidrSet.of(family, [parsed.value]);
    return [{ family, sources, ports, resources: resourcesOf(sidecars, all) }];
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

/** Finds what acknowledges a finding, by its rule and subject. */
export class AcknowledgedFindings {
  readonly #paths = new Map<string, readonly string[]>();

  constructor(
    private readonly config: Config,
    private readonly sidecars: readonly Sidecar[],
    private readonly today: Date,
  ) {
    for (const sidecar of sidecars) {
      for (const [address, { constructPath }] of Object.entries(sidecar.resources)) {
        this.#paths.set(address, [...(this.#paths.get(address) ?? []), constructPath]);
      }
    }
  }

  /** @param subject Terraform addresses, with commas between them */
  public of(rule: string, subject: string): Acknowledged | null {
    const found = this.config.acknowledged.find(
      (each) => each.rule === rule && each.subject === subject && this.counts(each.expires),
    );
    return found === undefined
      ? this.declared(rule, subject)
      : { reason: found.reason, expires: found.expires ?? null };
  }

  /** Every resource that the finding is about must lie below a construct that acknowledges it. */
  private declared(rule: string, subject: string): Acknowledged | null {
    const known = declaredIn(this.sidecars).filter(
      (each) => each.kind === "acknowledged" && each.rule === rule && this.counts(expiryOf(each)),
    );
    const covering = subject.split(", ").map((address) => {
      const paths = this.#paths.get(blockOf(address)) ?? [];
      const covers = (each: Declared) => paths.every((path) => isBelow(path, each.constructPath));
      return paths.length === 0 ? undefined : known.find(covers);
    });
    const [first] = covering;
    return first === undefined || covering.includes(undefined)
      ? null
      : { reason: first.reason, expires: first.expires };
  }

  private counts(expires: string | undefined): boolean {
    return !isExpired(expires, this.today);
  }
}

/** Is the construct the other one, or below it? */
export function isBelow(constructPath: string, ancestor: string): boolean {
  return ancestor === "" || constructPath === ancestor || constructPath.startsWith(`${ancestor}/`);
}

/** The address of the block that an instance is of: without the keys of `count` and `for_each`. */
export function blockOf(address: string): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, "");
}

function declaredIn(sidecars: readonly Sidecar[]): readonly Declared[] {
  return sidecars.flatMap(({ weakened }) => weakened);
}

function expiryOf(each: Declared): string | undefined {
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
