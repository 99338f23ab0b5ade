import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { parseInput, reviewInputs } from "originproof/review";
import { loadStacks } from "../../../lib/cli/load";
import { runReview } from "../../../lib/cli/review";
import type { AppStack } from "../../../lib/model/apply";
import { type Blocks, blocks, NETWORK, webBlocks } from "../../support/aws-web";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { configuration, inlineRule, rolloutOf } from "./change";

afterAll(removeSandboxes);

const { cloudflare_dns_record: RECORD, cloudflare_zone_setting = {}, aws_instance } = webBlocks();
const SETTINGS = { cloudflare_zone_setting };
const VPC = { vpc_id: "${aws_vpc.main.id}" };

/** Two machines, of which the second is behind a group that admits nobody until it is opened. */
function network(open: boolean): Blocks {
  const { web } = aws_instance ?? {};
  return blocks(NETWORK, {
    aws_instance: {
      web: web ?? {},
      next: { ...web, vpc_security_group_ids: ["${aws_security_group.next.id}"] },
    },
    aws_security_group: {
      web: { name: "web", ...VPC, ingress: [inlineRule()] },
      next: { name: "next", ...VPC, ingress: open ? [inlineRule()] : [] },
    },
  });
}

function site(content: string): Blocks {
  return { ...SETTINGS, cloudflare_dns_record: { www: { ...RECORD?.www, content } } };
}

/** The plan of a change, with what the first apply has made. */
async function planned(first: Blocks, second: Blocks) {
  const box = newSandbox({ configuration: configuration(first) });
  await box.apply();
  box.configure(configuration(second));
  return JSON.stringify(await box.show(await box.plan()));
}

function addressOf(plan: string, name: string): string {
  const { resource_changes: changes } = JSON.parse(plan) as {
    resource_changes: readonly { address: string; change: { before: { public_ip: string } } }[];
  };
  const found = changes.find(({ address }) => address === `aws_instance.${name}`);
  return found?.change.before.public_ip ?? "";
}

/** What cdktf writes of two stacks, of which one depends on the other. */
function synthesized(
  written: Readonly<Record<string, Blocks>>,
  [later, earlier]: [string, string],
) {
  const outdir = mkdtempSync(join(tmpdir(), "originproof-stacks-"));
  const app = new App({ outdir, skipValidation: true });
  const stacks = new Map(
    Object.entries(written).map(([name, resource]) => {
      const stack = new TerraformStack(app, name);
      stack.addOverride("resource", resource);
      return [name, stack];
    }),
  );
  const first = stacks.get(earlier);
  if (first !== undefined) {
    stacks.get(later)?.addDependency(first);
  }
  app.synth();
  return outdir;
}

describeWithTerraform("plans of several stacks", () => {
  let plans: readonly string[] = [];
  let written: Readonly<Record<string, Blocks>> = {};
  const folders: string[] = [];
  const outOf = (...order: [string, string]) => {
    const folder = synthesized(written, order);
    folders.push(folder);
    return folder;
  };
  const rollout = (stacks: readonly AppStack[], forbidden: readonly string[] = []) => {
    const reads = plans.map((text, index) => parseInput(text, `${index}.json`));
    const options = { stacks, forbiddenAssumptions: forbidden };
    const review = reviewInputs(reads, options);
    const ids = review.paths[0]?.assumptions.map(({ id, subject }) => `${id} ${subject}`) ?? [];
    return { ...rolloutOf(review), stacks: ids.filter((id) => id.startsWith("order/")) };
  };

  beforeAll(async () => {
    const lower = await planned(network(false), network(true));
    const [old, next] = [addressOf(lower, "web"), addressOf(lower, "next")];
    plans = [lower, await planned(site(old), site(next))];
    written = { network: network(true), site: site(next) };
  });

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it("are applied in the order of the app's manifest, which is an assumption", () => {
    const stacks = loadStacks(outOf("site", "network"));
    expect(rollout(stacks)).toEqual({ verdict: "proved", stacks: ["order/stacks 1.json"] });
    expect(rollout(stacks, ["order/stacks"])).toMatchObject({
      verdict: "undetermined",
      reasons: ["order/stacks"],
    });
  });

  it("cut off where the manifest has the other order", () => {
    expect(rollout(loadStacks(outOf("network", "site")))).toMatchObject({
      verdict: "refuted",
      done: ["update cloudflare_dns_record.www"],
      pending: ["update aws_security_group.next"],
    });
  });

  it("may be applied in any order without it", () => {
    expect(rollout([])).toMatchObject({
      verdict: "refuted",
      done: ["update cloudflare_dns_record.www"],
      stacks: [],
    });
  });

  it("are of none of two stacks that are alike", () => {
    const [first, second] = loadStacks(outOf("site", "network"));
    const again = { ...(first as AppStack), stack: "again" };
    expect(rollout([first, second, again] as readonly AppStack[])).toMatchObject({
      verdict: "refuted",
    });
  });

  it("are ordered by --synth", () => {
    const folder = outOf("site", "network");
    const files = plans.map((text, index) => {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, text);
      return file;
    });
    const shown: string[] = [];
    const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      shown.push(String(text));
      return true;
    });
    try {
      expect(runReview(files, { synth: folder })).toBe(0);
      expect(runReview(files, {})).toBe(1);
    } finally {
      write.mockRestore();
    }
    expect(shown.join("")).toContain("rollout 1 proved");
  });
});
