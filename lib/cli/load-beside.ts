import type { ReadInput } from "../read/snapshot";
import { readText } from "./load";
import { UsageError } from "./usage-error";

/**
 * Reads what belongs to a plan: a file alone where there is one plan, `<plan>=<file>` where there
 * are several, with the plan as it is named on the command line.
 *
 * @throws UsageError where it can't be told whose a file is
 * @throws InputError for one that can't be read
 */
export function loadBeside<T>(
  option: string,
  given: readonly string[] | undefined,
  reads: readonly ReadInput[],
  parse: (text: string, label: string) => T & { readonly label: string },
): readonly T[] {
  const plans = reads.filter(({ input }) => input.kind === "plan").map(({ input }) => input.label);
  const seen = new Set<string>();
  return (given ?? []).map((value) => {
    const named = plans.find((label) => value.startsWith(`${label}=`));
    const [only, ...others] = plans;
    if (only === undefined) {
      throw new UsageError(`'${option}' got ${JSON.stringify(value)}, but no input is a plan`);
    }
    if (named === undefined && others.length > 0) {
      const form = `${option} ${only}=<file>`;
      throw new UsageError(`'${option}' does not say which plan it is about; use ${form}`);
    }
    const plan = named ?? only;
    if (seen.has(plan)) {
      throw new UsageError(`'${option}' is given twice for ${plan}`);
    }
    seen.add(plan);
    const file = named === undefined ? value : value.slice(named.length + 1);
    return { ...parse(readText(file, file), file), label: plan };
  });
}
