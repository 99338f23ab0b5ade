import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";

/**
 * A page that shows Markdown as a comment on GitHub: its style sheet, its width, and Mermaid's own
 * program for the pictures. It asks for nothing from the network. `data-drawn` of the body tells
 * when the pictures are there.
 */
export function markdownPage(markdown: string): string {
  const reader = new MarkdownIt({ html: true, linkify: true });
  const { fence } = reader.renderer.rules;
  reader.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    return token?.info === "mermaid"
      ? `<pre class="mermaid">${reader.utils.escapeHtml(token.content)}</pre>\n`
      : (fence?.(tokens, index, options, env, self) ?? "");
  };
  const style = readFileSync(require.resolve("github-markdown-css/github-markdown.css"), "utf8");
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8"><title>A comment</title>',
    `<style>${style}\n${PAGE}</style>`,
    `<script>${mermaidSource()}</script></head>`,
    `<body><article class="markdown-body">${withSigns(reader.render(markdown))}</article>`,
    `<script>${DRAW}</script></body></html>`,
  ].join("\n");
}

/** Emoji as letters in their colours: a machine that takes pictures may have no font for them. */
function withSigns(html: string): string {
  return html.replace(/[✅❌❔]|⚠️/gu, (sign) => {
    const [letter, colour] = SIGNS[sign] ?? [sign, "inherit"];
    return `<span style="color: ${colour}">${letter}</span>`;
  });
}

const SIGNS: Readonly<Record<string, readonly [letter: string, colour: string]>> = {
  "✅": ["✔", "#1f883d"],
  "❌": ["✖", "#cf222e"],
  "❔": ["?", "#9a6700"],
  "⚠️": ["⚠", "#bf8700"],
};

/** Mermaid's program, as it can stand within a page. */
export function mermaidSource(): string {
  const file = require.resolve("mermaid/dist/mermaid.min.js");
  return readFileSync(file, "utf8").replaceAll("</script", "<\\/script");
}

const PAGE = `
  body { margin: 0; padding: 24px; background: #ffffff; }
  .markdown-body { max-width: 860px; margin: 0 auto; font-size: 14px; }
  .markdown-body pre.mermaid { background: none; text-align: center; }
  @media (prefers-color-scheme: dark) { body { background: #0d1117; } }
`;

const DRAW = `
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: dark ? "dark" : "default" });
  const closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
  mermaid.run().finally(() => {
    for (const details of closed) details.open = false;
    document.body.dataset.drawn = "true";
  });
`;
