import type { Input } from "../model/instance";
import type { Topology } from "../model/topology";
import { InputError } from "../read/input-error";
import { push } from "../read/lookup";
import { blockOf } from "./weakening";

/**
 * Refuses two inputs of one stack, such as its plan and its synth output, which hold each record
 * twice. Two plans may have records of the same address and name: two regions are two stacks.
 *
 * @throws InputError that names both, with what to give instead
 */
export function refuseSameStack({ inputs, paths }: Topology): void {
  if (new Set(inputs.map(({ kind }) => kind)).size < 2) {
    return;
  }
  const byLabel = new Map(inputs.map((input) => [input.label, input]));
  const seen = new Map<string, Seen[]>();
  for (const { flow } of paths) {
    const input = byLabel.get(flow.input);
    const block = blockOf(flow.record);
    if (input !== undefined) {
      const { hostname } = flow;
      const other = seen.get(block)?.find((each) => isSame(each, { input, hostname }));
      if (other !== undefined) {
        throw sameStack(input, other.input, flow.record);
      }
      push(seen, block, { input, hostname });
    }
  }
}

interface Seen {
  readonly input: Input;
  readonly hostname: string;
}

/** Names that only apply can tell are in parentheses. */
function isSame(left: Seen, right: Seen): boolean {
  const names = [left.hostname, right.hostname];
  const alike = left.hostname === right.hostname || names.some((name) => name.startsWith("("));
  return left.input.kind !== right.input.kind && alike;
}

function sameStack(input: Input, other: Input, record: string): InputError {
  const [synth, plan] = input.kind === "synth" ? [input, other] : [other, input];
  const both = `holds ${record} for the same name as ${plan.label}`;
  const advice =
    synth.kind === "synth"
      ? `the two are one stack; give the ${plan.kind} alone, with --synth cdktf.out`
      : "the two are one stack; give the plan alone";
  return new InputError(synth.label, `${both}: ${advice}`);
}
