import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

/**
 * The schema of SARIF 2.1.0, as the package of the standard's editors ships it. It is written in
 * draft 4; of what draft 7 changed, it uses `id` alone.
 */
const { $schema, id, ...schema } = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const check = ajv.compile(schema);

/** What the schema has against a document. */
export function sarifProblems(json: string): readonly string[] {
  check(JSON.parse(json));
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Of which version the schema is. */
export const SCHEMA_OF = `${$schema} ${id}`;
