import { Annotations, dependable, type TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { orderAfter } from "../../synth/dependencies";
import { resolvedText } from "./resolved-text";

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
 * @throws ConfigurationError `groups-not-a-list`
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
  const ids = added.flatMap((one) => one.securityGroupIds);
  const all = distinct([...groups, ...ids], resource);
  holder.replace(all);
  warnOfMany(all.length, prop, scope);
  const ready = orderAfter(
    resource,
    added.map((one) => one.ready),
  );
  const after = [...(resource.dependsOn ?? []), ...ready.map(dependable)];
  resource.dependsOn = distinct(after, resource);
}

/** Each read of `group.id` gives another token: only what it resolves to tells equal ones. */
function distinct(texts: readonly string[], scope: IConstruct): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    const key = resolvedText(scope, text);
    found.set(key, found.get(key) ?? text);
  }
  return [...found.values()];
}

/** How many groups AWS allows an interface by default; up to 16 on request. */
const MOST_GROUPS = 5;

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
function warnOfMany(count: number, prop: string, scope: IConstruct): void {
  if (count > MOST_GROUPS) {
    Annotations.of(scope).addWarning(
      `'${prop}' has ${count} security groups, more than the ${MOST_GROUPS} that AWS allows an ` +
        "interface by default; have the quota raised before you apply",
    );
  }
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
