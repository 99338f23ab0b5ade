import type { IConstruct } from "constructs";
import { declareSource } from "./declaration";
import { ensureProof } from "./prove-at-synth";

/**
 * What every construct of the library does first: it keeps the user's line that made it, for
 * findings, and sees to it that the app is proved at synth.
 */
export function declareConstruct(construct: IConstruct): void {
  declareSource(construct);
  ensureProof(construct);
}
