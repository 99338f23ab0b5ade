import type { Assumption, Reason } from "../../model/hop";
import type { Path } from "../../model/path";
import type { Step } from "../../model/rollout";
import type { ProvedPath } from "../verdict";
import { withHandedOver } from "./handed-over";
import { HostnameRollout, likeness } from "./hostname";
import { distinct } from "./offer";
import { Orders } from "./orders";
import { provisionerAssumptions, withAssumptions } from "./provisioners";
import { States } from "./states";
import type { Rollout } from "./verdict";
import type { World } from "./world";

/** The paths of every input, before and after the apply. */
export interface Ends {
  readonly before: readonly ProvedPath[];
  readonly after: readonly ProvedPath[];
}

/**
 * Decides the rollout of every path after the apply: whether what is available before and after
 * stays available in every state in between.
 *
 * @see docs/proof.md, "Rollout"
 */
export function decideRollouts(world: World, ends: Ends): readonly Rollout[] {
  const [steps, orders] = [stepsByKey(world), new Orders(world.graph)];
  const [past, now] = [byHostname(ends.before), byHostname(ends.after)];
  const shared = new Map<string, HostnameRollout>();
  const made = new Map<string, HostnameRollout>();
  const of = (hostname: string): HostnameRollout => {
    const known = made.get(hostname);
    if (known !== undefined) {
      return known;
    }
    const own = { before: past.get(hostname) ?? [], after: now.get(hostname) ?? [] };
    const records = recordsOf(world, [...own.before, ...own.after]);
    const slice = world.slice(hostname, records);
    const key = keyOf(world.likeness(hostname, records, slice), hostname, own);
    const found =
      (key === undefined ? undefined : shared.get(key)) ??
      new HostnameRollout(
        { world, orders, states: new States(world, slice, (each) => steps.get(each) ?? []) },
        hostname,
        own,
      );
    made.set(hostname, found);
    if (key !== undefined) {
      shared.set(key, found);
    }
    return found;
  };
  const left = [...past].filter(([hostname]) => !now.has(hostname));
  const handed = left.map(([hostname, paths]) => ({
    hostname,
    steps: stepsOn(world.slice(hostname, recordsOf(world, paths)), steps),
  }));
  const provisioners = provisionerAssumptions(world.graph.steps);
  return ends.after.map(({ path }) => {
    const { hostname } = path.flow;
    const given = { world, past: handed, isNew: !past.has(hostname) };
    const rollout = withHandedOver(ofPath(path, of(hostname)), hostname, given);
    return withAssumptions(rollout, provisioners);
  });
}

function stepsOn(keys: Iterable<string>, steps: ReturnType<typeof stepsByKey>): readonly Step[] {
  return [...keys].flatMap((key) => steps.get(key) ?? []);
}

/** The same for hostnames that have the same rollout. */
function keyOf(
  alike: string | undefined,
  hostname: string,
  { before, after }: { readonly before: readonly Path[]; readonly after: readonly Path[] },
): string | undefined {
  return alike && [alike, likeness(before, hostname), likeness(after, hostname)].join("\n\n");
}

function stepsByKey(world: World): ReadonlyMap<string, readonly Step[]> {
  const found = new Map<string, Step[]>();
  for (const step of world.graph.steps) {
    const key = world.keyOf(step);
    found.set(key, [...(found.get(key) ?? []), step]);
  }
  return found;
}

function byHostname(paths: readonly ProvedPath[]): ReadonlyMap<string, readonly Path[]> {
  const found = new Map<string, Path[]>();
  for (const { path } of paths) {
    const list = found.get(path.flow.hostname) ?? [];
    list.push(path);
    found.set(path.flow.hostname, list);
  }
  return found;
}

function recordsOf(world: World, paths: readonly Path[]): readonly string[] {
  const keys = paths.map(({ flow }) => world.recordKey(flow.input, flow.record));
  return [...new Set(keys)];
}

/** A path's rollout is that of what is owed to the visitors it serves. */
function ofPath({ flow }: Path, hostname: HostnameRollout): Rollout {
  const { family, origin } = flow;
  const via = { scheme: origin.scheme, port: origin.port };
  const own = flow.visitors.map((visitors) => hostname.of({ ...visitors, family, via }));
  const isHttps = flow.visitors.some(({ scheme, port }) => scheme === "https" && port === 443);
  const others = isHttps ? hostname.redirected(family) : [];
  const all = [...own, ...others.map((visitors) => hostname.of(visitors))];
  const owed = all.filter(({ verdict }) => verdict !== "notOwed");
  const verdict = (["refuted", "undetermined", "proved"] as const).find((each) =>
    owed.some((rollout) => rollout.verdict === each),
  );
  const deciding = all.filter((rollout) => rollout.verdict === verdict);
  const reasons: readonly Reason[] = all.flatMap((rollout) => rollout.reasons);
  const assumptions: readonly Assumption[] = all.flatMap((rollout) => rollout.assumptions);
  return {
    verdict: verdict ?? "notOwed",
    reasons: distinct(reasons),
    assumptions: distinct(assumptions),
    witness: deciding.find(({ witness }) => witness !== undefined)?.witness,
  };
}
