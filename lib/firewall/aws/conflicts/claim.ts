import type { AppResource } from "./resource";

/** Something that a thing can have once, and a resource that gives it. */
export interface Claim {
  /** The same for claims of which AWS takes one. */
  readonly key: string;
  /** The thing, for people: `aws_security_group.Web`. */
  readonly thing: string;
  /** What it gets, for people: `inbound tcp/443 from 198.51.100.0/24`. */
  readonly what: string;
  readonly resource: AppResource;
}

/** Two who give the same, as often as they do. */
interface Pair {
  readonly first: Claim;
  readonly seconds: [Claim, ...Claim[]];
}

/**
 * What the library's constructs and others give twice.
 *
 * @returns an error for each pair of them
 */
export function twice(claims: readonly Claim[], advice: string): readonly string[] {
  const first = new Map<string, Claim>();
  const pairs = new Map<string, Pair>();
  for (const claim of claims) {
    const earlier = first.get(claim.key);
    if (earlier === undefined) {
      first.set(claim.key, claim);
    } else if (earlier.resource.owner !== undefined || claim.resource.owner !== undefined) {
      const key = JSON.stringify([claim.thing, earlier.resource.path, claim.resource.path]);
      const pair = pairs.get(key);
      pair?.seconds.push(claim);
      pairs.set(key, pair ?? { first: earlier, seconds: [claim] });
    }
  }
  return [...pairs.values()].map((pair) => messageOf(pair, advice));
}

function messageOf({ first, seconds }: Pair, advice: string): string {
  const [{ thing, what, resource }, ...others] = seconds;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return (
    `${thing} gets ${what}${more} twice, from ${first.resource.path} and from ${resource.path}, ` +
    `and AWS takes it once; ${advice}`
  );
}
