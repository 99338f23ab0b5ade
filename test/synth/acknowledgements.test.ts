import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { type App, TerraformResource, TerraformStack, TerraformVariable } from "cdktf";
import type { IConstruct } from "constructs";
import {
  Acknowledgements,
  EdgeRanges,
  FilteredElsewhere,
  Listener,
  ProxiedRecord,
  requireProof,
  Zone,
} from "originproof";
import { InstanceOrigin, OriginSecurityGroup } from "originproof/aws";
import { parseInput, parseSidecar, type Review, reviewInputs } from "originproof/review";
import { declareException } from "../../lib/synth/declaration";
import { errorOf, readStackFile, type SynthesizedApp, synthApp } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";
const vpcId = "vpc-0123456789abcdef0";
const LATER = "2099-12-31";
const reason = "known since SHOP-41";
const rule = "firewall/misses-edge-range" as const;
const SHORT = EdgeRanges.pinned()
  .cidrs(4)
  .filter((cidr) => cidr !== "131.0.72.0/22");

interface Site {
  readonly app: App;
  readonly stack: TerraformStack;
  readonly firewall: OriginSecurityGroup;
  readonly record: ProxiedRecord;
}

function siteIn(app: App, cidrs: readonly string[]): Site {
  const stack = new TerraformStack(app, "shop");
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  const listeners = [Listener.https()];
  const ranges = EdgeRanges.of(cidrs);
  const firewall = new OriginSecurityGroup(stack, "Firewall", { vpcId, listeners, ranges });
  const subnetId = "subnet-0123456789abcdef0";
  const instance = new Instance(stack, "Web", { ami: "ami-0123456789abcdef0", subnetId });
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  const firewalls = [firewall];
  const origin = new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls });
  const record = new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
  return { app, stack, firewall, record };
}

function synthSite(change: (site: Site) => void, cidrs = SHORT): SynthesizedApp {
  return synthApp((app) => change(siteIn(app, cidrs)));
}

/** The review of what was written, as the command makes it on a given day. */
function reviewOf(synthesized: SynthesizedApp, today = "2026-09-15"): Review {
  const text = (file: string) => JSON.stringify(readStackFile(synthesized, "shop", file));
  const sidecars = [parseSidecar(text("originproof.json"), "originproof.json")];
  const reads = [parseInput(text("cdk.tf.json"), "shop")];
  return reviewInputs(reads, { sidecars, today: new Date(`${today}T12:00:00Z`) });
}

function acknowledge(construct: IConstruct, expires = LATER): void {
  Acknowledgements.of(construct).add({ rule, reason, expires });
}

describe("Acknowledgements", () => {
  it.each<[string, (site: Site) => IConstruct]>([
    ["the construct", ({ firewall }) => firewall],
    ["its stack", ({ stack }) => stack],
    ["the app", ({ app }) => app],
  ])("of %s let the synth pass and stay in the report, verdicts as they are", (place, of) => {
    const synthesized = synthSite((site) => acknowledge(of(site)));
    expect(synthesized.error).toBeUndefined();
    expect(synthesized.stderr).toContain("Acknowledged: ");
    expect(synthesized.stderr).toContain("weakened  firewall/misses-edge-range of ");
    const { findings, paths } = reviewOf(synthesized);
    const own = findings.filter((finding) => finding.rule === rule);
    expect(own.map((finding) => finding.acknowledged)).toEqual([{ reason, expires: LATER }]);
    const broad = findings.filter((finding) => finding !== own[0]).map((finding) => finding.rule);
    expect(broad).toEqual(place === "the app" ? ["declared/too-broad"] : []);
    expect(paths[0]?.availability.verdict).toBe("refuted");
  });

  it("of another construct or another rule change nothing, and are unused", () => {
    const elsewhere = synthSite(({ record }) => acknowledge(record)).error?.message;
    expect(elsewhere).toContain(`rule     ${rule}`);
    expect(elsewhere).toContain("rule  declared/unused");
    const other = synthSite(({ firewall }) => {
      const acknowledgement = { rule: "firewall/misses-port" as const, reason, expires: LATER };
      Acknowledgements.of(firewall).add(acknowledgement);
    });
    expect(other.error?.message).toContain(rule);
  });

  it("count through their last day, and are a finding from 14 days before", () => {
    const expires = "2099-03-31";
    const synthesized = synthSite(({ firewall }) => acknowledge(firewall, expires));
    const on = (day: string) =>
      reviewOf(synthesized, day).findings.map((finding) => [
        finding.rule,
        finding.severity,
        finding.acknowledged !== null,
      ]);
    const known = [rule, "error", true];
    const expired = ["declared/expired", "warning", false];
    expect(on("2099-03-17")).toEqual([known]);
    expect(on("2099-03-18")).toEqual([known, expired]);
    expect(on("2099-03-31")).toEqual([known, expired]);
    expect(on("2099-04-01")).toEqual([[rule, "error", false], expired]);
    const { weakened, findings } = reviewOf(synthesized, "2099-04-01");
    const source = { file: "test/synth/acknowledgements.test.ts", line: expect.any(Number) };
    expect(weakened).toEqual([
      {
        kind: "acknowledged",
        subject: "shop/Firewall",
        what: rule,
        reason,
        expires,
        state: "expired",
        constructPath: "shop/Firewall",
        source,
      },
    ]);
    expect(findings[1]).toMatchObject({ constructPath: "shop/Firewall", source });
  });

  it("that have expired no longer let the synth pass", () => {
    const { error } = synthSite(({ firewall }) => acknowledge(firewall, "2020-01-31"));
    expect(error?.message).toContain(`rule     ${rule}`);
    expect(error?.message).toContain("declared/expired");
  });

  it("expire by SOURCE_DATE_EPOCH where it is set, as in the review", () => {
    const before = process.env.SOURCE_DATE_EPOCH;
    try {
      process.env.SOURCE_DATE_EPOCH = String(Date.UTC(2100, 0, 1) / 1000);
      const { error } = synthSite(({ firewall }) => acknowledge(firewall));
      expect(error?.message).toContain("declared/expired");
      process.env.SOURCE_DATE_EPOCH = String(Date.UTC(2099, 11, 31, 23, 59, 59) / 1000);
      expect(synthSite(({ firewall }) => acknowledge(firewall)).error).toBeUndefined();
    } finally {
      delete process.env.SOURCE_DATE_EPOCH;
      Object.assign(process.env, before === undefined ? {} : { SOURCE_DATE_EPOCH: before });
    }
  });

  it("refuse a rule that there is not, an empty reason and a day that is none", () => {
    const refusal = (given: object) =>
      errorOf(() => {
        const { error } = synthSite(({ firewall }) => {
          Acknowledgements.of(firewall).add({ rule, reason, expires: LATER, ...given });
        });
        throw error;
      });
    expect(refusal({ rule: "firewall/misses-edge-ranges" })).toMatchObject({
      code: "unknown-rule",
      message:
        "[shop/Firewall] 'rule' is \"firewall/misses-edge-ranges\", which is no rule; " +
        "use firewall/misses-edge-range",
    });
    expect(String(refusal({ rule: "firewall/leaky" }))).toMatch(
      /use one of firewall\/acl-drops-replies, .*, firewall\/misses-port, .*, firewall\/rule-quota$/,
    );
    expect(String(refusal({ rule: "leaky" }))).toContain("declared/expired, ");
    expect(refusal({ rule: undefined })).toMatchObject({ code: "unknown-rule" });
    expect(refusal({ reason: "" })).toMatchObject({
      code: "reason-missing",
      message: expect.stringContaining("'reason' is empty; say in a few words why"),
    });
    expect(refusal({ reason: " " })).toMatchObject({ code: "reason-missing" });
    expect(refusal({ reason: undefined })).toMatchObject({ code: "reason-missing" });
    expect(refusal({ expires: undefined })).toMatchObject({ code: "invalid-expiry" });
    expect(refusal({ expires: "2099-02-30" })).toMatchObject({ code: "invalid-expiry" });
    expect(refusal({ expires: "soon" })).toMatchObject({
      code: "invalid-expiry",
      message: '[shop/Firewall] \'expires\' is "soon"; give a day such as "2027-01-31"',
    });
  });
});

it.each(["rule", "reason", "expires"])("Acknowledgements refuse a token as %s", (prop) => {
  const { error } = synthSite(({ firewall, stack }) => {
    const token = new TerraformVariable(stack, "secret", {}).stringValue;
    const given = { rule, reason, expires: LATER, [prop]: token };
    Acknowledgements.of(firewall).add(given);
  });
  expect(error).toMatchObject({ code: "token-for-literal" });
  expect(error?.message).toMatch(new RegExp(`^\\[shop/Firewall\\] '${prop}' is a token, `));
  expect(error?.message).not.toMatch(/TfToken|\$\{|secret/);
});

describe("an exception of a firewall", () => {
  const OTHER = "8.8.8.0/24";
  const cidrs = [...EdgeRanges.pinned().cidrs(4), OTHER];
  const declare = (ports: readonly number[], expires?: string) => (site: Site) =>
    declareException(site.firewall, { cidr: OTHER, ports, reason, expires });

  it("is meant to get in through that firewall, on its ports alone", () => {
    const fine = synthSite(declare([443]), cidrs);
    expect([fine.error, reviewOf(fine).findings]).toEqual([undefined, []]);
    expect(reviewOf(fine).weakened).toMatchObject([
      { kind: "exception", subject: "shop/Firewall", what: `${OTHER} on tcp/443`, expires: null },
    ]);
    expect(synthSite(declare([22]), cidrs).error?.message).toContain("exposure/open-to-others");
    const elsewhere = synthSite(({ stack }) => {
      const listeners = [Listener.https()];
      const more = new OriginSecurityGroup(stack, "More", { vpcId, listeners });
      declareException(more, { cidr: OTHER, ports: [], reason, expires: undefined });
    }, cidrs);
    expect(elsewhere.error?.message).toContain("exposure/open-to-others");
  });

  it("is exposure again once it has expired", () => {
    const { error } = synthSite(declare([], "2020-01-31"), cidrs);
    expect(error?.message).toContain("exposure/open-to-others");
    expect(error?.message).toContain("declared/expired");
  });
});

describe("requireProof", () => {
  /** A path that nobody can decide, in a stack of its own. */
  function undecided(app: App, id = "legacy"): TerraformStack {
    const stack = new TerraformStack(app, id);
    new CloudflareProvider(stack, "Cloudflare");
    const zone = new Zone(stack, "Zone", { name: "example.net", accountId });
    const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "8.8.8.8", reason });
    new ProxiedRecord(stack, `Www-${id}`, { zone, name: "www", origins: [origin] });
    return stack;
  }

  it("of the app, the stack or the record makes what is undetermined fail", () => {
    for (const of of [
      (stack: TerraformStack) => stack.node.root,
      (stack: TerraformStack) => stack,
      (stack: TerraformStack) => stack.node.findChild("Www-legacy"),
    ]) {
      const { error } = synthApp((app) => requireProof(of(undecided(app))));
      expect(error?.message).toContain(
        "requireProof: a path is undetermined, for the reasons above",
      );
      expect(error?.message).toContain("8.8.8.8 is no resource of this input");
    }
  });

  it.each<[string, string, unknown]>([
    ["not proxied", "proxied", false],
    ["without an origin", "content", "192.0.2.1"],
  ])("fails a record that an override leaves %s", (_, attribute, value) => {
    const { error } = synthApp((app) => {
      const { stack, record } = siteIn(app, EdgeRanges.pinned().cidrs(4));
      const [element] = record.node.findAll().filter(TerraformResource.isTerraformResource);
      element?.addOverride(attribute, value);
      requireProof(stack);
    });
    expect(error?.message).toMatch(
      /requireProof: shop\/Www\/A-Origin has no path to prove: as written it is not proxied/,
    );
  });

  it("of another stack leaves it a warning", () => {
    const { error, stderr } = synthApp((app) => {
      undecided(app);
      requireProof(siteIn(app, EdgeRanges.pinned().cidrs(4)).stack);
    });
    expect(error).toBeUndefined();
    expect(stderr).toContain("1 undetermined");
  });
});
