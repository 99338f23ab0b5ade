import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, parseInput, reviewInputs } from "originproof/review";
import { errorOf } from "../support/synth";

const INPUTS = join(__dirname, "../golden/inputs");
const PLAN = parseInput(
  readFileSync(join(INPUTS, "declared.plan.json"), "utf8"),
  "declared.plan.json",
);
const [path] = reviewInputs([PLAN]).paths;
const { hostname = "", record = "" } = path ?? {};

/** The synth output of a stack with that record. */
function synthOf(name: string, content = "8.8.8.8") {
  const [type = "", label = ""] = record.split(".");
  const zone_id = "0123456789abcdef0123456789abcdef";
  const block = { zone_id, name, type: "A", content, proxied: true, ttl: 1 };
  return parseInput(JSON.stringify({ resource: { [type]: { [label]: block } } }), "shop");
}

describe("a plan and a synth output", () => {
  it("of one stack are refused, in any order, with what to give instead", () => {
    const text =
      `shop: holds ${record} for the same name as declared.plan.json: the two are one stack; ` +
      "give the plan alone, with --synth cdktf.out";
    for (const reads of [
      [PLAN, synthOf(hostname)],
      [synthOf(hostname), PLAN],
      [PLAN, synthOf("${var.name}.example.com")],
    ]) {
      const error = errorOf(() => reviewInputs(reads));
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain(text);
    }
  });

  it("of two stacks are one topology, though an address is the same", () => {
    expect(reviewInputs([PLAN, synthOf("other.example.net")]).paths.length).toBeGreaterThan(1);
  });

  it("may be two regions where both are of one kind", () => {
    const west = {
      ...synthOf(hostname, "8.8.4.4"),
      input: { ...synthOf("").input, label: "west" },
    };
    expect(() => reviewInputs([synthOf(hostname), west])).not.toThrow();
  });
});
