import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, parseConfig } from "originproof/review";
import { z } from "zod";
import { ConfigSchema } from "../../lib/rules/config-schema";
import { errorOf } from "../support/synth";

const SCHEMA = join(__dirname, "../../originproof.config.schema.json");

function refusal(text: string): string {
  const error = errorOf(() => parseConfig(text, "originproof.config.json"));
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message.replace(/^originproof\.config\.json:/, "");
}

describe("originproof.config.json", () => {
  it("may have comments and trailing commas", () => {
    const text = '// ours\n{\n  /* none yet */ "exceptions": [],\n  "gate": ["exclusivity",],\n}\n';
    expect(parseConfig(text, "a").gate).toEqual(["exclusivity"]);
  });

  it.each([
    ["", "1:1: is no JSON: a value is missing"],
    ['{\n  "gate": [\n', "3:1: is no JSON: a closing bracket is missing"],
    ['{"gate": []\n  "edge": []}', "2:3: is no JSON: a comma is missing"],
    ["[] []", "1:4: is no JSON: there is more behind the end"],
    ['{\r\n  "gate": [],\r\n  "gate": []\r\n}', '3:3: has the member "gate" twice'],
    ["[]", "1:1: the file: Invalid input: expected object, received array"],
    ['{\n  "exceptons": []\n}', "2:3: 'exceptons': there is no such member"],
    ['{"__proto__": {"gate": []}}', "1:2: '__proto__': there is no such member"],
    [
      '{"exceptions": [\n  {"cidr": "198.51.100.1/24", "reason": "x"}]}',
      "2:12: 'exceptions.0.cidr': \"198.51.100.1/24\" has host bits set",
    ],
    ['{"exceptions": [\n  {"cidr": "198.51.100.1/32"}]}', "2:3: 'exceptions.0.reason': is missing"],
    [
      '{"edge": [{"cidr": "198.51.100.1/32", "reason": " "}]}',
      "1:49: 'edge.0.reason': is empty; say in a few words why",
    ],
    ['{"origins": {"web": ["a.b"]}}', "1:14: 'origins.web': is no IP address"],
    [
      '{"acknowledged": [{"rule": "misses-ports", "subject": "a.b", "reason": "x"}]}',
      "1:28: 'acknowledged.0.rule': \"misses-ports\" is no rule; use one of firewall/misses-edge",
    ],
    [
      '{"acknowledged": [{"subject": "a.b", "reason": "x"}]}',
      "1:19: 'acknowledged.0.rule': is miss",
    ],
    [
      '{"acknowledged": [{"rule": "dns/zone-not-active", "subject": "a", "reason": "x", "expires": "2026-02-30"}]}',
      '1:93: \'acknowledged.0.expires\': "2026-02-30" is no day; write one as "2027-01-31"',
    ],
  ])("%j is refused by line, column and member", (text, expected) => {
    expect(refusal(text).slice(0, expected.length)).toBe(expected);
  });
});

describe("originproof.config.schema.json", () => {
  it("is what the reader's own schema says; UPDATE_GOLDENS=1 writes it", () => {
    const { $schema, ...rest } = z.toJSONSchema(ConfigSchema, { io: "input" });
    const now = `${JSON.stringify({ $schema, title: "originproof.config.json", ...rest }, null, 2)}\n`;
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      writeFileSync(SCHEMA, now);
    }
    expect(JSON.parse(readFileSync(SCHEMA, "utf8"))).toEqual(JSON.parse(now));
  });

  it("describes every member, and is in the package", () => {
    const { properties } = JSON.parse(readFileSync(SCHEMA, "utf8"));
    const bare = Object.entries<{ description?: string }>(properties)
      .filter(([name, { description }]) => name !== "$schema" && description === undefined)
      .map(([name]) => name);
    expect(bare).toEqual([]);
    const { files } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
    expect(files).toContain("originproof.config.schema.json");
  });
});
