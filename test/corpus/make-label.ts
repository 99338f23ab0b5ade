import type { CloudState } from "../../sandbox/cloud/state";
import type { Case, ExpectedPath } from "./case";
import type { Label, PathLabel, RolloutLabel, StatementLabel } from "./label";
import { rolloutOf } from "./oracle/rollout";
import { verdictsOf } from "./oracle/verdicts";
import { connections, targets } from "./oracle/view";

/** What became of a plan. */
export interface Made {
  readonly after: CloudState;
  /** `terraform show -json` of the state afterwards. */
  readonly values: unknown;
  readonly before?: CloudState;
  readonly watched?: { readonly states: readonly CloudState[]; readonly applies: number };
}

/** @throws Error where the oracles contradict what the case's author expects */
export function labelOf(each: Case, made: Made): Label {
  const paths = each.paths.map((path) => pathLabel(each, path, made));
  if (each.portsByHand !== true && each.hidden === undefined) samePorts(each, made.after);
  const { watched } = made;
  return {
    paths,
    rules: [...(each.rules ?? [])].sort(),
    ...(watched === undefined ? {} : { applies: watched.applies }),
  };
}

function pathLabel(each: Case, path: ExpectedPath, made: Made): PathLabel {
  const { hostname = "www.example.com", family = 4, port = 443, origin } = path;
  const seen = each.hidden !== undefined || family === null || port === null;
  const found = seen ? undefined : observed(each, path, made);
  const named = `${hostname} IPv${family} tcp/${port}`;
  return {
    ...{ hostname, family, port, origin: origin ?? null },
    availability: agreed(`${named} availability`, path.availability, found?.availability),
    exclusivity: agreed(`${named} exclusivity`, path.exclusivity, found?.exclusivity),
    rollout: rolloutLabel(`${named} rollout`, path.rollout, found?.rollout),
    reasons: [...(path.reasons ?? [])].sort(),
  };
}

interface Observed {
  readonly availability: StatementLabel;
  readonly exclusivity: StatementLabel;
  readonly rollout: RolloutLabel | undefined;
}

function observed(each: Case, path: ExpectedPath, made: Made): Observed {
  const { hostname = "www.example.com", port = 443, origin } = path;
  const family = path.family ?? 4;
  const scheme = path.scheme ?? (port === 80 ? "http" : "https");
  const connection = { port: port ?? 443, scheme };
  const to =
    origin === undefined
      ? targets(made.after, hostname, family)
      : [addressOf(made.values, origin, family)];
  const served = { hostname, family, connection, fixed: each.portsByHand === true };
  const { before, watched, after } = made;
  return {
    ...verdictsOf(after, { ...connection, to, family }),
    rollout:
      before === undefined || watched === undefined
        ? undefined
        : rolloutOf({ before, after, during: watched.states }, served),
  };
}

function agreed(
  what: string,
  expected: StatementLabel["verdict"],
  found: StatementLabel | undefined,
): StatementLabel {
  if (expected === "undetermined") return { verdict: expected, ...seenOf(found) };
  if (found === undefined)
    throw new Error(`${what}: the oracle sees nothing, and so must the label`);
  if (found.verdict === expected) return found;
  throw new Error(
    `${what}: expected ${expected}, but the packet view says ${JSON.stringify(found)}`,
  );
}

function rolloutLabel(
  what: string,
  expected: ExpectedPath["rollout"],
  found: RolloutLabel | undefined,
): RolloutLabel | null {
  if (expected === undefined && found === undefined) return null;
  if (expected === "undetermined") return { verdict: expected, ...seenOf(found) };
  if (found?.verdict === expected && found !== undefined) return found;
  throw new Error(`${what}: expected ${expected}, but applies showed ${JSON.stringify(found)}`);
}

/** What the oracle saw of something that the input hides. */
const seenOf = <V extends string>(found: { readonly verdict: V } | undefined): { seen?: V } =>
  found === undefined ? {} : { seen: found.verdict };

/** The paths of a hostname are those that the zone's settings give. */
function samePorts(each: Case, cloud: CloudState): void {
  for (const hostname of new Set(each.paths.map((path) => path.hostname ?? "www.example.com"))) {
    const known = connections(cloud, hostname);
    if (known === undefined) continue;
    const ports = new Set(Object.values(known).map((connection) => connection.port));
    const listed = new Set(
      each.paths
        .filter((path) => (path.hostname ?? "www.example.com") === hostname)
        .map((path) => path.port ?? 443),
    );
    const same = [...ports].sort().join() === [...listed].sort().join();
    if (!same) {
      throw new Error(
        `${hostname}: the settings give ports ${[...ports]}, the case ${[...listed]}`,
      );
    }
  }
}

interface Module {
  readonly resources?: readonly { readonly address: string; readonly values: object }[];
  readonly child_modules?: readonly Module[];
}

/** The public address or name that a resource has after the apply. */
function addressOf(state: unknown, address: string, family: 4 | 6): string {
  const { root_module = {} } = (state as { values?: { root_module?: Module } }).values ?? {};
  const find = (module: Module): object | undefined =>
    module.resources?.find((resource) => resource.address === address)?.values ??
    module.child_modules?.map(find).find((found) => found !== undefined);
  const values = (find(root_module) ?? {}) as Readonly<Record<string, unknown>>;
  const [ipv6] = (values.ipv6_addresses ?? []) as readonly string[];
  const text = family === 6 ? (ipv6 ?? values.dns_name) : (values.public_ip ?? values.dns_name);
  if (typeof text !== "string" || text === "") throw new Error(`${address} has no address`);
  return text;
}
