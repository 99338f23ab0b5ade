import type { Assumption } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { isObject, type Json, member } from "../../model/value";
import { usedByFleets } from "./used-by-fleets";

/** What is there, and what is assumed of it. */
export interface Unused {
  readonly instances: readonly Instance[];
  readonly assumptions: readonly Assumption[];
}

/** Blocks that register a machine with a group of targets, or with a classic balancer. */
const REGISTERS: ReadonlyMap<string, readonly [group: string, machine: string]> = new Map([
  ["aws_lb_target_group_attachment", ["target_group_arn", "target_id"]],
  ["aws_alb_target_group_attachment", ["target_group_arn", "target_id"]],
  ["aws_elb_attachment", ["elb", "instance"]],
]);

/**
 * Machines that are stopped or terminated stay registered, and get nothing as long as others are
 * registered that are neither. Where there is no other, the balancer reaches no target.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html Target.InvalidState
 */
export function withoutUnused(present: readonly Instance[], gone: readonly Instance[]): Unused {
  const machines = gone.filter(({ type }) => type === "aws_instance");
  const ids = new Map(machines.map((each) => [member(each.values, "id"), each] as const));
  if (machines.length === 0) {
    return { instances: present, assumptions: [] };
  }
  const addresses = new Set(machines.map(({ values }) => member(values, "private_ip")));
  const isAddress = (id: Json | undefined) => (id ?? "") !== "" && addresses.has(id);
  const isUsed = (id: Json | undefined) => !ids.has(id) && !isAddress(id);
  const fleets = usedByFleets(present).filter((group) => (group ?? "") !== "");
  const used = new Set([
    ...fleets.map(keyOf),
    ...present.flatMap((each) =>
      registrations(each).flatMap(([group, id]) => (isUsed(id) ? [group] : [])),
    ),
  ]);
  const assumptions: Assumption[] = [];
  const instances = present.flatMap((each) => {
    const out = registrations(each).filter(([group, id]) => !isUsed(id) && used.has(group));
    if (out.some(([, id]) => isAddress(id))) {
      // An address gets its share until health checks have failed.
      return [{ ...each, certain: false }];
    }
    assumptions.push(...out.flatMap(([, id]) => assumptionOf(ids.get(id))));
    return out.length === 0 ? [each] : left(each, new Set(out.map(([, id]) => id)));
  });
  return { instances, assumptions };
}

type Registration = readonly [group: string, machine: Json | undefined];

function registrations(each: Instance): readonly Registration[] {
  const { type, values } = each;
  const names = REGISTERS.get(type);
  if (names !== undefined) {
    const group = member(values, names[0]);
    const named = typeof group === "string" ? keyOf(group) : namedBy(each, names[0]);
    return [[named, member(values, names[1])]];
  }
  const list = type === "aws_elb" ? member(values, "instances") : undefined;
  const machines = Array.isArray(list) ? (list as readonly Json[]) : [];
  return machines.map((id) => [keyOf(member(values, "id")), id]);
}

function keyOf(group: Json | undefined): string {
  return JSON.stringify(group ?? null);
}

/** A group that is known after apply is the same where the same reference of a module names it. */
function namedBy({ address, modules, key, configured }: Instance, name: string): string {
  const named = configured?.get(name);
  const references = named?.kind === "expression" ? named.expression.references : [];
  const [only, ...others] = references;
  if (only === undefined || others.length > 0) {
    return `after apply, of ${address}`;
  }
  const own = only.path.some((step) => "own" in step) ? key : undefined;
  return JSON.stringify([modules, only.text, own ?? null]);
}

/** A registration goes, and of a list the machines that are out. */
function left(each: Instance, out: ReadonlySet<Json | undefined>): readonly Instance[] {
  if (each.type !== "aws_elb" || !isObject(each.values)) {
    return [];
  }
  const list = member(each.values, "instances") as readonly Json[];
  const instances = list.filter((id) => !out.has(id));
  return [{ ...each, values: { ...each.values, instances } }];
}

function assumptionOf(machine: Instance | undefined): readonly Assumption[] {
  if (machine === undefined) {
    return [];
  }
  const subject = machine.address.replace(/ \(old\)$/, "");
  const text = `a balancer sends nothing to ${subject} while it is stopped or terminated, since it has other targets`;
  return [{ id: "aws/unused-target", subject, text }];
}
