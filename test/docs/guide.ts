import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { install } from "../../sandbox/install";
import { runShell } from "../support/shell";

const ROOT = join(__dirname, "../..");
/** Where guides are. */
export const GUIDES = join(ROOT, "docs/guides");

const BLOCK = /^```(\S+)(?: (\S+))?\n(.*?)^```$/gms;

/**
 * Does what a guide says, in a folder with the sandbox's providers: writes each block that names a
 * file, runs each `sh` block in bash, and compares what it printed with the `text` block behind it.
 *
 * @returns the guide's text with what the commands printed
 */
export function follow(guide: string, folder: string): string {
  const env = prepare(folder);
  let printed = "";
  return guide.replace(BLOCK, (whole: string, language: string, file: string, text: string) => {
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    } else if (language === "sh") {
      printed = shown(text, folder, env);
    } else if (language === "text") {
      return `\`\`\`text\n${printed}\`\`\``;
    }
    return whole;
  });
}

/** What a command printed, and how it ended where that was no success. */
function shown(lines: string, folder: string, env: Readonly<Record<string, string>>): string {
  const { output, status } = runShell(lines, folder, env);
  if (!/\boriginproof review\b/.test(lines) && status !== 0) {
    throw new Error(`${lines}ended with ${status}\n${output}`);
  }
  return status === 0 ? output : `${output}\nExit code: ${status}\n`;
}

/** A folder in which `npx originproof` is this checkout, built, and terraform finds its providers. */
function prepare(folder: string): Record<string, string> {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(ROOT, join(modules, "originproof"));
  symlinkSync("../originproof/dist/cli/main.js", join(modules, ".bin", "originproof"));
  for (const name of ["cdktf", "constructs", "@cdktf"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const own = join(folder, ".sandbox");
  mkdirSync(own);
  return {
    ...install(own, "mirror"),
    TF_INPUT: "0",
    NO_COLOR: "1",
    SOURCE_DATE_EPOCH: "1767225600",
  };
}

/** The text of a guide. */
export function readGuide(name: string): string {
  return readFileSync(join(GUIDES, `${name}.md`), "utf8");
}
