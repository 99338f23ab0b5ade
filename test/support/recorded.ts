import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { type Sandbox, type SandboxOptions, TerraformError } from "../../sandbox/sandbox";

/**
 * What terraform answered the tests of one file, by everything that it had been asked before. It
 * lets tests of plans by real terraform run in a millisecond, which mutation testing needs; a test
 * that asks something else finds no answer, and says so.
 */
type Answers = Record<string, { readonly value?: unknown; readonly error?: readonly unknown[] }>;

const FOLDER = join(__dirname, "../mutation/terraform");
const TOLD: readonly string[] = ["configure", "write", "set"];
const ASKED: readonly string[] = [
  "plan",
  "apply",
  "steer",
  "destroy",
  "show",
  "graph",
  "stateJson",
  "run",
];

const fileOf = (test: string): string =>
  join(FOLDER, `${basename(test).replace(/\.test\.ts$/, "")}.json.br`);

/** The file of tests that runs, by Jest's `expect` or that of the mutation tests. */
const running = (): string => fileOf(expect.getState().testPath ?? "");

const answers: Answers = {};
const replayable = new Map<string, Answers>();

/** Everything that a sandbox was asked, as one text; its own folder has no name. */
class Asked {
  #digest: string;

  constructor(options: SandboxOptions) {
    this.#digest = JSON.stringify(options);
  }

  public key(method: string, args: readonly unknown[], folder: string): string {
    const text = JSON.stringify([this.#digest, method, args]).replaceAll(folder, "");
    this.#digest = createHash("sha256").update(text).digest("base64url").slice(0, 22);
    return this.#digest;
  }
}

/** Asks for the answers of another sandbox, and keeps them. */
export function recorded(box: Sandbox, options: SandboxOptions): Sandbox {
  const asked = new Asked(options);
  return new Proxy(box, {
    get: (target, name: keyof Sandbox) => {
      const own = target[name];
      if (typeof own !== "function") return own;
      return (...args: readonly unknown[]) => {
        const key = asked.key(name, args, box.folder);
        const answer = Reflect.apply(own, target, args) as unknown;
        return ASKED.includes(name)
          ? kept(key, name, answer as Promise<unknown>, box.folder)
          : answer;
      };
    },
  });
}

async function kept(key: string, name: string, answer: Promise<unknown>, folder: string) {
  try {
    const value = await answer;
    const text = JSON.stringify(name === "apply" ? "" : value) ?? "null";
    answers[key] = { value: JSON.parse(text.replaceAll(folder, "")) };
    return value;
  } catch (error) {
    if (error instanceof TerraformError) {
      answers[key] = { error: [error.args, error.exitCode, error.output] };
    }
    throw error;
  }
}

export function keepRecords(): void {
  if (Object.keys(answers).length === 0) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(running(), brotliCompressSync(JSON.stringify(answers)));
}

/** A sandbox without terraform, which answers what was recorded. */
export function replayed(options: SandboxOptions): Sandbox {
  const asked = new Asked(options);
  const file = running();
  const folder = join(tmpdir(), `originproof-replayed-${process.pid}`);
  const known =
    replayable.get(file) ?? JSON.parse(brotliDecompressSync(readFileSync(file)).toString());
  replayable.set(file, known);
  return new Proxy({} as Sandbox, {
    get: (_, name: keyof Sandbox) => {
      if (name === "folder") return folder;
      if (!ASKED.includes(name) && !TOLD.includes(name)) return undefined;
      return (...args: readonly unknown[]) => {
        const key = asked.key(name, args, folder);
        return ASKED.includes(name) ? told(known[key]) : undefined;
      };
    },
  });
}

async function told(answer: Answers[string] | undefined): Promise<unknown> {
  if (answer === undefined) {
    throw new Error("not recorded; TERRAFORM_RECORD=1 npx jest test/prove/rollout records again");
  }
  if (answer.error !== undefined) {
    const [args, code, output] = answer.error as [readonly string[], number, string];
    throw new TerraformError(args, code, output);
  }
  return structuredClone(answer.value);
}
