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
  const lines = linesOf(text, Math.max(20, width - column - 2), hard);
  return lines.map((line, index) => `  ${(index === 0 ? label : "").padEnd(column)}${line}`);
}

/** Words of one column a character, with one space between them: most of a report. */
const PLAIN = /^[!-~→·…]+(?: [!-~→·…]+)*$/;

/** As `wrap-ansi` breaks a text, which takes its time to ask for the width of each character. */
function linesOf(text: string, columns: number, hard: boolean): readonly string[] {
  const words = PLAIN.test(text) ? text.split(" ") : [];
  if (words.length === 0 || words.some(({ length }) => length > columns)) {
    return wrap(text, columns, { hard }).split("\n");
  }
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A label and its text, wrapped under its own column. */
export function wrapped(label: string, text: string, width: number): string[] {
  const lines = linesOf(text, Math.max(20, width - label.length), true);
  return lines.map((line, index) => (index === 0 ? label : " ".repeat(label.length)) + line);
}
