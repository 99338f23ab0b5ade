import type { Configured, Input, Instance } from "../../model/instance";
import { isForgotten } from "../../model/kept-on-delete";
import type { Step } from "../../model/rollout";
import { isObject, NO_REFERENCES } from "../../model/value";
import { KEEPS_ITS_VALUE } from "./atomicity";
import { type Footprint, ruleFootprint } from "./footprint";
import { type Draft, type Part, set } from "./part";
import { type Update, updateOf } from "./parts";
import { deploymentBy, isImage, rebootBy, refreshBy } from "./restarts";

/** One call that changes what a hop may read: a step, or a part of an update. */
export interface Act {
  readonly step: Step;
  /** The part of an update that is several calls. */
  readonly label: string | undefined;
  readonly footprint: Footprint | undefined;
  /** Parts of the same update that come first. */
  readonly after: readonly Act[];
  /** Attributes that a hop reads and that no row of atomicity.ts tells about. */
  readonly unlisted: readonly string[];
  /** How it stops a machine or a task for a while, which no state shows. */
  readonly restarts?: string;
}

/** An object of the inputs before and after the apply, as far as there is one. */
export interface Both {
  readonly input: Input;
  readonly before: Instance | undefined;
  readonly after: Instance | undefined;
}

/** What there is of an object in a state. */
export interface Present {
  readonly instances: readonly Instance[];
  /** Destroyed, or a machine that is stopped: what others still say of it leads nowhere. */
  readonly gone: readonly Instance[];
  /** Started again, so that its own public address is another one. */
  readonly moved: readonly Instance[];
  /** Taken over, and empty for now: rules that are blocks of their own are gone from it too. */
  readonly emptied?: readonly Instance[];
}

/** An object with what the apply does to it. */
export interface Thing {
  readonly acts: readonly Act[];
  readonly at: (done: ReadonlySet<Act>) => Present;
}

/** The object with its steps, which are none where nothing is done to it. */
export function thingOf(both: Both, steps: readonly Step[]): Thing {
  const { before, after } = both;
  const update = steps.find((step) => step.action === "update");
  if (update !== undefined && before !== undefined && after !== undefined) {
    return updated(update, before, after);
  }
  const create = steps.find((step) => step.action === "create");
  if (isImage((after ?? before)?.type ?? "")) {
    return imageOf(both, create);
  }
  const remove = steps.find((step) => isRemoval(step));
  if ((create === undefined || after === undefined) && remove === undefined) {
    const own = after ?? before;
    const present = presentOf(own === undefined ? [] : [own]);
    return { acts: [], at: () => present };
  }
  return replaced(both, create, remove);
}

/** No hop reads an image, so that its create alone is an act, where it restarts the machine. */
function imageOf({ before, after }: Both, create: Step | undefined): Thing {
  const present = presentOf([after ?? before].flatMap((each) => each ?? []));
  const restarts = after && rebootBy(after);
  const acts = create && restarts ? [{ ...wholeAct(create, undefined), restarts }] : [];
  return { acts, at: () => present };
}

function isRemoval(step: Step): boolean {
  const stays = KEEPS_ITS_VALUE.has(step.type) || isForgotten(step.type, step.before);
  return step.action === "delete" && !(stays && step.replace === undefined);
}

/** Defaults of a VPC that a block takes over: what they had goes first, and then its own comes. */
const ADOPTED: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_default_network_acl", ["ingress", "egress"]],
  ["aws_default_route_table", ["route"]],
  ["aws_default_security_group", ["ingress", "egress"]],
]);

function replaced(both: Both, create: Step | undefined, remove: Step | undefined): Thing {
  const { before, after } = both;
  const made = create === undefined || after === undefined ? [] : createActs(create, after);
  const taken =
    remove && before && wholeAct(remove, ruleFootprint(before.type, before.values, false));
  const old = before === undefined ? undefined : aside(before);
  return {
    acts: [...made, ...(taken === undefined ? [] : [taken])],
    at: (done) => {
      const calls = made.filter((act) => done.has(act)).length;
      const isMade = calls > 0 && after !== undefined;
      const isTaken = taken !== undefined && done.has(taken);
      if (isMade && calls < made.length) {
        return { ...presentOf([emptied(after)]), emptied: [after] };
      }
      const now = isMade ? [after] : [];
      if (isTaken) {
        return { instances: now, gone: old === undefined ? [] : [old], moved: [] };
      }
      const still = isMade ? old : before;
      return presentOf(still === undefined ? now : [still, ...now]);
    },
  };
}

/** @see hashicorp/aws 5.32.0, internal/service/ec2/vpc_default_network_acl.go and its like */
function createActs(create: Step, after: Instance): readonly Act[] {
  const whole = wholeAct(create, ruleFootprint(after.type, after.values, after.unknown));
  if (!ADOPTED.has(after.type)) {
    return [whole];
  }
  const first = { ...whole, label: "takes away what was there" };
  return [first, { ...whole, label: "puts its own there", after: [first] }];
}

/** An adopted default that has nothing yet. */
function emptied(after: Instance): Instance {
  const names = ADOPTED.get(after.type) ?? [];
  const empty = (draft: Draft) => names.reduce((made, name) => set(made, name, []), draft);
  const unknown = isObject(after.unknown) ? after.unknown : {};
  const draft = empty({ values: isObject(after.values) ? after.values : {}, unknown });
  const configured = after.configured && new Map(after.configured);
  for (const name of names) {
    configured?.set(name, NOTHING);
  }
  return { ...after, values: draft.values, unknown: draft.unknown, configured };
}

const NOTHING: Configured = { kind: "expression", expression: NO_REFERENCES };

function updated(step: Step, before: Instance, after: Instance): Thing {
  const update = updateOf(before, after);
  const restarts = deploymentBy(before, after) ?? refreshBy(before, after);
  const others = restarts === undefined ? [] : [{ ...wholeAct(step, undefined), restarts }];
  const acts = [...actsOf(step, update), ...others];
  const settled: Instance = { ...before, configured: after.configured, action: "keep" };
  if (update.parts.length === 0) {
    return { acts, at: () => presentOf([settled]) };
  }
  return {
    acts,
    at: (done) => {
      const parts = update.parts.filter((_, index) => isDone(acts[index], done));
      if (parts.length === 0) {
        return presentOf([before]);
      }
      const draft = parts.reduce((made: Draft, part) => part.patch(made), draftOf(before));
      const values = { values: draft.values, unknown: draft.unknown };
      const now = parts.length === update.parts.length ? after : { ...after, ...values };
      const old = aside(before);
      return draft.stopped === true
        ? { instances: [], gone: [old], moved: [] }
        : { instances: [now], gone: [], moved: draft.moved === true ? [old] : [] };
    },
  };
}

function isDone(act: Act | undefined, done: ReadonlySet<Act>): boolean {
  return act !== undefined && done.has(act);
}

function draftOf(before: Instance): Draft {
  return { values: isObject(before.values) ? before.values : {}, unknown: {} };
}

function actsOf(step: Step, { parts, unlisted }: Update): readonly Act[] {
  const made = new Map<Part, Act>();
  for (const part of parts) {
    const after = part.after.flatMap((each) => made.get(each) ?? []);
    made.set(part, { step, label: part.label, footprint: part.footprint, after, unlisted });
  }
  return [...made.values()];
}

function wholeAct(step: Step, footprint: Footprint | undefined): Act {
  return { step, label: undefined, footprint, after: [], unlisted: [] };
}

/** An object that no reference of the configuration means any more: only its id leads to it. */
export function aside(instance: Instance): Instance {
  const address = `${instance.address} (old)`;
  return { ...instance, address, name: `${instance.name} (old)`, configured: undefined };
}

function presentOf(instances: readonly Instance[]): Present {
  return { instances, gone: [], moved: [] };
}
