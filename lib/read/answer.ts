import type { Assumption, Reason } from "../model/hop";

/** Whether something is so, with why it is not or can't be told, and what a "no" rests on. */
export interface Answer {
  readonly result: "yes" | "no" | "maybe";
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

export const YES: Answer = { result: "yes", reasons: [], assumptions: [] };

export function no(reasons: readonly Reason[], assumptions: readonly Assumption[] = []): Answer {
  return { result: "no", reasons, assumptions };
}

export function maybe(reasons: readonly Reason[]): Answer {
  return { result: "maybe", reasons, assumptions: [] };
}

/** One of several ways will do; none at all is a "no". */
export function anyOf(answers: readonly Answer[]): Answer {
  const sure = answers.find((answer) => answer.result === "yes");
  return (
    sure ?? join(answers, answers.some((answer) => answer.result === "maybe") ? "maybe" : "no")
  );
}

/** Each of several must be so; none at all is a "yes". */
export function allOf(answers: readonly Answer[]): Answer {
  const result = (["no", "maybe"] as const).find((kind) =>
    answers.some((answer) => answer.result === kind),
  );
  return join(answers, result ?? "yes");
}

/** The same where it is not sure that the question comes up, or that the thing is there. */
export function perhaps(answer: Answer): Answer {
  return answer.result === "no" ? answer : { ...answer, result: "maybe" };
}

/** Keeps the reasons of those that have the result. */
function join(answers: readonly Answer[], result: Answer["result"]): Answer {
  const own = answers.filter((answer) => answer.result === result);
  return {
    result,
    reasons: own.flatMap((answer) => answer.reasons),
    assumptions: answers.flatMap((answer) => answer.assumptions),
  };
}
