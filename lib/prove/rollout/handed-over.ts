import type { Reason } from "../../model/hop";
import type { Step } from "../../model/rollout";
import { ZoneNames } from "../../model/zone-names";
import type { Rollout } from "./verdict";
import type { World } from "./world";

/** What is asked of a hostname that had a path before the apply. */
interface Past {
  readonly hostname: string;
  readonly steps: readonly Step[];
}

/**
 * A name whose own record goes, and which a wildcard answers afterwards, had a path and has one:
 * in between nothing may answer it, which the wildcard's rollout says.
 *
 * @param past hostnames that have no path of their own after the apply, and what it does to theirs
 */
export function withHandedOver(
  rollout: Rollout,
  hostname: string,
  { world, past, isNew }: { world: World; past: readonly Past[]; isNew: boolean },
): Rollout {
  const switched = ({ action, type }: Step) => action === "delete" && isRecord(type);
  const handed = past.filter(
    (each) =>
      hostname.startsWith("*.") &&
      each.hostname.endsWith(hostname.slice(1)) &&
      (isNew || !each.steps.every(switched)) &&
      !hasRecord(world, each.hostname),
  );
  if (handed.length === 0 || rollout.verdict === "refuted") {
    return rollout;
  }
  const reasons = handed.map(({ hostname: name }): Reason => {
    const text = `${name} goes over to ${hostname}: what answers it meanwhile can't be told`;
    return { id: "rollout/name-gone", subject: name, text };
  });
  const own = rollout.verdict === "notOwed" ? [] : rollout.reasons;
  return { ...rollout, verdict: "undetermined", reasons: [...reasons, ...own] };
}

function isRecord(type: string): boolean {
  return type === "cloudflare_dns_record" || type === "cloudflare_record";
}

function hasRecord({ things }: World, hostname: string): boolean {
  const after = [...things.values()].flatMap((both) => both.after ?? []);
  const zones = new ZoneNames(after);
  return after.some((each) => isRecord(each.type) && zones.of(each).includes(hostname));
}
