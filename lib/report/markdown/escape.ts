import { shown } from "../escape";

/*
 * Text from outside for Markdown, in which GitHub and GitLab read more than CommonMark says: they
 * look for mentions, numbers of issues, commits, e-mail addresses and :emoji: in the text that the
 * parser made, so that no backslash and no entity keeps them away. They don't look into code. So
 * words and numbers stay as they are, and everything else is code.
 *
 * See docs/decisions/0015-markdown-by-words-and-code.md.
 */

/** Names that are longer are cut: no real one is. */
const LONGEST_NAME = 300;
/** Sentences that are longer are cut. */
const LONGEST_PROSE = 2_000;

/** Words that stand as they are: `Cloudflare's`, `create-before-destroy`, `IPv4`. */
const WORD = /^\p{L}+(?:['’-]\p{L}+)*[46]?$/u;
/** What GitHub may take for a commit. */
const COMMIT = /^[0-9a-f]{7,}$/i;
/** Numbers, ports and days. */
const NUMBER = /^(?:\d{1,6}(?:\.\d{1,3})?%?|(?:tcp|udp)\/\d{1,5}|\d{4}-\d\d-\d\d)$/;
/** Signs that stand alone. */
const SIGN = /^[·→–—…=]$/u;
/** Brackets and quotes before a word; punctuation and a genitive after it. */
const PARTS = /^([("'“‘]*)(.*?)((?:['’]s)?[.,;:!?)"'”’]*)$/su;

/** What this package itself writes as code in a sentence. */
const QUOTED = /^`([\w.=-]+)`$/;

/** A part of a text: words as they are, or something to be shown as code. */
interface Piece {
  readonly code: boolean;
  readonly text: string;
}

/** A sentence as Markdown, on one line. */
export function prose(text: string): string {
  return piecesOf(text)
    .map((piece) => (piece.code ? span(piece.text) : piece.text))
    .join("");
}

/** A name as Markdown: code, whatever it is. */
export function name(text: string): string {
  const cut = shown(text, LONGEST_NAME);
  return cut === "" ? "(empty)" : span(cut);
}

/** A sentence for inside of an HTML element, such as `<summary>`. */
export function htmlProse(text: string): string {
  return piecesOf(text)
    .map((piece) => (piece.code ? htmlSpan(piece.text) : htmlText(piece.text)))
    .join("");
}

/** A name for inside of an HTML element. */
export function htmlName(text: string): string {
  const cut = shown(text, LONGEST_NAME);
  return cut === "" ? "(empty)" : htmlSpan(cut);
}

/** Markdown for a cell of a table, whose rows are split before anything else is read. */
export function cell(markdown: string): string {
  return markdown.replaceAll("|", "\\|");
}

function piecesOf(text: string): readonly Piece[] {
  const words = shown(text, LONGEST_PROSE)
    .split(/ +/)
    .filter((word) => word !== "");
  const pieces = words.flatMap((word, index) => [
    ...(index === 0 ? [] : [{ code: false, text: " " }]),
    ...wordPieces(word, index === 0),
  ]);
  return joinCode(pieces);
}

function wordPieces(word: string, isFirst: boolean): readonly Piece[] {
  if (SIGN.test(word)) {
    return [{ code: false, text: word }];
  }
  const { before, core, after } = partsOf(word);
  // A number with a point or bracket begins a list where it stands first.
  if (core === "" || (isFirst && /^\d+[.)]/.test(word))) {
    return [{ code: true, text: word }];
  }
  const isPlain = (WORD.test(core) && !COMMIT.test(core)) || NUMBER.test(core);
  return [
    { code: false, text: before },
    { code: !isPlain, text: QUOTED.exec(core)?.[1] ?? core },
    { code: false, text: after },
  ].filter(({ text }) => text !== "");
}

interface Parts {
  readonly before: string;
  readonly core: string;
  readonly after: string;
}

/**
 * A bracket that closes one within the word is a part of the word, `EdgeRanges.pinned()`, and so are
 * the colons of `2400:cb00::`.
 */
function partsOf(word: string): Parts {
  const [, before = "", core = "", after = ""] = PARTS.exec(word) ?? ["", "", word, ""];
  const open = core.split("(").length - core.split(")").length;
  const end = open > 0 ? /^\)/ : core.includes(":") ? /^:+/ : /^/;
  const own = end.exec(after)?.[0] ?? "";
  return { before, core: core + own, after: after.slice(own.length) };
}

/** Code, a blank and code are one piece of code: text from outside keeps its look. */
function joinCode(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const [blank, code] = [joined.at(-1), joined.at(-2)];
    if (piece.code && code?.code === true && blank?.text === " ") {
      joined.splice(-2, 2, { code: true, text: `${code.text} ${piece.text}` });
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

/** A code span: its fence is longer than any run of backticks in it. */
function span(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const isBlank = text.trim() === "";
  const padded = !isBlank && /^[` ]|[` ]$/.test(text) ? ` ${text} ` : text;
  return `${fence}${padded}${fence}`;
}

function htmlSpan(text: string): string {
  return `<code>${htmlText(text)}</code>`;
}

function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
