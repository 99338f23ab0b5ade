import type { Instance } from "../../model/instance";
import { type Json, member } from "../../model/value";
import type { Act, Both, Thing } from "./things";

/** An object with what the apply does to it. */
export interface Known {
  readonly both: Both;
  readonly thing: Thing;
}

/** A thing that uses an object, and the acts of which one ends that; none: nothing does. */
export interface User {
  readonly address: string;
  readonly ends: readonly Act[];
}

/** By delete, what uses the object: AWS refuses the delete as long as something does. */
export type Refusals = ReadonlyMap<Act, readonly User[]>;

interface Use {
  /** The attribute of the object that its users name. */
  readonly id: string;
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** A delete that does more than ask for it. */
  readonly except?: string;
}

const ATTACHMENT = "aws_network_interface_sg_attachment";

const GROUPS: Use = {
  id: "id",
  users: new Map<string, readonly string[]>([
    ["aws_instance", ["vpc_security_group_ids"]],
    ["aws_network_interface", ["security_groups"]],
    [ATTACHMENT, ["security_group_id"]],
    ...["aws_lb", "aws_alb", "aws_elb"].map((type) => [type, ["security_groups"]] as const),
  ]),
  except: "revoke_rules_on_delete",
};

const TARGETS: Use = {
  id: "arn",
  users: new Map<string, readonly string[]>([
    ...["aws_lb_listener", "aws_alb_listener"].map((type) => [type, ["default_action"]] as const),
    ...["aws_lb_listener_rule", "aws_alb_listener_rule"].map((type) => [type, ["action"]] as const),
  ]),
};

/**
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html
 */
const USES: ReadonlyMap<string, Use> = new Map([
  ["aws_security_group", GROUPS],
  ["aws_lb_target_group", TARGETS],
  ["aws_alb_target_group", TARGETS],
]);

/** Types that use such objects. */
const USERS: ReadonlySet<string> = new Set(
  [...USES.values()].flatMap(({ users }) => [...users.keys()]),
);

/**
 * What AWS surely refuses for a while, or for good. What is not known to be in use is not held.
 *
 * @param each whether deletes count that do a part of their work though they fail
 */
export function refusalsOf(all: readonly Known[], each = false): Refusals {
  const found = new Map<Act, readonly User[]>();
  const users = all.filter(
    ({ both: { before } }) => before !== undefined && USERS.has(before.type),
  );
  for (const { both, thing } of all) {
    const use = both.before && USES.get(both.before.type);
    const act = thing.acts.find(({ step }) => step.action === "delete");
    const values = both.before?.values ?? null;
    if (act !== undefined && isProtected(both.before)) {
      found.set(act, [{ address: both.before?.address ?? "", ends: [] }]);
    }
    const id = use && member(values, use.id);
    if (use === undefined || act === undefined || typeof id !== "string") {
      continue;
    }
    if (each || use.except === undefined || member(values, use.except) !== true) {
      found.set(act, usersOf(use, id, users));
    }
  }
  return found;
}

/**
 * What is not destroyed before an apply of its own takes its protection away, as if it used itself.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html
 */
function isProtected(before: Instance | undefined): boolean {
  const isBalancer = before?.type === "aws_lb" || before?.type === "aws_alb";
  return isBalancer && member(before.values, "enable_deletion_protection") === true;
}

function usersOf({ users }: Use, id: string, all: readonly Known[]): readonly User[] {
  const using = all.filter(({ both: { before } }) => {
    const names = before === undefined ? [] : (users.get(before.type) ?? []);
    return names.some((name) => mentions(member(before?.values ?? null, name) ?? null, id));
  });
  const everything = using.flatMap(endings);
  // What an attachment has put into an owner's list goes with that.
  const attached = using.filter(({ both }) => both.before?.type === ATTACHMENT).flatMap(endings);
  return using.map((user) => ({
    address: user.both.before?.address ?? "",
    ends: isOwner(user, users) ? [...endings(user), ...attached] : everything,
  }));
}

/** Whether what it uses is its own to say: a computed list shows what others did. */
function isOwner({ both: { after, before } }: Known, users: Use["users"]): boolean {
  const names = users.get(before?.type ?? "") ?? [];
  return names.some((name) => after?.configured?.has(name) === true);
}

function endings({ thing }: Known): readonly Act[] {
  return thing.acts.filter(({ step }) => step.action !== "create");
}

function mentions(value: Json, id: string, depth = 0): boolean {
  if (typeof value !== "object" || value === null) {
    return value === id;
  }
  return depth < 8 && Object.values(value).some((each) => mentions(each as Json, id, depth + 1));
}
