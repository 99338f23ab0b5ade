import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import assets from "../../../lib/report/html/assets.json";

/*
 * The page holds style.css and script.js of lib/report/html, by way of assets.json: a renderer reads
 * no file. `UPDATE_GOLDENS=1 npx jest test/report/html/assets` writes it anew.
 */
const FOLDER = join(__dirname, "../../../lib/report/html");
const SCRIPT = join(FOLDER, "script.js");

function written(): typeof assets {
  return {
    style: readFileSync(join(FOLDER, "style.css"), "utf8"),
    script: readFileSync(SCRIPT, "utf8"),
  };
}

it("assets.json is what style.css and script.js say", () => {
  if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
    writeFileSync(join(FOLDER, "assets.json"), `${JSON.stringify(written(), null, 2)}\n`);
    return;
  }
  expect(assets).toEqual(written());
});

it("neither can end its element", () => {
  expect(written().style).not.toMatch(/<|@import|url\(/);
  expect(written().script).not.toMatch(/<\/|<!--|innerHTML|eval\(/);
});

it("script.js has no error of types", () => {
  const program = ts.createProgram([SCRIPT], {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    strict: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  expect(problems).toEqual([]);
});
