import wrap from "wrap-ansi";

/** One line of a block: running text, or a labelled fact. */
export type Line = string | readonly [label: string, text: string];

/**
 * A block with Terraform's left rule, so that a reader sees what belongs to it.
 *
 * @param lines text; labelled facts are aligned, and wrapped under their own column
 * @param width columns of the terminal
 * @param hard whether a word that is too long is broken; a name to be copied is not
 */
export function renderBlock(
  lines: readonly Line[],
  width: number,
  { hard }: { readonly hard: boolean } = { hard: true },
): string {
  const labels = lines.flatMap((line) => (typeof line === "string" ? [] : [line[0].length]));
  const column = Math.max(0, ...labels) + 2;
  const body = lines.flatMap((line) =>
    typeof line === "string"
      ? wrapped("", line, width - 2)
      : fact(line, { column, width: width - 2, hard }),
  );
  return ["╷", ...body.map((line) => `│ ${line}`.trimEnd()), "╵"].join("\n");
}

function fact(
  [label, text]: readonly [string, string],
  { column, width, hard }: { column: number; width: number; hard: boolean },
): string[] {
  const lines = wrap(text, Math.max(20, width - column - 2), { hard }).split("\n");
  return lines.map((line, index) => `  ${(index === 0 ? label : "").padEnd(column)}${line}`);
}

/** A label and its text, wrapped under its own column. */
export function wrapped(label: string, text: string, width: number): string[] {
  const lines = wrap(text, Math.max(20, width - label.length), { hard: true }).split("\n");
  return lines.map((line, index) => (index === 0 ? label : " ".repeat(label.length)) + line);
}
