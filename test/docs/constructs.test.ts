import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseInput, type Review } from "originproof/review";
import { hostnameLine, pathsLine } from "../../lib/report/summary";
import { schemaProblems } from "../support/cloudflare-schema";
import { compileProblems } from "../support/compile";
import {
  type AppRun,
  configurationOf,
  removeRuns,
  reviewApp,
  runCode,
  sidecarOf,
} from "../support/run-app";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { shownPart } from "./emitted";

const DOCS = join(__dirname, "../../docs/constructs");

/** The constructs of each page's example whose blocks it shows. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  acknowledgements: [],
  "auto-scaling-group-origin": ["Machine", "Machines"],
  "edge-prefix-list": ["Edge", "Firewall"],
  "edge-routes": ["Routes"],
  "filtered-elsewhere": ["Www"],
  "health-check": ["Check"],
  "instance-origin": ["Origin", "Web"],
  "load-balancer-origin": ["Balancer", "Www"],
  "network-interface-origin": ["Origin", "Nic"],
  "notification-webhook": ["Webhook", "Alerts"],
  "origin-alerts": ["Alerts"],
  "origin-network-acl": ["Acl"],
  "origin-security-group": ["Firewall"],
  "originless-record": ["Go"],
  "proxied-record": ["Www"],
  "proxied-site": ["Site"],
  "target-security-group": ["Targets", "Web"],
  values: ["Firewall", "Check"],
  zone: ["Zone"],
};

/** What is not proved in both, since the page is about just that. */
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  acknowledgements: ["proved, refuted"],
  "filtered-elsewhere": ["undetermined, undetermined"],
  "originless-record": [],
};

const PAGES = Object.keys(SHOWN);
const EXAMPLE = /^## Example\n\n```ts\n(.*?)^```$/ms;
const EMITS = /^## What it emits\n\n.*?(?=\n## )/ms;

const pages = new Map(PAGES.map((page) => [page, readFileSync(join(DOCS, `${page}.md`), "utf8")]));
const codeOf = (page: string) => EXAMPLE.exec(pages.get(page) ?? "")?.[1] ?? "";
const fileOf = (page: string) => join(DOCS, `${page}.example.ts`);
const problems = compileProblems(new Map(PAGES.map((page) => [fileOf(page), codeOf(page)])));

const runs = new Map<string, AppRun>();

function runOf(page: string): AppRun {
  const run = runs.get(page) ?? runCode(codeOf(page));
  runs.set(page, run);
  return run;
}

/** The verdicts of the example's paths, each pair once. */
function verdictsOf({ paths }: Review): readonly string[] {
  const pairs = paths.map((path) => `${path.availability.verdict}, ${path.exclusivity.verdict}`);
  return [...new Set(pairs)];
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}

/** The section that a page has to have. */
function emitsPart(page: string): string {
  const run = runOf(page);
  const review = reviewApp(run);
  const paths = (SHOWN[page] ?? []).map((id) => `shop/${id}`);
  const json = shownPart(configurationOf(run, "shop"), paths);
  const weakened = sidecarOf(run, "shop").weakened.map(({ source: _, ...rest }) => rest);
  const lines = [hostnameLine(review), pathsLine(review)].join("\n");
  const parts = [
    ...(paths.length === 0 ? [] : [fenced("json", pretty(json))]),
    ...(weakened.length === 0
      ? []
      : ["In `originproof.json`, beside `cdk.tf.json`:\n", fenced("json", pretty({ weakened }))]),
    review.paths.length === 0 ? "There is nothing to prove.\n" : fenced("text", lines),
  ];
  return `## What it emits\n\n${parts.join("\n")}`;
}

function pretty(json: object): string {
  return JSON.stringify(json, null, 2);
}

afterAll(() => {
  removeRuns();
  removeSandboxes();
});

describe.each(PAGES)("docs/constructs/%s.md", (page) => {
  const text = pages.get(page) ?? "";

  it("has an example that compiles as it stands", () => {
    expect(codeOf(page)).toContain("app.synth();\n");
    expect(problems.get(fileOf(page))).toEqual([]);
  });

  it("has an example that synthesizes, with the verdict of the page", () => {
    const run = runOf(page);
    expect(run.error).toBeUndefined();
    expect(run.stderr).not.toMatch(/warning/i);
    expect(verdictsOf(reviewApp(run))).toEqual(VERDICTS[page] ?? ["proved, proved"]);
    expect(schemaProblems(configurationOf(run, "shop"))).toEqual([]);
  });

  it("shows what the example emits, and what the proof says", () => {
    const part = emitsPart(page);
    if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
      writeFileSync(
        join(DOCS, `${page}.md`),
        text.replace(EMITS, () => part),
      );
    } else {
      expect(EMITS.exec(text)?.[0]).toBe(part);
    }
  });

  it("is in the index", () => {
    expect(readFileSync(join(DOCS, "README.md"), "utf8")).toContain(`](${page}.md)`);
  });
});

describeWithTerraform("the examples of docs/constructs, planned", () => {
  it.each(PAGES)("%s has the same verdict in its plan", async (page) => {
    const run = runOf(page);
    const box = newSandbox({ configuration: configurationOf(run, "shop") });
    const plan = JSON.stringify(await box.show(await box.plan()));
    const review = reviewApp(run, [parseInput(plan, "plan.json")]);
    expect(verdictsOf(review)).toEqual(VERDICTS[page] ?? ["proved, proved"]);
  });
});

test("docs/constructs has no page that is not tested here", () => {
  const found = readdirSync(DOCS).map((file) => file.replace(/\.md$/, ""));
  expect(found.filter((page) => page !== "README").sort()).toEqual([...PAGES].sort());
});
