import { renderHtml } from "../../../lib/report/html/page";
import {
  accessibilityProblems,
  describeWithChromium,
  type Viewed,
  Viewer,
  type Viewing,
} from "../../support/browser";
import { HOSTILE_CASES, withHostile } from "../../support/hostile";
import { everything, manyPaths, REVIEWS } from "./reviews";

const ALL = { ...REVIEWS, everything: everything() };
const NAMES = Object.keys(ALL) as (keyof typeof ALL)[];

const FOLD_ALL = 'document.querySelectorAll("details").forEach((each) => { each.open = false; })';

/** Milliseconds until the page is laid out again. */
const TIMED_FILTER = `(() => {
  const field = document.getElementById("hostname");
  const began = performance.now();
  field.value = "n77";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - began;
})()`;

describe("the text of the page", () => {
  it("is the same for the same review", () => {
    expect(renderHtml(everything())).toBe(renderHtml(everything()));
  });

  it("has no address to load anything from", () => {
    const page = renderHtml(everything());
    expect(page).not.toMatch(/\b(?:src|srcset|action|data|poster)=/);
    expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, to]) => !to?.startsWith("#"))).toEqual(
      [],
    );
  });

  it("lets nothing run or load but its own style and script", () => {
    const [, policy = ""] =
      /Content-Security-Policy" content="([^"]*)"/.exec(renderHtml(ALL.proved)) ?? [];
    expect(policy.replace(/sha256-[\w+/=]{44}/g, "HASH").replaceAll("&#39;", "'")).toBe(
      "default-src 'none'; style-src 'HASH'; script-src 'HASH'; base-uri 'none'; form-action 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });
});

describeWithChromium("the page in Chromium", () => {
  let viewer: Viewer;
  beforeAll(async () => {
    viewer = await Viewer.start();
  });
  afterAll(() => viewer.close());

  const view = (name: keyof typeof ALL, viewing?: Viewing) =>
    viewer.open(renderHtml(ALL[name]), viewing);

  async function closed({ page, problems }: Viewed): Promise<readonly string[]> {
    await page.context().close();
    return problems;
  }

  const HEADS: Readonly<Record<keyof typeof ALL, string>> = {
    proved: "Proved for www.example.com",
    refuted: "Refuted for www.example.com",
    undetermined: "Undetermined for all 40 hostnames",
    rollout: "Refuted for www.example.com",
    compared: "Refuted for www.example.com",
    nothing: "Nothing to prove",
    everything: "Refuted for 2 of 6 hostnames",
  };

  describe.each(NAMES)("%s", (name) => {
    it("is accessible, in light, in dark and on a phone, without an error", async () => {
      const viewed = await view(name);
      const { page } = viewed;
      expect(await page.locator("h1").textContent()).toBe(HEADS[name]);
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await accessibilityProblems(page, ["color-contrast"])).toEqual([]);
      // The narrowest that WCAG's "Reflow" asks for.
      await page.setViewportSize({ width: 320, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
      expect(await closed(viewed)).toEqual([]);
    });
  });

  it("shows which ranges a path misses, in words", async () => {
    const viewed = await view("refuted");
    const cells = viewed.page.locator(".matrix tbody td.cell");
    const headers = viewed.page.locator(".matrix thead th span");
    const [states, ranges] = [await cells.allTextContents(), await headers.allTextContents()];
    const missed = ranges.filter((_, index) => states[index]?.includes("cut off"));
    expect([ranges.length, missed]).toEqual([15, ["131.0.72.0/22"]]);
    expect(states.filter((state) => state.includes("admitted"))).toHaveLength(14);
    await closed(viewed);
  });

  it("draws the way, and marks the hop that stops it", async () => {
    const viewed = await view("refuted");
    const way = await viewed.page.locator(".way li").allInnerTexts();
    expect(way.map((text) => text.split("\n")[0])).toEqual([
      "Cloudflare’s edge",
      "record",
      "security groups",
      "origin",
    ]);
    expect(await viewed.page.locator(".way .stop").textContent()).toContain("stops 131.0.72.0");
    await closed(viewed);
  });

  it("shows nothing that is undetermined in green, or with a tick", async () => {
    const viewed = await view("undetermined");
    const main = viewed.page.locator("main");
    expect(await main.locator(".proved, .in").count()).toBe(1);
    expect(await main.locator(".legend .in").count()).toBe(1);
    expect(await main.textContent()).not.toContain("✓");
    await closed(viewed);
  });

  describe("the filter, by keyboard", () => {
    async function shownRows({ page }: Viewed): Promise<readonly string[]> {
      return page.locator(".overview [data-group]:visible th").allInnerTexts();
    }

    it("shows the paths of a hostname, and what is said about them", async () => {
      const viewed = await view("everything");
      const { page } = viewed;
      expect((await shownRows(viewed)).length).toBeGreaterThan(3);
      await tabTo(viewed, "hostname");
      await page.keyboard.type("OPEN.");
      expect(await shownRows(viewed)).toEqual(["open.example.com"]);
      expect(await page.locator("article.path:visible h3").allTextContents()).toEqual([
        expect.stringContaining("open.example.com"),
      ]);
      expect(await page.locator("#findings ~ article:visible").count()).toBe(0);
      expect(await page.locator(".matrix tbody tr:visible").count()).toBe(1);
      await page.getByText("1 of 11 paths shown.").waitFor();
      await page.keyboard.press("Escape");
      expect((await shownRows(viewed)).length).toBeGreaterThan(3);
      await page.keyboard.type("none such");
      expect(await shownRows(viewed)).toEqual([]);
      await page.getByText("No path fits.").waitFor();
      await page.keyboard.press("Enter");
      expect(await closed(viewed)).toEqual([]);
    });

    it("shows the paths of a verdict", async () => {
      const viewed = await view("everything");
      const { page } = viewed;
      await tabTo(viewed, "undetermined");
      await page.keyboard.press("Space");
      const badges = await page
        .locator("article.path:visible > details > summary .verdict")
        .allTextContents();
      expect(new Set(badges)).toEqual(new Set(["✕ refuted"]));
      const open = page.locator("article.undetermined.finding:visible h3");
      expect(await open.allTextContents()).toEqual([expect.stringContaining("rollout")]);
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Space");
      expect(await shownRows(viewed)).toEqual([]);
      await page.getByRole("button", { name: "Show all" }).press("Enter");
      await page.getByText("11 of 11 paths shown.").waitFor();
      expect(await closed(viewed)).toEqual([]);
    });

    it("shows what changes against the base", async () => {
      const viewed = await view("everything");
      await tabTo(viewed, "changed");
      await viewed.page.keyboard.press("Space");
      const rows = await viewed.page.locator(".overview [data-group]:visible").allInnerTexts();
      expect(rows).toEqual([expect.stringMatching(/www\.example\.com.*proved.*→.*refuted/s)]);
      expect(await closed(viewed)).toEqual([]);
    });

    /** Until the field with that name or value has the focus. */
    async function tabTo({ page }: Viewed, name: string): Promise<void> {
      for (let pressed = 0; pressed < 40; pressed += 1) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate<readonly string[]>(
          "[document.activeElement.name, document.activeElement.value]",
        );
        if (focused.includes(name)) {
          return;
        }
      }
      throw new Error(`the tabulator never gets to ${name}`);
    }
  });

  it("opens the drawing that a link leads to", async () => {
    const viewed = await view("undetermined");
    const { page } = viewed;
    await page.evaluate(FOLD_ALL);
    await page.locator(".overview a").last().press("Enter");
    await page.locator("article.path:target .way").waitFor({ state: "visible" });
    expect(await closed(viewed)).toEqual([]);
  });

  describe("without JavaScript", () => {
    it("has everything but the filter", async () => {
      const viewed = await view("everything", { script: false });
      expect(await viewed.page.locator("#filter").isVisible()).toBe(false);
      const hidden = await viewed.page.locator("main [hidden]").count();
      expect(hidden).toBe(0);
      expect(await viewed.page.locator(".overview [data-group]:visible").count()).toBeGreaterThan(
        3,
      );
      await closed(viewed);
    });

    it("has all of it on paper, and nothing to click on", async () => {
      const viewed = await view("undetermined", { script: false });
      const { page } = viewed;
      await page.emulateMedia({ media: "print" });
      const ways = page.locator(".path > details:not([open]) .way");
      await page.evaluate(FOLD_ALL);
      expect(await ways.count()).toBeGreaterThan(0);
      expect(await ways.first().isVisible()).toBe(true);
      expect(await page.locator("nav").isVisible()).toBe(false);
      await closed(viewed);
    });
  });

  it("is printed with every drawing open, and closes them again", async () => {
    const viewed = await viewer.open(renderHtml(manyPaths(60)));
    const closedOnes = viewed.page.locator("details:not([open])");
    const before = await closedOnes.count();
    const pdf = await viewed.page.pdf();
    expect(before).toBeGreaterThan(30);
    expect(pdf.byteLength).toBeGreaterThan(100_000);
    expect(await closedOnes.count()).toBe(before);
    expect(await closed(viewed)).toEqual([]);
  });

  it("loads and filters a thousand paths at once", async () => {
    const html = renderHtml(manyPaths(1_000));
    const start = performance.now();
    const viewed = await viewer.open(html);
    const { page } = viewed;
    await page.locator(".overview tbody tr").last().waitFor();
    const loaded = performance.now() - start;
    const filtered = await page.evaluate<number>(TIMED_FILTER);
    expect(await page.locator(".overview [data-group]:visible").count()).toBe(11);
    await page.getByText("11 of 1000 paths shown.").waitFor();
    // Two seconds and one, on a machine that does something else besides.
    expect(loaded).toBeLessThan(4_000);
    expect(filtered).toBeLessThan(1_000);
    expect(await closed(viewed)).toEqual([]);
  });

  describe("texts from outside", () => {
    const plain = renderHtml(withHostile(everything(), "x"));

    // An empty text is in another group than "x".
    const texts = HOSTILE_CASES.filter(([name]) => name !== "empty");

    it.each(texts)("make no element, attribute or script: %s", async (_, text) => {
      const page = renderHtml(withHostile(everything(), text));
      expect(await skeletonOf(page)).toEqual(await skeletonOf(plain));
    });

    it("don't run, nor load anything", async () => {
      const names = ["html_script", "html_image", "html_attribute", "html_style", "script_link"];
      for (const [, text] of HOSTILE_CASES.filter(([name]) => names.includes(name))) {
        const viewed = await viewer.open(renderHtml(withHostile(everything(), text)));
        expect(await viewed.page.locator("h1").isVisible()).toBe(true);
        expect(await closed(viewed)).toEqual([]);
      }
    });

    const parsed = new Map<string, readonly string[]>();

    /** Every element with its attributes, as Chromium reads the page. */
    async function skeletonOf(html: string): Promise<readonly string[]> {
      const known = parsed.get(html);
      if (known !== undefined) {
        return known;
      }
      const { page } = await blank();
      const skeleton = await page.evaluate<readonly string[]>(
        `[...new DOMParser().parseFromString(${JSON.stringify(html)}, "text/html").querySelectorAll("*")].map(
          (each) => [each.localName, ...each.getAttributeNames()].join(" "),
        )`,
      );
      parsed.set(html, skeleton);
      return skeleton;
    }

    let empty: Viewed | undefined;
    async function blank(): Promise<Viewed> {
      empty ??= await viewer.open("<!doctype html><title>empty</title>");
      return empty;
    }
  });
});
