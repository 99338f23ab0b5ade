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

/** Why an app can't be applied. */
export interface Conflict {
  /** The last of those in conflict: its stack reports, once all stacks have their aspects. */
  readonly last: AppResource;
  readonly message: string;
}

/** What the library's constructs and others give twice: a conflict for each pair of them. */
export function twice(claims: readonly Claim[], advice: string): readonly Conflict[] {
  const first = new Map<string, Claim>();
  const pairs = new Map<string, { readonly first: Claim; readonly seconds: Claim[] }>();
  for (const claim of claims) {
    const earlier = first.get(claim.key);
    if (earlier === undefined) {
      first.set(claim.key, claim);
    } else if (earlier.resource.owner !== undefined || claim.resource.owner !== undefined) {
      const key = JSON.stringify([claim.thing, earlier.resource.path, claim.resource.path]);
      const pair = pairs.get(key) ?? { first: earlier, seconds: [] };
      pair.seconds.push(claim);
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()].flatMap((pair) => conflictOf(pair, advice));
}

function conflictOf(
  { first, seconds }: { readonly first: Claim; readonly seconds: readonly Claim[] },
  advice: string,
): readonly Conflict[] {
  const [second] = seconds;
  if (second === undefined) {
    return [];
  }
  const more = seconds.length === 1 ? "" : ` and ${seconds.length - 1} more`;
  const message =
    `${second.thing} gets ${second.what}${more} twice, from ${first.resource.path} and from ` +
    `${second.resource.path}, and AWS takes it once; ${advice}`;
  return [{ last: second.resource, message }];
}
