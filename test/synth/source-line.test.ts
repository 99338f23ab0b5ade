import { resolve } from "node:path";
import { runInThisContext } from "node:vm";
import { callerLine, sourceLineOf } from "../../lib/synth/source-line";

const LIBRARY = resolve(__dirname, "../../lib");

function stackOf(...frames: readonly string[]): string {
  return ["Error", ...frames.map((frame) => `    at ${frame}`)].join("\n");
}

/** A function that calls another from as many frames below `node_modules`. */
function deepDependency(): (frames: number, action: () => unknown) => unknown {
  const text =
    "(function deep(frames, action) { return frames > 0 ? deep(frames - 1, action) : action(); })";
  return runInThisContext(text, { filename: "/app/node_modules/company/index.js" });
}

function fileFrom(directory: string): string | undefined {
  const before = process.cwd();
  process.chdir(directory);
  try {
    return callerLine()?.file;
  } finally {
    process.chdir(before);
  }
}

describe("sourceLineOf", () => {
  it("skips the library, dependencies and Node itself", () => {
    const stack = stackOf(
      `callerLine (${LIBRARY}/synth/source-line.ts:34:5)`,
      `new Zone (${LIBRARY}/zone/zone.ts:100:5)`,
      "new Company (/app/node_modules/company/index.js:3:1)",
      "Module._compile (node:internal/modules/cjs/loader:1521:14)",
      "new Shop (/app/src/main.ts:21:14)",
      "Object.<anonymous> (/app/src/main.ts:60:1)",
    );
    expect(sourceLineOf(stack, "/app")).toEqual({ file: "src/main.ts", line: 21 });
  });

  it.each([
    ["/app/main.ts:7:1", { file: "main.ts", line: 7 }],
    ["async /app/main.ts:7:1", { file: "main.ts", line: 7 }],
    ["async Promise.all (/app/main.ts:7:1)", { file: "main.ts", line: 7 }],
    ["file:///app/a%20b.mjs:7:1", { file: "a b.mjs", line: 7 }],
    ["x (file:///app/main.mjs:7:1)", { file: "main.mjs", line: 7 }],
    ["x (/app/with (brackets)/main.ts:7:1)", { file: "with (brackets)/main.ts", line: 7 }],
    ["x (/elsewhere/main.ts:7:1)", { file: "/elsewhere/main.ts", line: 7 }],
    ["x (/app/..odd/main.ts:7:1)", { file: "..odd/main.ts", line: 7 }],
  ])("reads %s", (frame, line) => {
    expect(sourceLineOf(stackOf(frame), "/app")).toEqual(line);
  });

  it("gives null where no frame is the user's", () => {
    expect(sourceLineOf(stackOf("x (node:internal/main:1:1)"), "/app")).toBeNull();
    expect(sourceLineOf(stackOf("Array.map (<anonymous>)", "native"), "/app")).toBeNull();
    const evaluated = "eval (eval at x (/app/main.ts:1:2), <anonymous>:1:1)";
    expect(sourceLineOf(stackOf(evaluated), "/app")).toBeNull();
    expect(sourceLineOf("", "/app")).toBeNull();
  });
});

describe("callerLine", () => {
  it("finds the line that called, however deep, and leaves the limit as it was", () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    const line = callerLine();
    expect(Error.stackTraceLimit).toBe(1);
    Error.stackTraceLimit = limit;
    expect(line).toEqual({ file: "test/synth/source-line.test.ts", line: expect.any(Number) });
  });

  it("finds it behind many frames of dependencies", () => {
    const through = deepDependency();
    const lines = [1, 2].map(() => through(40, callerLine));
    expect(lines[0]).toEqual({ file: "test/synth/source-line.test.ts", line: expect.any(Number) });
    expect(lines[1]).toEqual(lines[0]);
  });

  it("tells lines that differ apart, and follows a change of the working directory", () => {
    const here = [
      callerLine(), // one line
      callerLine(), // and the next
    ];
    expect(Number(here[1]?.line) - Number(here[0]?.line)).toBe(1);
    const files = [".", "test", "."].map((folder) => fileFrom(resolve(LIBRARY, "..", folder)));
    const name = "source-line.test.ts";
    expect(files).toEqual([`test/synth/${name}`, `synth/${name}`, `test/synth/${name}`]);
  });
});
