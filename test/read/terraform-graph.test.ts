import { InputError } from "../../lib/read/input-error";
import { parseTerraformGraph } from "../../lib/read/terraform-graph";

function graphOf(...lines: readonly string[]): string {
  const head = ["digraph {", '\tcompound = "true"', '\tnewrank = "true"', '\tsubgraph "root" {'];
  return [...head, ...lines.map((line) => `\t\t${line}`), "\t}", "}", ""].join("\n");
}

function edgesOf(text: string): Record<string, readonly string[]> {
  return Object.fromEntries(parseTerraformGraph(text, "plan.dot").edges);
}

function refusal(text: string): string {
  try {
    parseTerraformGraph(text, "plan.dot");
  } catch (error) {
    return error instanceof InputError ? error.message : `not an InputError: ${error}`;
  }
  return "read";
}

describe("the graph of a plan", () => {
  it("has vertices with and without edges", () => {
    const text = graphOf(
      '"[root] a.b (expand)" [label = "a.b", shape = "box"]',
      '"[root] a.c" [label = "a.c", shape = "box"]',
      '"[root] a.c" -> "[root] a.b (expand)"',
      '"[root] a.c" -> "[root] a.d (destroy deposed 0123abcd)" [color = "red", penwidth = "2.0"]',
    );
    expect(edgesOf(text)).toEqual({
      "a.b (expand)": [],
      "a.c": ["a.b (expand)", "a.d (destroy deposed 0123abcd)"],
      "a.d (destroy deposed 0123abcd)": [],
    });
  });

  it("has names as Go quotes them", () => {
    const line = String.raw`"[root] a.b[\"x \\\" -> \\\\ \u202e\U0001f600\x00\"]" -> "[root] a.c"`;
    expect(edgesOf(graphOf(line))).toEqual({
      'a.b["x \\" -> \\\\ \u202e\u{1f600}\0"]': ["a.c"],
      "a.c": [],
    });
  });

  it("may have cycles, other line ends, and names like those of every object", () => {
    const text = graphOf(
      '"[root] __proto__" -> "[root] constructor"',
      '"[root] constructor" -> "[root] __proto__"',
    ).replaceAll("\n", "\r\n");
    expect([...parseTerraformGraph(text, "x").edges]).toEqual([
      ["__proto__", ["constructor"]],
      ["constructor", ["__proto__"]],
    ]);
  });

  it("skips lines that hold neither vertex nor edge", () => {
    const text = graphOf('"[root] a', '"b" -> "c"', '"[root] a\\', '"[root] a.b" -> nothing', "[]");
    expect(edgesOf(text)).toEqual({ "a.b": [] });
  });

  it.each([
    ["", /is empty/],
    ['{"format_version":"1.2"}', /is no graph of Terraform's/],
    ['digraph G {\n  rankdir = "RL";\n}\n', /does not tell what the plan does/],
    [graphOf('"[root] a.b" [label = "a.b"]').slice(0, -5), /was cut off/],
  ])("refuses %j", (text, message) => {
    expect(refusal(text)).toMatch(message);
    expect(refusal(text)).toMatch(/^plan\.dot: .*terraform graph -plan=/);
  });

  it("reads lines of megabytes in the time they take to look at", () => {
    const long = "\\\\".repeat(2_000_000);
    const text = graphOf(`"[root] ${long}" -> "[root] ${long}`, `"[root] ${'"'.repeat(2_000_000)}`);
    const before = process.cpuUsage().user;
    expect(parseTerraformGraph(text, "x").edges.size).toBe(2);
    expect(process.cpuUsage().user - before).toBeLessThan(5_000_000);
  });
});
