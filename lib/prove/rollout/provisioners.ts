import type { Assumption } from "../../model/hop";
import type { Step } from "../../model/rollout";
import type { Rollout } from "./verdict";

/** What is not known of steps that run provisioners or the like: those may be any command. */
export function provisionerAssumptions(steps: readonly Step[]): readonly Assumption[] {
  const addresses = steps.filter((step) => step.provisioned === true).map(({ address }) => address);
  return [...new Set(addresses)].map((address) => {
    const text = `what ${address} runs leaves what answers the site as it is`;
    return { id: "rollout/provisioners", subject: address, text };
  });
}

/** A rollout that is proved rests on them. */
export function withAssumptions(rollout: Rollout, more: readonly Assumption[]): Rollout {
  return rollout.verdict !== "proved" || more.length === 0
    ? rollout
    : { ...rollout, assumptions: [...rollout.assumptions, ...more] };
}
