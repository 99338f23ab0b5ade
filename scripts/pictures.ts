// npm run pictures: takes the pictures of docs/guides/pictures, in a real browser.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { markdownPage } from "./markdown-page";

const PICTURES = join("docs", "guides", "pictures");
const FOLDER = mkdtempSync(join(tmpdir(), "originproof-pictures-"));
const COMMAND = resolve("dist", "cli", "main.js");
const SITE = join("scripts", "pictures-site.ts");

async function main(): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  reports();
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const executablePath = process.env.ORIGINPROOF_CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args });
  try {
    await htmlPictures(browser);
    await markdownPictures(browser);
  } finally {
    await browser.close();
    rmSync(FOLDER, { recursive: true });
  }
}

/** The pages of the site as it is proved, and of the same broken, compared with that. */
function reports(): void {
  synthesize({ CDKTF_OUTDIR: join(FOLDER, "proved.out") }, 0);
  synthesize({ CDKTF_OUTDIR: join(FOLDER, "refuted.out"), BROKEN: "1" }, 1);
  review(
    [
      "proved.out",
      "--format",
      "html=proved.html",
      "--format",
      "json=base.json",
      "--format",
      "markdown=proved.md",
    ],
    0,
  );
  review(
    [
      "refuted.out",
      "--base",
      "base.json",
      "--format",
      "html=refuted.html",
      "--format",
      "markdown=refuted.md",
    ],
    1,
  );
}

/** Synth proves too: what is broken ends with 1, and is written nevertheless. */
function synthesize(env: Readonly<Record<string, string>>, expected: number): void {
  run(["-r", "ts-node/register/transpile-only", SITE], {
    env: { ...process.env, ...env },
    expected,
  });
}

function review(args: readonly string[], expected: number): void {
  run([COMMAND, "review", ...args], { cwd: FOLDER, expected });
}

function run(
  args: readonly string[],
  { expected, ...options }: { cwd?: string; env?: NodeJS.ProcessEnv; expected: number },
): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", ...options });
  if (status !== expected) {
    throw new Error(`${args.join(" ")} ended with ${status}, not ${expected}\n${stderr}`);
  }
}

const SCHEMES = ["light", "dark"] as const;

async function htmlPictures(browser: Browser): Promise<void> {
  for (const verdict of ["proved", "refuted"]) {
    for (const colorScheme of SCHEMES) {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1180, height: 1180 } });
      await page.goto(pathToFileURL(join(FOLDER, `${verdict}.html`)).href);
      const name = `html-${verdict}-${colorScheme}.png`;
      await page.screenshot({ path: join(PICTURES, name) });
      if (verdict === "refuted") {
        await page.evaluate('document.getElementById("matrix").scrollIntoView()');
        await page.screenshot({ path: join(PICTURES, `html-ranges-${colorScheme}.png`) });
      }
      await page.close();
    }
  }
}

/** As comments on GitHub look. */
async function markdownPictures(browser: Browser): Promise<void> {
  for (const verdict of ["proved", "refuted"]) {
    const file = join(FOLDER, `${verdict}.comment.html`);
    writeFileSync(file, markdownPage(readFileSync(join(FOLDER, `${verdict}.md`), "utf8")));
    const page = await browser.newPage({ viewport: { width: 960, height: 300 } });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector("body[data-drawn]");
    await page.screenshot({ path: join(PICTURES, `markdown-${verdict}.png`), fullPage: true });
    await page.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
