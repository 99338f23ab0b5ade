import type { AppStack, OrderedPlan, PlannedApply, RawState, TerraformGraph } from "../model/apply";
import type { Input, Instance } from "../model/instance";
import type { ApplyGraph, Step } from "../model/rollout";
import { ZoneNames } from "../model/zone-names";
import { isGoneName } from "../prove/rollout/gone-names";
import { applyGraph } from "../prove/rollout/order";
import type { Both } from "../prove/rollout/things";
import type { Scene, World } from "../prove/rollout/world";
import { RECORD_TYPES } from "../read/link-rules";
import { Links, namesOf } from "../read/links";
import type { ReadOptions } from "../read/options";
import { deposedName } from "../read/plan";
import { READ_TYPES } from "../read/read-types";
import { Registrars } from "../read/registrars";
import type { Sidecar } from "../read/sidecar";
import type { ReadInput } from "../read/snapshot";
import { earlierStacks, stacksOf } from "../read/stack-order";
import { readTopology } from "../read/topology";
import { edgeChanges, likenessOf, tellsApart } from "./apply-likeness";

/** What is known of the order of an apply besides the plans. */
export interface OrderFacts {
  /** What `terraform graph -plan` writes of each plan. */
  readonly graphs: readonly TerraformGraph[];
  /** What `terraform state pull` writes. */
  readonly states: readonly RawState[];
  /** The stacks of the app that the plans are of. */
  readonly stacks?: readonly AppStack[];
}

/** The inputs as the rollout statement asks about them; undefined where nothing is applied. */
export function applyWorld(
  reads: readonly ReadInput[],
  options: ReadOptions,
  facts: OrderFacts,
): World | undefined {
  if (!reads.some(({ before }) => before !== undefined)) {
    return undefined;
  }
  const links = new Links(reads, options.origins);
  const things = thingsOf(reads, links);
  const labels = new Map(reads.map(({ input }) => [input.label, input]));
  const graph = plannedGraph(reads, options, facts);
  const keyOf = (step: Step) => links.key(addressOf(step));
  const ofEdge = edgeChanges(graph.steps, keyOf);
  const others = new Registrars(reads);
  return {
    graph,
    things,
    keyOf,
    recordKey: (label, address) => {
      const input = labels.get(label);
      return input === undefined ? "" : links.key({ input, address });
    },
    slice: (hostname, records) => links.closure([...records, ...links.recordsOf(hostname)]),
    likeness: (_, records, slice) =>
      ofEdge.size > 0 && [...slice].some((key) => ofEdge.has(key)) && tellsApart(things, slice)
        ? undefined
        : likenessOf(things, records, slice),
    read: (now, past, during) => sceneOf(reads, { ...options, during }, now, past),
    mayBeOthers: ({ assumption }) => assumption !== undefined && others.has(assumption.subject),
    edge: options.edge,
  };
}

/** The order of what the plans among the inputs do. */
export function plannedGraph(
  reads: readonly ReadInput[],
  options: ReadOptions,
  facts: OrderFacts,
): ApplyGraph {
  // A plan of a new stack beside one of something deployed: what it makes is not there yet either.
  const applies = reads.flatMap(({ apply }) => (apply === undefined ? [] : [apply()]));
  return applyGraph(orderedPlans(reads, applies, options, facts));
}

function addressOf({ input, address, deposed }: Step): Pick<Instance, "input" | "address"> {
  return deposed === undefined
    ? { input, address }
    : { input, ...deposedName({ address }, deposed) };
}

function thingsOf(reads: readonly ReadInput[], links: Links): ReadonlyMap<string, Both> {
  const found = new Map<string, { input: Input; before?: Instance; after?: Instance }>();
  const put = (instance: Instance, side: "before" | "after") => {
    if (READ_TYPES.has(instance.type)) {
      const key = links.key(instance);
      found.set(key, { ...(found.get(key) ?? { input: instance.input }), [side]: instance });
    }
  };
  for (const read of reads) {
    for (const instance of read.before ?? []) {
      put(instance, "before");
    }
    for (const instance of read.instances) {
      put(instance, "after");
    }
  }
  const both = [...found].map(([key, { input, before, after }]): [string, Both] => [
    key,
    { input, before, after },
  ]);
  return new Map(both);
}

function orderedPlans(
  reads: readonly ReadInput[],
  plans: readonly PlannedApply[],
  options: ReadOptions,
  { graphs, states, stacks = [] }: OrderFacts,
): readonly OrderedPlan[] {
  const stackOf = stacksOf(reads, stacks);
  return plans.map((plan) => {
    const { label } = plan.input;
    const of = <T extends { readonly label: string }>(given: readonly T[]): T | undefined =>
      plans.length === 1 && given.length === 1
        ? given[0]
        : given.find((each) => each.label === label);
    const own = stackOf.get(plan.input);
    const earlier = own === undefined ? undefined : earlierStacks(own, stacks);
    return {
      plan,
      graph: of(graphs),
      state: of(states),
      configured: configuredIn(options.sidecars, own?.stack ?? label),
      after: plans.filter(
        ({ input }) => input !== plan.input && earlier?.has(stackOf.get(input)?.stack ?? ""),
      ),
    };
  });
}

/** By block, what the configuration sets: of the plan's own stack, or of the only one. */
function configuredIn(
  sidecars: readonly Sidecar[],
  label: string,
): ReadonlyMap<string, boolean> | undefined {
  const own = sidecars.find(({ stack }) => stack === label);
  const sidecar = own ?? (sidecars.length === 1 ? sidecars[0] : undefined);
  return (
    sidecar &&
    new Map(
      Object.entries(sidecar.resources).map(([address, each]) => [
        address,
        each.createBeforeDestroy,
      ]),
    )
  );
}

function sceneOf(
  reads: readonly ReadInput[],
  options: ReadOptions,
  now: readonly Instance[],
  past: readonly Instance[],
): Scene {
  const of = (input: Input, instances: readonly Instance[]) =>
    reads.length === 1 ? instances : instances.filter((instance) => instance.input === input);
  const topology = readTopology(
    reads.map(({ input, configuration }) => ({
      input,
      configuration,
      instances: of(input, now),
      before: of(input, past),
    })),
    options,
  );
  const zones = new ZoneNames(now);
  const names = new Set([
    ...topology.originless.map(({ hostname }) => hostname),
    ...now
      .filter((instance) => RECORD_TYPES.has(instance.type) && !isGoneName(instance))
      .flatMap((instance) => zones.of(instance)),
  ]);
  const answered = (hostname: string) => namesOf(hostname).some((name) => names.has(name));
  const others = new Set(topology.originless.map(({ hostname }) => hostname));
  const told = new Set(topology.dnsOnly.map(({ hostname }) => hostname));
  const dnsOnly = (hostname: string) => told.has(hostname) && !others.has(hostname);
  return { paths: topology.paths, answered, dnsOnly };
}
