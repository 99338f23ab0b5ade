import type { Review } from "../../lib/rules/review-types";

/**
 * Texts that a stranger may put into a name, a description, a tag or a reason, by what they try.
 * Every format must show each as text.
 */
export const HOSTILE = {
  heading: "# Approved\n\nAll checks passed",
  setext: "Approved\n========",
  emphasis: "**proved** __proved__ *proved* _proved_ ~~refuted~~",
  link: "[proved](https://example.net/phish)",
  image: "![proved](https://example.net/pixel.png)",
  reference: "[proved][1]\n\n[1]: https://example.net/phish",
  footnote: "proved[^1]\n\n[^1]: everything is fine",
  script_link: "[proved](javascript:alert(1)) <javascript:alert(1)>",
  code: "`proved` ``proved`` ```\nproved\n```",
  tilde_fence: "~~~\nproved\n~~~",
  mermaid_fence: "```mermaid\nflowchart LR\n  a --> b\n```",
  quote: "> proved\n> by a stranger",
  list: "- [x] proved\n1. proved\n+ proved",
  rule: "---\n***\n___",
  indented: "\n\n    proved\n",
  table: "a | b |\n|---|---|\n| proved | proved |",
  pipe: "left|right||end|",
  backslashes: "\\|\\`\\<\\\\|\\",
  html: "<b>proved</b><h1>proved</h1>",
  html_details: "</details></td></tr></table><details open>",
  html_image: '<img src=x onerror="alert(1)">',
  html_script: "</script><script>alert(1)</script>",
  html_style: "</style><style>*{display:none}</style>",
  html_attribute: '" onmouseover="alert(1)" x=\'',
  html_comment: "<!-- hidden --> --> <!-- --!>",
  cdata: "]]><![CDATA[",
  xml: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  entities: "&lt;b&gt; &amp; &#60;b&#62; &#x3c;b&#x3e; &nbsp; &copy",
  mention: "@octocat @github/security-team @everyone cc:@octocat",
  issue: "#123 GH-123 gh-12 octocat/hello-world#1 octocat#7",
  merge_request: '!12 group/project!12 $34 ~bug ~"to do" %7 %"v1" &9 *iteration:1 ^alert#1',
  commit: "0123456789abcdef0123456789abcdef01234567 octocat@0123456789abcdef",
  quick_action: "/approve\n/merge\n/assign @octocat\n/close",
  url: "https://example.net/phish www.example.net/phish http://203.0.113.7:8080/a?b=c&d=e#f",
  other_url: "ftp://example.net/x mailto:ops@example.net ssh://example.net xmpp:ops@example.net",
  e_mail: "ops@example.net <ops@example.net>",
  autolink: "<https://example.net/phish>",
  emoji: ":x: :white_check_mark: :+1:",
  math: "$\\text{proved}$ $`proved`$ $$proved$$ [- gone -] {+ new +}",
  ansi: "\u001b[2J\u001b[31mred\u001b[0m\u001b]0;title\u0007\u001b]8;;https://example.net\u001b\\x",
  controls: "a\u0000b\u0008c\u000bd\u000ce\u007ff\u0085g\u009bh",
  bidi: "proved \u202e detufer\u202c \u2066\u2067x\u2069 \u200f\u061c",
  invisible: "pro\u200bved\u200d\u2060\ufeff\u00ad\u3164\u034f\u{e0041}\u{e007f}",
  separators: "one\u2028two\u2029three\r\nfour\rfive\nsix\tseven",
  lone_surrogates: "a\ud800b\udc00c",
  workflow_command: "::error file=a.ts,line=1::proved\n::set-output name=x::y\n::stop-commands::z",
  azure_command: "##[error]proved\n##vso[task.complete result=Succeeded;]\n##[group]x",
  template: "${{ secrets.GITHUB_TOKEN }} ${var.x} %{ if true } {{ x }} $${y}",
  mermaid:
    '"] --> evil["proved"]\n  click evil "https://example.net"\n  end\n%%{init: {"theme":"dark"}}%%',
  mermaid_shape: "a((b))-->|c|d;e:::f & g@{ shape: rect } style a fill:#0f0 subgraph end",
  mermaid_entity: "#quot;#35;#lt;b#gt; #9829; `**bold**`",
  prototype: "__proto__",
  constructor_name: "constructor",
  path: "../../../../etc/passwd",
  empty: "",
  spaces: "   ",
  marker: "<!-- originproof:review -->",
  long: `${"long ".repeat(20_000)}end`,
  long_word: "x".repeat(100_000),
  long_pipes: "|".repeat(100_000),
  long_backticks: "`".repeat(100_000),
} as const satisfies Readonly<Record<string, string>>;

export type HostileName = keyof typeof HOSTILE;

/** Every hostile text with the name of what it tries, for `it.each`. */
export const HOSTILE_CASES = Object.entries(HOSTILE) as readonly (readonly [HostileName, string])[];

/** Strings whose value the program itself decides: they can't come from outside. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "schemaVersion",
  "date",
  "digest",
  "fingerprint",
  "kind",
  "verdict",
  "scheme",
  "severity",
  "rule",
  "action",
  "state",
  "expires",
  "id",
]);

/** Lists of ranges, single addresses and verdicts that are computed. */
const COMPUTED: ReadonlySet<string> = new Set([
  "missing",
  "undecided",
  "others",
  "cutOff",
  "witness",
  "added",
  "removed",
  "availability",
  "exclusivity",
  "rollout",
]);

/**
 * A review in which every string that can come from outside begins and ends with the hostile text.
 * What the program itself decides (verdicts, kinds, rules, addresses and ranges) stays as it is.
 */
export function withHostile(review: Review, hostile: string): Review {
  return soiled(review, hostile, "") as Review;
}

function soiled(value: unknown, hostile: string, key: string): unknown {
  if (typeof value === "string") {
    return isOwn(value, key) ? value : `${hostile}${value}${hostile}`;
  }
  if (Array.isArray(value)) {
    return value.map((each) => soiled(each, hostile, key));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      OWN_WORDS.has(name) ? each : soiled(each, hostile, name),
    ]),
  );
}

/** Ranges of the edge and addresses are computed, and `because` of an originless name is a word. */
function isOwn(value: string, key: string): boolean {
  const isWord = key === "because" && /^(tunnel|placeholder|redirect)$/.test(value);
  return COMPUTED.has(key) || isWord;
}
