import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { install } from "../../sandbox/install";
import { runShell } from "../support/shell";

const ROOT = join(__dirname, "../..");
/** Where guides are. */
export const GUIDES = join(ROOT, "docs/guides");

const TSCONFIG = {
  compilerOptions: { target: "ES2022", module: "node16", strict: true, esModuleInterop: true },
  "ts-node": { swc: true },
};

const BLOCK = /^```(\S+)(?: (\S+))?\n(.*?)^```$/gms;

/** Ids that the sandbox gave, by those that the guide made up. */
export type Ids = Readonly<Record<string, string>>;

/**
 * Does what a guide says, in a folder with the sandbox's providers: writes each block that names a
 * file, runs each `sh` block in bash, and compares what it printed with the `text` block behind it.
 *
 * @param ids what the ids of the guide are in this sandbox
 * @returns the guide's text with what the commands printed
 */
export function follow(guide: string, folder: string, ids: Ids = {}): string {
  prepare(folder);
  const env = environment(folder);
  let printed = "";
  return guide.replace(BLOCK, (whole: string, language: string, file: string, text: string) => {
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), replaced(text, Object.entries(ids)));
    } else if (language === "sh") {
      const back = Object.entries(ids).map(([made, real]): [string, string] => [real, made]);
      printed = replaced(shown(text, folder, env), back);
    } else if (language === "text") {
      return `\`\`\`text\n${printed}\`\`\``;
    }
    return whole;
  });
}

function replaced(text: string, by: readonly [string, string][]): string {
  // `i-…` is the end of `ami-…`.
  return by.reduce((done, [from, to]) => done.replace(RegExp(`(?<![\\w-])${from}`, "g"), to), text);
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
export function prepare(folder: string): void {
  const modules = join(folder, "node_modules");
  if (existsSync(modules)) {
    return;
  }
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(ROOT, join(modules, "originproof"));
  symlinkSync("../originproof/dist/cli/main.js", join(modules, ".bin", "originproof"));
  for (const name of readdirSync(join(ROOT, "node_modules")).filter((each) => each !== ".bin")) {
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  for (const name of ["cdktf", "ts-node"]) {
    symlinkSync(join(ROOT, "node_modules/.bin", name), join(modules, ".bin", name));
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
}

/** What terraform needs to find the stand-in providers; one cloud for each folder. */
export function environment(folder: string): Record<string, string> {
  const own = join(folder, ".sandbox");
  mkdirSync(own, { recursive: true });
  return {
    ...install(own, "mirror"),
    CHECKPOINT_DISABLE: "1",
    TF_INPUT: "0",
    NO_COLOR: "1",
    SOURCE_DATE_EPOCH: "1767225600",
  };
}

/** The text of a guide. */
export function readGuide(name: string): string {
  return readFileSync(join(GUIDES, `${name}.md`), "utf8");
}
