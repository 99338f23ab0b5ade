import type { Flow } from "../../model/path";
import { originOf } from "../text-paths";
import type { PathGroup } from "./groups";
import { type Content, html, joined, type Markup } from "./markup";

/** Names from outside are set apart from running text. */
export function code(text: string): Markup {
  return html`<code>${text}</code>`;
}

export function codes(texts: readonly string[]): Content {
  return joined(texts.map(code), ", ");
}

/** More ranges than this are counted. */
const MOST_CODES = 6;

/** The first few. */
export function someCodes(texts: readonly string[]): Content {
  const more = texts.length - MOST_CODES;
  return [codes(texts.slice(0, MOST_CODES)), more > 0 ? ` and ${more} more` : null];
}

/** `www.example.com and 39 more`. */
export function hostnamesText(group: PathGroup): Content {
  const [first = ""] = group.hostnames;
  const more = group.hostnames.length - 1;
  const by = html` <span class="quiet">by ${code(group.first.record)}</span>`;
  return [code(first), more === 0 ? null : ` and ${more} more`, group.hasTwin ? by : null];
}

/** `aws_eip.web tcp/443`. */
export function originText({ origin }: { readonly origin: Flow["origin"] }): Markup {
  return html`<code>${originOf({ origin })}</code> <span class="port">tcp/${origin.port}</span>`;
}

/** A link to a group's drawing. */
export function pathLink(group: PathGroup): Markup {
  return html`<a href="#path-${group.number}">${hostnamesText(group)}</a>`;
}
