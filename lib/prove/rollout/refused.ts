import type { Instance } from "../../model/instance";
import { type Json, member } from "../../model/value";
import type { Act, Both, Thing } from "./things";

/** An object with what the apply does to it. */
export interface Known {
  readonly both: Both;
  readonly thing: Thing;
}

/** An object that there is before the apply. */
interface Old {
  readonly before: Instance;
  readonly after: Instance | undefined;
  readonly thing: Thing;
}

/** A thing that uses an object, and the acts of which one ends that; none: nothing does. */
export interface User {
  readonly address: string;
  readonly ends: readonly Act[];
}

/** By delete, what uses the object: the cloud refuses the delete as long as something does. */
export type Refusals = ReadonlyMap<Act, readonly User[]>;

interface Use {
  /** The attribute of the object that its users name. */
  readonly id: string;
  /** By type, where its users name it. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** A delete that does more than ask for it. */
  readonly except?: string;
  /** Rules of other groups of the VPC that name it, which such a delete revokes. */
  readonly rules?: ReadonlyMap<string, readonly string[]>;
}

const ATTACHMENT = "aws_network_interface_sg_attachment";

const GROUP_TYPES = ["aws_security_group", "aws_default_security_group"];

const GROUPS: Use = {
  id: "id",
  users: new Map<string, readonly string[]>([
    ["aws_instance", ["vpc_security_group_ids"]],
    ["aws_network_interface", ["security_groups"]],
    [ATTACHMENT, ["security_group_id"]],
    ...["aws_lb", "aws_alb", "aws_elb"].map((type) => [type, ["security_groups"]] as const),
  ]),
  except: "revoke_rules_on_delete",
  rules: new Map<string, readonly string[]>([
    ...GROUP_TYPES.map((type) => [type, ["ingress", "egress"]] as const),
    ["aws_security_group_rule", ["source_security_group_id"]],
    ["aws_vpc_security_group_egress_rule", ["referenced_security_group_id"]],
    ["aws_vpc_security_group_ingress_rule", ["referenced_security_group_id"]],
  ]),
};

const TARGETS: Use = {
  id: "arn",
  users: new Map<string, readonly string[]>([
    ...["aws_lb_listener", "aws_alb_listener"].map((type) => [type, ["default_action"]] as const),
    ...["aws_lb_listener_rule", "aws_alb_listener_rule"].map((type) => [type, ["action"]] as const),
  ]),
};

const LISTS: Use = {
  id: "id",
  users: new Map<string, readonly string[]>([
    ...GROUP_TYPES.map((type) => [type, ["ingress", "egress"]] as const),
    ["aws_security_group_rule", ["prefix_list_ids"]],
    ["aws_vpc_security_group_egress_rule", ["prefix_list_id"]],
    ["aws_vpc_security_group_ingress_rule", ["prefix_list_id"]],
    ["aws_route", ["destination_prefix_list_id"]],
    ...["aws_route_table", "aws_default_route_table"].map((type) => [type, ["route"]] as const),
  ]),
};

const CERTIFICATES: Use = {
  id: "arn",
  users: new Map<string, readonly string[]>(
    ["listener", "listener_certificate"]
      .flatMap((name) => [`aws_lb_${name}`, `aws_alb_${name}`])
      .map((type) => [type, ["certificate_arn"]]),
  ),
};

const POOLS: Use = {
  id: "id",
  users: new Map<string, readonly string[]>([
    [
      "cloudflare_load_balancer",
      `country_pools default_pool_ids default_pools fallback_pool fallback_pool_id pop_pools
       region_pools rules`.split(/\s+/),
    ],
  ]),
};

/**
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteManagedPrefixList.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/issues/66 error 1005
 */
const USES: ReadonlyMap<string, Use> = new Map([
  ["aws_security_group", GROUPS],
  ["aws_lb_target_group", TARGETS],
  ["aws_alb_target_group", TARGETS],
  ["aws_ec2_managed_prefix_list", LISTS],
  ["aws_acm_certificate", CERTIFICATES],
  ["aws_iam_server_certificate", CERTIFICATES],
  ["cloudflare_load_balancer_pool", POOLS],
]);

/** Types that use such objects. */
const USERS: ReadonlySet<string> = new Set(
  [...USES.values()].flatMap(({ rules, users }) => [...users.keys(), ...(rules?.keys() ?? [])]),
);

/**
 * What the cloud surely refuses for a while, or for good. What is not known to be in use is not held.
 *
 * @param each whether deletes count that do a part of their work though they fail
 */
export function refusalsOf(all: readonly Known[], each = false): Refusals {
  const found = new Map<Act, readonly User[]>();
  const olds = all.flatMap(({ both: { before, after }, thing }): Old[] =>
    before === undefined ? [] : [{ before, after, thing }],
  );
  const users = olds.filter(({ before }) => USERS.has(before.type));
  for (const { before, thing } of olds) {
    const act = thing.acts.find(({ step }) => step.action === "delete");
    if (act !== undefined && isProtected(before)) {
      found.set(act, [{ address: before.address, ends: [] }]);
    }
    const use = USES.get(before.type);
    if (use === undefined || act === undefined) {
      continue;
    }
    const id = member(before.values, use.id);
    const revokes = use.except !== undefined && member(before.values, use.except) === true;
    if (typeof id === "string" && (each || !revokes)) {
      const rules = (revokes ? undefined : use.rules) ?? new Map<string, readonly string[]>();
      const named = rules.size === 0 ? [] : usersOf(rules, id, neighbours(before, users, rules));
      found.set(act, [...usersOf(use.users, id, users), ...named]);
    }
  }
  return found;
}

/**
 * What is not destroyed before an apply of its own takes its protection away, as if it used itself.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html
 */
function isProtected({ type, values }: Instance): boolean {
  const isBalancer = type === "aws_lb" || type === "aws_alb";
  return isBalancer && member(values, "enable_deletion_protection") === true;
}

/** Other groups of the VPC, and their rules. A group's own rules go with it. */
function neighbours(
  { values }: Instance,
  all: readonly Old[],
  rules: ReadonlyMap<string, unknown>,
): readonly Old[] {
  const [id, vpc] = [member(values, "id"), member(values, "vpc_id")];
  const groups = all.filter(({ before }) => GROUP_TYPES.includes(before.type));
  const near = new Set(
    groups.flatMap(({ before: { values: own } }) => {
      const other = member(own, "id");
      const isNear = typeof vpc === "string" && member(own, "vpc_id") === vpc && other !== id;
      return isNear ? [other] : [];
    }),
  );
  return all.filter(({ before: { type, values: own } }) => {
    const group = member(own, GROUP_TYPES.includes(type) ? "id" : "security_group_id");
    return rules.has(type) && near.has(group);
  });
}

function usersOf(users: Use["users"], id: string, all: readonly Old[]): readonly User[] {
  const namesIn = ({ before: { type, values } }: Old) =>
    (users.get(type) ?? []).filter((name) => mentions(member(values, name) ?? null, id));
  const using = all.filter((each) => namesIn(each).length > 0 && !isLetGo(each, namesIn(each), id));
  const everything = using.flatMap(endings);
  // What an attachment has put into an owner's list goes with that.
  const attached = using.filter(({ before }) => before.type === ATTACHMENT).flatMap(endings);
  return using.map((user) => ({
    address: user.before.address,
    ends: isOwner(user, namesIn(user)) ? [...endings(user), ...attached] : everything,
  }));
}

/** What ends the use by a step that no hop notices may do so at any time. */
function isLetGo({ after, thing }: Old, names: readonly string[], id: string): boolean {
  const named = (name: string) => mentions(member(after?.values ?? null, name) ?? null, id);
  return after !== undefined && thing.acts.length === 0 && !names.some(named);
}

/** Whether what it uses is its own to say: a computed list shows what others did. */
function isOwner({ after }: Old, names: readonly string[]): boolean {
  return names.some((name) => after?.configured?.has(name) === true);
}

function endings({ thing }: Old): readonly Act[] {
  return thing.acts.filter(({ step }) => step.action !== "create");
}

function mentions(value: Json, id: string, depth = 0): boolean {
  if (typeof value !== "object" || value === null) {
    return value === id;
  }
  return depth < 8 && Object.values(value).some((each) => mentions(each as Json, id, depth + 1));
}
