import type { Review } from "originproof/review";
import { shown } from "../../../lib/report/escape";
import { label } from "../../../lib/report/markdown/mermaid";
import { renderMarkdown } from "../../../lib/report/markdown/report";
import { mermaidSource } from "../../../scripts/markdown-page";
import { describeWithChromium, type Viewed, Viewer } from "../../support/browser";
import { HOSTILE_CASES, withHostile } from "../../support/hostile";
import { everything, REVIEWS } from "../html/reviews";
import { readReport } from "./reading";

/** A picture as Mermaid drew it. */
interface Drawn {
  /** What Mermaid says where it can't. */
  readonly error: string | null;
  /** The text of each node and each label of an arrow. */
  readonly texts: readonly string[];
  /** Names of elements and attributes that a stranger must not bring in. */
  readonly foreign: readonly string[];
}

/** Runs in the page. */
const DRAW = `async (sources) => {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  const drawn = [];
  for (const [index, source] of sources.entries()) {
    const host = document.createElement("div");
    document.body.append(host);
    try {
      const { svg } = await mermaid.render("picture" + index, source, host);
      host.innerHTML = svg;
      const all = [...host.querySelectorAll("*")];
      drawn.push({
        error: null,
        texts: [...host.querySelectorAll(".nodeLabel")].map((each) => each.innerText),
        foreign: all.flatMap((each) => [
          ...(/^(a|img|image|script|iframe|object|i|b|strong|em|code|ul|ol|h1)$/i.test(each.tagName)
            ? [each.outerHTML.slice(0, 200)] : []),
          ...[...each.attributes].filter(({ name }) => /^on|href$/i.test(name)).map(({ name }) => name),
        ]),
      });
    } catch (error) {
      drawn.push({ error: String(error), texts: [], foreign: [] });
    }
    host.remove();
  }
  return drawn;
}`;

describeWithChromium("pictures", () => {
  let viewer: Viewer;
  let viewed: Viewed;

  beforeAll(async () => {
    viewer = await Viewer.start();
    viewed = await viewer.open(
      `<!doctype html><meta charset="utf-8"><title>x</title><script>${mermaidSource()}</script><body></body>`,
    );
  });

  afterAll(() => viewer.close());

  function draw(sources: readonly string[]): Promise<readonly Drawn[]> {
    return viewed.page.evaluate<Drawn[]>(`(${DRAW})(${JSON.stringify(sources)})`);
  }

  function picturesOf(review: Review): readonly string[] {
    return readReport(renderMarkdown(review), "https://unpkg.com/").pictures;
  }

  it("show the way, the hop that stops it, and what visitors see", async () => {
    const [drawn] = await draw(picturesOf(REVIEWS.refuted));
    expect(drawn?.error).toBeNull();
    expect(drawn?.texts.map((text) => text.split("\n"))).toEqual([
      ["visitor of www.example.com", "sees Error 522"],
      ["Cloudflare", "131.0.72.0/22"],
      ["security groups", "aws_security_group.Firewall_E7948B04", "stops here"],
      ["origin", "aws_eip.Address", "tcp/443"],
    ]);
  });

  it("show the state of an apply in which visitors are cut off", async () => {
    const [drawn] = await draw(picturesOf(REVIEWS.rollout));
    expect(drawn?.texts.map((text) => text.split("\n"))).toEqual([
      ["update", "aws_security_group.web", "revokes ingress rules"],
      ["Cloudflare", "103.21.244.0/22", "gets no answer"],
      ["update", "aws_security_group.web", "authorizes ingress rules"],
    ]);
  });

  it("are drawn for whatever is in a name, which is text in them", async () => {
    for (const [name, hostile] of HOSTILE_CASES) {
      const sources = picturesOf(withHostile(everything(), hostile));
      const drawn = await draw(sources);
      expect([name, drawn.map(({ error }) => error)]).toEqual([name, sources.map(() => null)]);
      expect([name, drawn.flatMap(({ foreign }) => foreign)]).toEqual([name, []]);
      expect(sources.length).toBeGreaterThan(0);
    }
    expect(viewed.problems).toEqual([]);
  }, 240_000);

  it("show a name as it is", async () => {
    const names = HOSTILE_CASES.map(([, hostile]) => hostile).filter((text) => text.trim() !== "");
    const sources = names.map((text) => `flowchart LR\n  a[${label([text])}]`);
    const texts = (await draw(sources)).map((each) =>
      each.texts.join().replace(/\s+/g, " ").trim(),
    );
    expect(texts).toEqual(names.map((text) => shown(text, 60).replace(/\s+/g, " ").trim()));
  }, 120_000);
});
