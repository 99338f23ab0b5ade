import type { Instance } from "../model/instance";
import { listenersDiffer } from "../model/listener-settings";
import { type Json, member } from "../model/value";
import { push } from "./lookup";
import type { ReadOptions } from "./options";
import type { ReadInput } from "./snapshot";

/** A block that is made, and another that said the same and goes: which comes last decides. */
export interface Undone {
  readonly instance: Instance;
  readonly gone: Instance;
  /** The deletion surely comes last. */
  readonly sure: boolean;
}

type Read = Pick<ReadInput, "before" | "instances">;

const TARGET_GROUP = "lb_target_group_arn";

/**
 * What is made again without an error where it is there already, and by what it is the same. A main
 * route table that is no longer one gives the place back to the table that had it before.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AttachTrafficSources.html
 */
const SAME: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_alb_listener", ["load_balancer_arn", "port"]],
  ["aws_alb_target_group_attachment", ["target_group_arn", "target_id"]],
  ["aws_autoscaling_attachment", ["autoscaling_group_name", "elb", TARGET_GROUP]],
  ["aws_autoscaling_traffic_source_attachment", ["autoscaling_group_name", "traffic_source"]],
  ["aws_ec2_managed_prefix_list_entry", ["prefix_list_id", "cidr"]],
  ["aws_elb_attachment", ["elb", "instance"]],
  ["aws_lb_listener", ["load_balancer_arn", "port"]],
  ["aws_lb_target_group_attachment", ["target_group_arn", "target_id"]],
  ["aws_main_route_table_association", ["vpc_id"]],
  ["cloudflare_record", ["zone_id", "name", "type"]],
]);

/** Whether it surely is no error to make it twice. What AWS says of an entry is written nowhere. */
export function isRepeatable({ type }: Instance): boolean {
  return type !== "aws_ec2_managed_prefix_list_entry";
}

/** The inputs without what is made and may be undone by the deletion of another block. */
export function withoutUndone<T extends Read>(
  reads: readonly T[],
  removal: ReadOptions["removal"],
): readonly T[] {
  const undone = new Map(undoneIn(reads, removal).map((each) => [each.instance, each.sure]));
  return undone.size === 0
    ? reads
    : reads.map((read) => ({
        ...read,
        instances: read.instances.flatMap((each) => {
          const sure = undone.get(each);
          return sure === undefined ? [each] : sure ? [] : [{ ...each, certain: false }];
        }),
      }));
}

/** Blocks that are made, and may be undone. */
export function undoneIn(
  reads: readonly Read[],
  removal: ReadOptions["removal"] = () => "unordered",
): readonly Undone[] {
  const made = reads.flatMap(({ before, instances }) =>
    before === undefined
      ? []
      : instances.filter(({ action, type }) => action === "create" && SAME.has(type)),
  );
  const gone = new Map<string, Instance[]>();
  for (const { before = [], instances } of made.length === 0 ? [] : reads) {
    const now = new Map(instances.map((each) => [each.address, each]));
    for (const block of before) {
      const next = now.get(block.address);
      const ends = next === undefined || next.action === "create";
      if (ends && SAME.has(block.type) && !now.has(`${block.address} (old)`)) {
        push(gone, keyOf(block), block);
      }
    }
  }
  const ports = new Ports(made.length === 0 ? [] : reads);
  return made.flatMap((instance): readonly Undone[] => {
    const same = (gone.get(keyOf(instance)) ?? []).filter(
      (block) => ports.mayBeSame(instance, block) && !fails(instance, block),
    );
    const last = same.find((block) => removal(block, instance) !== "first");
    return last === undefined
      ? []
      : [{ instance, gone: last, sure: removal(last, instance) === "last" }];
  });
}

/** A target that is registered without a port has its group's. */
export class Ports {
  readonly #ports: ReadonlyMap<Json, Json>;

  constructor(reads: readonly Read[]) {
    const groups = reads.flatMap(({ instances }) =>
      instances.filter(({ type }) => /^aws_a?lb_target_group$/.test(type)),
    );
    this.#ports = new Map(
      groups.map(({ values }) => [member(values, "arn") ?? null, member(values, "port") ?? null]),
    );
  }

  /** Whether two blocks register one target, as far as is known. */
  public mayBeSame(made: Instance, gone: Instance): boolean {
    return this.isSame(made, gone) || [made, gone].some((each) => this.of(each) === null);
  }

  /** Whether they surely do. */
  public isSame(made: Instance, gone: Instance): boolean {
    return this.of(made) === this.of(gone);
  }

  private of({ values }: Instance): Json {
    const group = member(values, "target_group_arn") ?? null;
    return member(values, "port") ?? this.#ports.get(group) ?? null;
  }
}

/** One text for all that are the same as far as is known. */
export function keyOf({ type, values, unknown }: Instance): string {
  const names = SAME.get(type) ?? [];
  const isOpen = (name: string) => unknown === true || member(unknown, name) === true;
  const valueIn = (name: string): Json => (isOpen(name) ? null : (member(values, name) ?? null));
  const textOf = (name: string): Json =>
    name === TARGET_GROUP ? (valueIn(name) ?? valueIn(`a${name}`)) : valueIn(name);
  return JSON.stringify([type.replace("aws_alb_", "aws_lb_"), ...names.map(textOf)]);
}

/** Whether it surely can't be made as long as the other is there. */
function fails({ type, values }: Instance, gone: Instance): boolean {
  return type === "cloudflare_record"
    ? member(values, "allow_overwrite") !== true
    : type.endsWith("_listener") && listenersDiffer(gone.values, values);
}
