import type { IConstruct } from "constructs";

// Node metadata, unlike a WeakMap, is shared between copies of this library in one app.
const OWNER = "originproof:aws";
const QUOTA = "originproof:aws-rule-quota";
const WEIGHT = "originproof:aws-rule-weight";
const HOLDER = "originproof:aws-holder";
const IPV6 = "originproof:aws-ipv6";

/** Marks a construct of the library: the resources below it are its own. */
export function declareOwner(construct: IConstruct): void {
  construct.node.addMetadata(OWNER, true);
}

/** The construct of the library that made a resource; `undefined` where the app did. */
export function ownerOf(element: IConstruct): IConstruct | undefined {
  return [...element.node.scopes].reverse().find((scope) => metadata(scope, OWNER) !== undefined);
}

/** What the account allows in a group, as the construct was told. */
export function declareQuota(construct: IConstruct, quota: number): void {
  construct.node.addMetadata(QUOTA, quota);
}

/** What {@link declareQuota} was given. */
export function quotaOf(construct: IConstruct | undefined): number | undefined {
  return construct === undefined ? undefined : metadata<number>(construct, QUOTA);
}

/** What a rule costs of its group's quota in each family. */
export interface RuleWeight {
  readonly 4: number;
  readonly 6: number;
}

/** Keeps it on a rule whose prefix list the app doesn't have. */
export function declareWeight(rule: IConstruct, weight: RuleWeight): void {
  rule.node.addMetadata(WEIGHT, weight);
}

/** What {@link declareWeight} was given. */
export function weightOf(rule: IConstruct): RuleWeight | undefined {
  return metadata<RuleWeight>(rule, WEIGHT);
}

/** Marks a resource that the library puts groups on, and keeps how many its account allows there. */
export function declareHolder(resource: IConstruct, groupQuota: number): void {
  resource.node.addMetadata(HOLDER, groupQuota);
}

/** The highest that {@link declareHolder} was given; `undefined` where it wasn't called. */
export function groupQuotaOf(resource: IConstruct): number | undefined {
  const quotas = resource.node.metadata.flatMap(({ type, data }) =>
    type === HOLDER ? [data] : [],
  );
  return quotas.length === 0 ? undefined : Math.max(...quotas);
}

/** A record is to hold the first IPv6 address of the resource. */
export function declareIpv6(resource: IConstruct): void {
  resource.node.addMetadata(IPV6, true);
}

/** Was {@link declareIpv6} called for it? */
export function needsIpv6(resource: IConstruct): boolean {
  return metadata<boolean>(resource, IPV6) ?? false;
}

function metadata<T>(construct: IConstruct, type: string): T | undefined {
  return construct.node.metadata.find((entry) => entry.type === type)?.data;
}
