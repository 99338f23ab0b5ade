import type { Instance } from "../../model/instance";
import type { Binding } from "../binding";
import type { Key } from "./aws-vpc";

/** A block that takes over a default of a VPC. */
export interface Adopted {
  readonly by: Instance;
  readonly vpc: Binding;
  /** Undefined where it can't be told which VPC's. */
  readonly key: Key | undefined;
}

/**
 * Which blocks have a VPC's default to themselves. Terraform lets several take over the same one,
 * also in several inputs: what is applied last stays, so that none of them is sure.
 */
export function adopted(given: readonly Adopted[]): {
  readonly sure: ReadonlyMap<Key, Instance>;
  readonly unsure: readonly Adopted[];
} {
  // What is forgotten stays as it is, unless another block changes it.
  const managed = new Set(given.filter(({ by }) => by.action !== "forget").map(({ key }) => key));
  const blocks = given.filter(
    ({ by, key }) => by.action !== "forget" || key === undefined || !managed.has(key),
  );
  const counts = new Map<Key, number>();
  for (const { key } of blocks) {
    if (key !== undefined) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const isSure = ({ key }: Adopted) => key !== undefined && counts.get(key) === 1;
  return {
    sure: new Map(blocks.flatMap((each) => (isSure(each) ? [[each.key as Key, each.by]] : []))),
    unsure: blocks.filter((each) => !isSure(each)),
  };
}
