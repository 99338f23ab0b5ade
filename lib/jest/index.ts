import type { RuleId } from "../rules/rule-ids";
import { type MatcherResult, matchers } from "./matchers";

export type { RuleId } from "../rules/rule-ids";
export { type MatcherResult, matchers } from "./matchers";
export { type Reviewable, reviewOf } from "./review-of";

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: must be written as @types/jest does
    interface Matchers<R, T = {}> {
      /** Every path of the app, stack or Terraform JSON is proved; else it fails with the report. */
      toBeProved(): R;
      /** A finding of the rule is there, such as `firewall/misses-edge-range`. */
      toBeRefutedBy(rule: RuleId): R;
    }
  }
}

/** What this needs of Jest's global `expect`, or of another that works alike. */
export interface ExtensibleExpect {
  extend(matchers: Readonly<Record<string, (...args: never[]) => MatcherResult>>): void;
}

/**
 * Adds `toBeProved` and `toBeRefutedBy` to an `expect` that is not global, as that of
 * `@jest/globals`. The global one has them once this module is loaded.
 */
export function extendExpect(expect: ExtensibleExpect): void {
  expect.extend(matchers);
}

const { expect: globalExpect } = globalThis as { readonly expect?: ExtensibleExpect };

if (globalExpect !== undefined) {
  extendExpect(globalExpect);
}
