import MarkdownIt from "markdown-it";

/** A report as a reader of Markdown has it. */
export interface Reading {
  /** What is wrong with it as a report; empty of a sound one. */
  readonly problems: readonly string[];
  /** Everything that is shown, with one blank between words. */
  readonly text: string;
  /** Sources of its Mermaid pictures. */
  readonly pictures: readonly string[];
}

/** As GitHub and GitLab read it: HTML, tables, bare links. */
const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false });

type Token = ReturnType<typeof markdown.parse>[number];

/** Blocks and inlines that a report is made of. */
const BLOCKS = new Set([
  "heading",
  "paragraph",
  "bullet_list",
  "ordered_list",
  "list_item",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
  "blockquote",
]);
const SINGLE = new Set(["inline", "fence", "html_block"]);
const INLINE = new Set(["text", "code_inline", "strong_open", "strong_close", "softbreak"]);
const LINKS = new Set(["link_open", "link_close"]);

/** What GitHub or GitLab make of text that is no code. */
const REFERENCES: readonly RegExp[] = [
  /@[\w-]/,
  /[#!$%&~^][\w"]/,
  /\bGH-\d/i,
  /:[\w+-]+:/,
  /\b[0-9a-f]{7,40}\b/,
  /\bwww\./i,
  /[a-z]:\/\//i,
  /\bmailto:/i,
  /\[[-+]|\{[-+]|\[\[|\[\^|\*iteration/,
  /\$/,
  /<!--|-->/,
];

/** Reads a report, and collects whatever a stranger could have put there. */
export function readReport(source: string, docs: string): Reading {
  const tokens = markdown.parse(source, {});
  const problems: string[] = [];
  const texts: string[] = [];
  const say = (problem: string) => problems.push(problem.slice(0, 300));
  for (const line of source.split("\n")) {
    if (/^\s*\//.test(line)) {
      say(`a quick action: ${line}`);
    }
  }
  for (const token of tokens) {
    const block = token.type.replace(/_(open|close)$/, "");
    if (!BLOCKS.has(block) && !SINGLE.has(token.type)) {
      say(`a block: ${token.type} ${token.content}`);
    }
    if (token.type === "fence" && token.info !== "mermaid") {
      say(`a fence: ${token.info}`);
    }
    if (token.type === "html_block") {
      readHtml(token.content, say, texts);
    }
    if (token.type === "inline") {
      readInline(token.children ?? [], docs, say, texts);
    }
  }
  const headings = tokens.filter(({ type }) => type === "heading_open");
  if (headings.length !== 1) {
    say(`${headings.length} headings`);
  }
  checkTables(tokens, say);
  checkNesting(tokens, say);
  const pictures = tokens.flatMap(({ type, content }) => (type === "fence" ? [content] : []));
  return { problems, text: texts.join(" ").replace(/\s+/g, " "), pictures };
}

type Say = (problem: string) => void;

function readInline(tokens: readonly Token[], docs: string, say: Say, texts: string[]): void {
  let shown = "";
  for (const token of tokens) {
    if (LINKS.has(token.type)) {
      const href = token.attrGet("href");
      if (token.type === "link_open" && href?.startsWith(docs) !== true) {
        say(`a link: ${href}`);
      }
    } else if (!INLINE.has(token.type)) {
      say(`an inline: ${token.type} ${token.content}`);
    }
    if (token.type === "text") {
      checkText(token.content, say);
    }
    shown += token.type === "softbreak" ? " " : token.content;
  }
  texts.push(shown);
}

/** Text between elements, of which a report has few. */
function readHtml(source: string, say: Say, texts: string[]): void {
  if (source === "<!-- originproof:review -->\n") {
    return;
  }
  const summary = /^<details(?: open)?>\n<summary>(.*)<\/summary>\n$/.exec(source)?.[1];
  if (summary === undefined) {
    if (source !== "</details>\n" && source !== "</details>") {
      say(`HTML: ${source}`);
    }
    return;
  }
  const plain = summary.replace(/<code>[^<]*<\/code>/g, " ").replace(/<\/?b>/g, "");
  if (/[<>]/.test(plain)) {
    say(`HTML in a summary: ${summary}`);
  }
  checkText(decoded(plain), say);
  texts.push(decoded(summary.replace(/<\/?(?:b|code)>/g, "")));
}

function decoded(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

function checkText(text: string, say: Say): void {
  for (const reference of REFERENCES) {
    if (reference.test(text)) {
      say(`a reference (${reference}): ${text}`);
    }
  }
}

function checkTables(tokens: readonly Token[], say: Say): void {
  let columns = 0;
  let cells = 0;
  for (const { type } of tokens) {
    if (type === "table_open") {
      columns = 0;
    }
    if (type === "tr_open") {
      cells = 0;
    }
    if (type === "th_open") {
      columns += 1;
    }
    if (type === "td_open") {
      cells += 1;
    }
    if (type === "tr_close" && cells !== 0 && cells !== columns) {
      say(`a row of ${cells} cells in a table of ${columns}`);
    }
  }
}

/** Each element is opened and closed, none in another. */
function checkNesting(tokens: readonly Token[], say: Say): void {
  let open = 0;
  for (const { type, content } of tokens) {
    if (type === "html_block") {
      open += content.startsWith("<details") ? 1 : content.startsWith("</details") ? -1 : 0;
      if (open < 0 || open > 1) {
        say(`${open} open elements at ${content}`);
      }
    }
  }
  if (open !== 0) {
    say("an element is left open");
  }
}
