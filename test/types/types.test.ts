import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HTTP_PORTS, HTTPS_PORTS } from "../../lib/edge/ports";
import { compileProblems } from "../support/compile";
import { HTTP, HTTPS } from "./accepted";

const FILES = ["accepted.ts", "refused.ts"].map((file) => join(__dirname, file));
const texts = FILES.map((file) => [file, readFileSync(file, "utf8")] as const);

describe("types", () => {
  const problems = compileProblems(new Map(texts));

  it.each(FILES)("%s compiles, each expected error being one", (file) => {
    expect(problems.get(file)).toEqual([]);
  });

  it("would tell of an expected error that is none", () => {
    const [, text = ""] = texts[1] ?? [];
    const file = join(__dirname, "refused-mutant.ts");
    const mutant = text.replace("Listener.https(8081)", "Listener.https(8443)");
    expect(mutant).not.toBe(text);
    expect(compileProblems(new Map([[file, mutant]])).get(file)).toEqual([
      expect.stringContaining("Unused '@ts-expect-error' directive."),
    ]);
  });

  it("have the ports that the run-time check has", () => {
    expect([HTTPS, HTTP]).toEqual([HTTPS_PORTS, HTTP_PORTS]);
  });
});
