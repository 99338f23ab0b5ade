import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { answerWhy, parseAddress, parseInput } from "originproof/review";
import { z } from "zod";
import { renderWhyJson } from "../../lib/report/why-json";
import { WhySchema } from "../../lib/rules/why-schema";
import { entryNames, readEntry } from "../corpus/files";
import { compileProblems } from "../support/compile";

const ROOT = join(__dirname, "../..");
const SCHEMA = join(ROOT, "originproof.why.schema.json");

function schemaNow(): string {
  const { $schema, ...rest } = z.toJSONSchema(WhySchema);
  const named = { $schema, title: "an answer of originproof why", ...rest };
  return `${JSON.stringify(named, null, 2)}\n`;
}

if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
  writeFileSync(SCHEMA, schemaNow());
}

test("originproof.why.schema.json is what the schema says; UPDATE_GOLDENS=1 writes it", () => {
  expect(readFileSync(SCHEMA, "utf8")).toBe(schemaNow());
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(files).toContain("originproof.why.schema.json");
});

test("it says what the types say", () => {
  const text = `
    import type { z } from "zod";
    import type { WhySchema } from "../lib/rules/why-schema";
    import type { Why } from "../lib/rules/why-types";
    type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
    type Equal<A, B> =
      (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
    export const same: Equal<Frozen<z.infer<typeof WhySchema>>, Frozen<Why>> = true;
  `;
  const file = join(ROOT, "test", "schema-of-why.ts");
  expect(compileProblems(new Map([[file, text]])).get(file)).toEqual([]);
});

test("answers about every plan of the corpus validate", () => {
  const check = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")));
  const wrong = entryNames().flatMap((name) => {
    const read = parseInput(readEntry(name).plan, "plan.json");
    const addresses = ["131.0.72.1", "8.8.8.8", "2606:4700::1"];
    return addresses.flatMap((address) => {
      const parsed = parseAddress(address);
      if (!parsed.ok) throw new Error(address);
      const why = answerWhy([read], { address: parsed.value, port: 443 });
      return check(JSON.parse(renderWhyJson(why))) ? [] : [name, address, check.errors];
    });
  });
  expect(wrong).toEqual([]);
});
