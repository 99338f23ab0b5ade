import { applyEdits, findNodeAtLocation, modify, parseTree } from "jsonc-parser";
import { parseAddress } from "../net/cidr";
import { type Config, originsOf } from "./config";
import type { Review } from "./review-types";

/**
 * A commented start of `originproof.config.json`, which declares nothing.
 *
 * @param schema where an editor finds the JSON Schema of the file
 */
export function startConfig(schema: string): string {
  return `{
  "$schema": ${JSON.stringify(schema)},

  // Sources that are meant to get in besides Cloudflare. Each needs a reason, which every report
  // shows, and may end: after that day it no longer counts.
  "exceptions": [
    // { "cidr": "198.51.100.0/24", "ports": [443], "reason": "uptime monitor", "expires": "2027-06-30" }
  ],

  // Findings that are known: they are still reported, and no longer fail the run.
  "acknowledged": [
    // { "rule": "exposure/open-to-others", "subject": "aws_security_group.web", "reason": "until the partners have moved", "expires": "2027-06-30" }
  ],

  // Addresses that records lead to and that are no resources of the input, each with the Terraform
  // addresses of all that filters it. What is named here is taken for everything that does.
  "origins": {
    // "203.0.113.7": ["aws_security_group.web"]
  },

  // Settings of zones that are not in the input, by the zone's name.
  "zones": {
    // "example.com": { "ssl": "strict", "always_use_https": "on", "ssl_automatic_mode": "custom" }
  },

  // Ranges that Cloudflare connects from besides its published ones: dedicated egress, BYOIP.
  "edge": [
    // { "cidr": "203.0.113.0/28", "reason": "dedicated egress addresses" }
  ],

  // Quotas of your account, where they are not the vendor's defaults.
  "limits": {
    // "securityGroupRules": 100
  },

  // Statements whose refutation is an error even where no lock was meant.
  "gate": [
    // "exclusivity"
  ]
}
`;
}

/** Addresses that are no resources of the input and for which nothing is declared, in order. */
export function undeclaredOrigins(review: Review, config: Config): readonly string[] {
  const declared = originsOf(config);
  const subjects = review.paths.flatMap(({ availability, exclusivity }) =>
    [...availability.reasons, ...exclusivity.reasons]
      .filter(({ id }) => id === "origin/outside-input")
      .map(({ subject }) => subject),
  );
  return [...new Set(subjects)].filter((text) => {
    const address = parseAddress(text);
    return address.ok && !declared.has(address.value.text);
  });
}

/**
 * The file with an entry to fill in for each address under `origins`, as a comment: nobody but the
 * user knows what filters it. What is there stays, comments too.
 *
 * @param text a file that `parseConfig` takes
 */
export function withOriginsToFillIn(text: string, addresses: readonly string[]): string {
  const lines = addresses.map(lineFor).filter((line) => !text.includes(line));
  if (lines.length === 0) {
    return text;
  }
  const started = hasOrigins(text)
    ? text
    : applyEdits(text, modify(text, ["origins"], {}, { formattingOptions: FORMAT }));
  const node = findNodeAtLocation(parse(started), ["origins"]);
  const start = (node?.offset ?? 0) + 1;
  const added = lines.map((line) => `\n    ${line}`).join("");
  return `${started.slice(0, start)}${added}${onItsOwnLine(started.slice(start))}`;
}

function lineFor(address: string): string {
  return `// ${JSON.stringify(address)}: ["the Terraform addresses of all that filters it"],`;
}

/** What comes behind a comment must not become a part of it. */
function onItsOwnLine(rest: string): string {
  if (/^[ \t]*\r?\n/.test(rest)) {
    return rest;
  }
  const text = rest.trimStart();
  return text.startsWith("}") ? `\n  ${text}` : `\n    ${text}`;
}

const FORMAT = { insertSpaces: true, tabSize: 2, eol: "\n" };

function hasOrigins(text: string): boolean {
  return findNodeAtLocation(parse(text), ["origins"]) !== undefined;
}

function parse(text: string) {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) {
    throw new Error("a configuration file that was read before can't be empty");
  }
  return root;
}
