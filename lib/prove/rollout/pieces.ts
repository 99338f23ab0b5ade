import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import type { Act } from "./things";

/** Addresses of the edge that the same acts may matter to. */
export interface Piece {
  readonly set: CidrSet;
  readonly acts: readonly Act[];
}

/** What is known of the paths that decides which acts matter to whom. */
export interface Ground {
  readonly family: Family;
  /** Ports that the edge connects to; undefined: any. */
  readonly ports: ReadonlySet<number> | undefined;
  /** A second leg has sources of its own, so that a rule may matter by other addresses. */
  readonly legs: boolean;
  readonly edge: CidrSet;
}

/** Splits a set so that all of a piece is about the same acts, and no other piece is. */
export function piecesOf(set: CidrSet, acts: readonly Act[], ground: Ground): readonly Piece[] {
  let pieces: readonly { set: CidrSet; acts: Act[] }[] = set.isEmpty ? [] : [{ set, acts: [] }];
  for (const act of acts) {
    const about = addressesOf(act, ground);
    pieces = pieces.flatMap((piece) => {
      if (about === "any") {
        return [{ set: piece.set, acts: [...piece.acts, act] }];
      }
      const inside = piece.set.intersect(about);
      if (inside.isEmpty) {
        return [piece];
      }
      const outside = piece.set.minus(about);
      const own = { set: inside, acts: [...piece.acts, act] };
      return outside.isEmpty ? [own] : [own, { set: outside, acts: piece.acts }];
    });
  }
  return pieces;
}

/** The addresses that an act may matter to. */
function addressesOf({ footprint, step }: Act, ground: Ground): CidrSet | "any" {
  const { family, ports, legs, edge } = ground;
  if (step.type === "aws_vpc_security_group_egress_rule" && !legs) {
    // A security group keeps state: what it lets out decides nothing on the way in.
    return CidrSet.empty(family);
  }
  if (footprint === undefined) {
    return "any";
  }
  const own = footprint.sources[family];
  if (legs) {
    return edge.covers(own) && !own.isEmpty ? own : "any";
  }
  const range = footprint.ports;
  const misses =
    ports !== undefined &&
    range !== undefined &&
    ![...ports].some((port) => port >= range.from && port <= range.to);
  return misses ? CidrSet.empty(family) : own;
}
