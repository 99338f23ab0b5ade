import { parseInput, reviewInputs } from "originproof/review";
import { NO_CONFIG, parseConfig } from "../../lib/rules/config";
import { ConfigSchema } from "../../lib/rules/config-schema";
import { startConfig, undeclaredOrigins, withOriginsToFillIn } from "../../lib/rules/config-start";
import { planOf } from "../support/plan";
import { record, siteWith, zone } from "../support/site";

const START = startConfig("./originproof.config.schema.json");

describe("the start of a configuration file", () => {
  it("declares nothing", () => {
    const { $schema, ...rest } = parseConfig(START, "start");
    expect($schema).toBe("./originproof.config.schema.json");
    expect(rest).toEqual(NO_CONFIG);
  });

  it("has every member that there is, with an example that can be used as it is", () => {
    const config = parseConfig(START.replace(/^( +)\/\/ (?=[{"])/gm, "$1"), "start");
    const empty = Object.entries(config).filter(
      ([, value]) => Object.keys(value ?? {}).length === 0,
    );
    expect(empty).toEqual([]);
    expect(Object.keys(config).sort()).toEqual(Object.keys(ConfigSchema.shape).sort());
  });
});

describe("origins to fill in", () => {
  const ADDRESSES = ["198.51.100.7", "2001:db8::7"];
  const LINES = ADDRESSES.map(
    (address) => `    // "${address}": ["the Terraform addresses of all that filters it"],`,
  ).join("\n");

  it.each([
    ["an empty file", "{}"],
    ["no origins", '// ours\n{\n  "gate": ["exclusivity"], // why\n}\n'],
    ["origins in a line", '{ "origins": { "192.0.2.9": ["aws_security_group.web"] } }'],
    ["origins without any", '{ "origins": {}, "gate": [] }'],
    ["origins with a comment", '{\n  "origins": { // elsewhere\n  },\n}'],
    ["lines as Windows ends them", '{\r\n  "origins": {\r\n    "192.0.2.9": ["a.b"],\r\n  }\r\n}'],
    ["the start", START],
  ])("stand in a file with %s, which means what it meant", (_, text) => {
    const filled = withOriginsToFillIn(text, ADDRESSES);
    const { origins, ...rest } = parseConfig(filled, "filled");
    const before = parseConfig(text, "before");
    expect({ origins, ...rest }).toEqual(before);
    expect(filled).toContain(LINES);
    const comments = (of: string) => [...of.matchAll(/\/\/.*/g)].map(([found]) => found.trim());
    expect(comments(filled)).toEqual(expect.arrayContaining(comments(text)));
    expect(withOriginsToFillIn(filled, ADDRESSES)).toBe(filled);
    // Filled in, they count.
    const used = parseConfig(filled.replace(/\/\/ (?="(198|2001))/g, ""), "used");
    expect(Object.keys(used.origins).sort()).toEqual(
      [...Object.keys(before.origins), ...ADDRESSES].sort(),
    );
  });

  it("are literal addresses without a resource, and those that are declared no more", () => {
    const resources = [
      ...zone(),
      record({ values: { content: "198.51.100.7" } }),
      record({
        address: "cloudflare_dns_record.api",
        values: { name: "api.example.com", content: "198.51.100.8" },
      }),
    ];
    const read = parseInput(JSON.stringify(planOf({ resources })), "plan.json");
    const config = parseConfig('{ "origins": { "198.51.100.8": ["aws_security_group.x"] } }', "c");
    expect(undeclaredOrigins(reviewInputs([read]), NO_CONFIG)).toEqual([
      "198.51.100.7",
      "198.51.100.8",
    ]);
    expect(undeclaredOrigins(reviewInputs([read], { config }), config)).toEqual(["198.51.100.7"]);
  });

  it("are none of a site whose origins are resources", () => {
    const read = parseInput(JSON.stringify(planOf({ resources: siteWith() })), "plan.json");
    expect(undeclaredOrigins(reviewInputs([read]), NO_CONFIG)).toEqual([]);
  });
});
