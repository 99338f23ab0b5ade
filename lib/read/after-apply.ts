/** `which groups it has is known after apply (var.groups)`: what decides, where the input names it. */
export function afterApply(what: string, decider: string): string {
  return `${what} is known after apply${decider === "" ? "" : ` (${decider})`}`;
}
