import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe, { type AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

/** Debian's package `chromium`; ORIGINPROOF_CHROMIUM names another. */
const PROGRAM = process.env.ORIGINPROOF_CHROMIUM ?? "/usr/bin/chromium";

/**
 * `describe` for tests in a browser. Where there is none they are skipped with one line that says
 * so; with CI=true they fail instead.
 */
export function describeWithChromium(name: string, tests: () => void): void {
  if (existsSync(PROGRAM)) {
    describe(name, tests);
    return;
  }
  if (process.env.CI === "true") {
    describe(name, () => {
      it("needs a chromium program", () => {
        throw new Error(`no ${PROGRAM}, and CI=true lets no test be skipped`);
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${name} (no ${PROGRAM})\n`);
  describe.skip(name, tests);
}

export interface Viewing {
  /** @default "light" */
  readonly colours?: "light" | "dark";
  /** @default true */
  readonly script?: boolean;
  /** @default 1200 */
  readonly width?: number;
  /** @default 900 */
  readonly height?: number;
}

/** An open page, and what went wrong on it. */
export interface Viewed {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and requests besides the file itself. */
  readonly problems: readonly string[];
}

/** One browser, in which files are opened as a user opens a downloaded one. */
export class Viewer {
  readonly #folder = mkdtempSync(join(tmpdir(), "originproof-html-"));
  #count = 0;

  private constructor(private readonly browser: Browser) {}

  public static async start(): Promise<Viewer> {
    // As root, as in containers, it refuses to start with its sandbox.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    return new Viewer(await chromium.launch({ executablePath: PROGRAM, args }));
  }

  public async open(html: string, viewing: Viewing = {}): Promise<Viewed> {
    this.#count += 1;
    const file = join(this.#folder, `${this.#count}.html`);
    writeFileSync(file, html);
    return this.openFile(file, viewing);
  }

  public async openFile(file: string, viewing: Viewing = {}): Promise<Viewed> {
    const { colours = "light", script = true, width = 1200, height = 900 } = viewing;
    const context = await this.browser.newContext({
      colorScheme: colours,
      javaScriptEnabled: script,
      viewport: { width, height },
    });
    const page = await context.newPage();
    const problems: string[] = [];
    const own = pathToFileURL(file).href;
    await page.route("**", (route) => {
      if (route.request().url() === own) {
        return route.continue();
      }
      problems.push(`request: ${route.request().url()}`);
      return route.abort();
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        problems.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
    page.on("dialog", (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(own);
    return { page, problems };
  }

  public async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * What axe-core finds wrong, one line for each element.
 *
 * @param rules their ids. @default all
 */
export async function accessibilityProblems(
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options = rules === undefined ? {} : { runOnly: rules };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}
