import { dependable, type TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { orderAfter } from "../../synth/dependencies";
import { requireLiteral } from "../../synth/literal";
import { resolvedText } from "../../synth/resolved-text";
import { declareHolder } from "./conflicts/owner";

/** What constructs take that put groups on an interface. */
export interface GroupQuotaProps {
  /**
   * How many security groups the account allows on an interface, up to 16.
   *
   * @default 5
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   */
  readonly groupQuota?: number;
}

/** A resource that has a list of security groups. */
export interface GroupHolder {
  readonly resource: TerraformResource;
  /** The prop that it was given as, for messages. */
  readonly prop: string;
  /** Its attribute with the list, for messages. */
  readonly attribute: string;
  /** The list as it is. */
  readonly groups: readonly string[] | undefined;
  readonly replace: (groups: string[]) => void;
  /** As the construct was given it. */
  readonly quota: GroupQuotaProps;
}

/** What is put on a holder: groups, and what says that their rules are in place. */
export interface Attachable {
  readonly securityGroupIds: readonly string[];
  readonly ready: TerraformResource;
}

/**
 * Adds groups to those that a resource has, each once, and puts the resource after their rules: one
 * that moves to another group must find its rules there before it leaves the old.
 *
 * How many they are is checked at synth, since more may be added by then.
 *
 * @throws ConfigurationError `groups-not-a-list`, `invalid-limit`, `token-for-literal`
 */
export function attachGroups(
  holder: GroupHolder,
  added: readonly Attachable[],
  scope: IConstruct,
): void {
  const { resource, prop, attribute } = holder;
  const groups = holder.groups ?? [];
  // A list token is an array of one encoded string, which nothing can be added to.
  if (Token.isUnresolved(groups)) {
    throw new ConfigurationError(
      "groups-not-a-list",
      `'${prop}' has a token as ${attribute}, to which no group can be added; ` +
        "give it a list, such as [group.id]",
      scope,
    );
  }
  declareHolder(resource, readGroupQuota(holder.quota, scope));
  const ids = added.flatMap((one) => one.securityGroupIds);
  holder.replace(distinct([...groups, ...ids], resource));
  const ready = orderAfter(
    resource,
    added.map((one) => one.ready),
  );
  // Resolving what they are called would fix their names, which a user may still override.
  const known = awaited.get(resource) ?? new Set<TerraformResource>();
  awaited.set(resource, new Set([...known, ...ready]));
  const after = ready.filter((one) => !known.has(one)).map(dependable);
  resource.dependsOn = [...(resource.dependsOn ?? []), ...after];
}

/** What each resource was put after. */
const awaited = new WeakMap<TerraformResource, ReadonlySet<TerraformResource>>();

/** Each read of `group.id` gives another token: only what it resolves to tells equal ones. */
function distinct(texts: readonly string[], scope: IConstruct): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    const key = resolvedText(scope, text);
    found.set(key, found.get(key) ?? text);
  }
  return [...found.values()];
}

/** How many groups AWS allows an interface by default, and how many at all. */
const DEFAULT_GROUPS = 5;
const MOST_GROUPS = 16;

function readGroupQuota({ groupQuota }: GroupQuotaProps, scope: IConstruct): number {
  const value = requireLiteral("groupQuota", groupQuota ?? DEFAULT_GROUPS, "5", scope);
  if (!Number.isInteger(value) || value < 1 || value > MOST_GROUPS) {
    throw new ConfigurationError(
      "invalid-limit",
      `'groupQuota' is ${value}; give a whole number from 1 to ${MOST_GROUPS}`,
      scope,
    );
  }
  return value;
}

/**
 * An origin is one thing, not what a repetition makes.
 *
 * @throws ConfigurationError `many-instances`
 */
export function requireSingle(
  { resource, prop }: Pick<GroupHolder, "resource" | "prop">,
  scope: IConstruct,
): void {
  if (resource.count !== undefined || resource.forEach !== undefined) {
    throw new ConfigurationError(
      "many-instances",
      `'${prop}' has count or forEach, but an origin is one; ` +
        "make one resource and one origin for each",
      scope,
    );
  }
}
