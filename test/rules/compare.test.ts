import { type Config, type Finding, type Review, reviewInputs } from "originproof/review";
import { parseInput } from "../../lib/read/parse-input";
import { compareReviews } from "../../lib/rules/compare";
import { parseConfig } from "../../lib/rules/config";
import { EDGE_4, type PlannedResource, planOf } from "../support/plan";
import {
  edgeRule,
  ingress,
  inlineGroup,
  record,
  siteWith,
  siteWithout,
  vpcRule,
} from "../support/site";

const TODAY = new Date("2026-09-15T12:00:00Z");
const [FIRST = "", SECOND = ""] = EDGE_4;

function reviewOf(
  resources: readonly PlannedResource[],
  { config = {}, file = "base.json", today = TODAY }: Given = {},
): Review {
  const read = parseInput(JSON.stringify(planOf({ resources })), file);
  return reviewInputs([read], { config: configOf(config), today });
}

interface Given {
  readonly config?: object;
  readonly file?: string;
  readonly today?: Date;
}

function configOf(config: object): Config {
  return parseConfig(JSON.stringify(config), "originproof.config.json");
}

/** What a change of these resources is, in ids. */
function changed(base: Review, head: Review) {
  const change = compareReviews(head, base, "base.json");
  const ids = (indexes: readonly number[]) =>
    indexes.map((index) => head.findings[index]?.rule ?? "");
  return {
    added: ids(change.added),
    fixed: change.fixed.map(({ rule }) => rule),
    unchanged: ids(change.unchanged),
    paths: change.paths.map(({ hostname, base: was, head: is }) => {
      return `${hostname}: ${was?.availability ?? "none"} → ${is?.availability ?? "none"}`;
    }),
    weakened: change.weakened.map((index) => head.weakened[index]?.what),
  };
}

function orInline(resource: PlannedResource): PlannedResource {
  return resource.address === "aws_security_group.web" ? inlineGroup([]) : resource;
}

const NOTHING = { added: [], fixed: [], unchanged: [], paths: [], weakened: [] };
const missing = (...ranges: readonly string[]) =>
  edgeRule({ cidr_blocks: EDGE_4.filter((range) => !ranges.includes(range)) });
const api = record({
  address: "cloudflare_dns_record.api",
  values: { name: "api.example.com" },
});
const open = (...cidrs: readonly string[]) => vpcRule("others", { cidr_ipv4: cidrs[0] });
const inHead = { file: "head.json" };
const PROVED = reviewOf(siteWith());
const BROKEN = reviewOf(siteWith(missing(FIRST)));

describe("findings of refuted statements", () => {
  test("nothing changes between a review and itself, of another file", () => {
    expect(changed(PROVED, reviewOf(siteWith(), inHead))).toEqual(NOTHING);
    expect(changed(BROKEN, reviewOf(siteWith(missing(FIRST)), inHead))).toEqual({
      ...NOTHING,
      unchanged: ["firewall/misses-edge-range"],
    });
  });

  test("a new one is added, and its path has another verdict", () => {
    expect(changed(PROVED, reviewOf(siteWith(missing(FIRST)), inHead))).toEqual({
      ...NOTHING,
      added: ["firewall/misses-edge-range"],
      paths: ["www.example.com: proved → refuted"],
    });
  });

  test("one that is gone is fixed", () => {
    expect(changed(BROKEN, PROVED)).toEqual({
      ...NOTHING,
      fixed: ["firewall/misses-edge-range"],
      paths: ["www.example.com: refuted → proved"],
    });
  });

  test("one more missing range of the same group is added, with the fingerprint as before", () => {
    const head = reviewOf(siteWith(missing(FIRST, SECOND)), inHead);
    expect(head.findings[0]?.fingerprint).toBe(BROKEN.findings[0]?.fingerprint);
    expect(changed(BROKEN, head)).toEqual({ ...NOTHING, added: ["firewall/misses-edge-range"] });
    // The other way round it is a part of what was.
    expect(changed(head, BROKEN)).toEqual({
      ...NOTHING,
      unchanged: ["firewall/misses-edge-range"],
    });
  });

  test("another range instead is added: it is no part of what was missing", () => {
    const head = reviewOf(siteWith(missing(SECOND)), inHead);
    expect(changed(BROKEN, head).added).toEqual(["firewall/misses-edge-range"]);
  });

  test("a hostname more behind the same defect is added", () => {
    const head = reviewOf(siteWith(missing(FIRST), api), inHead);
    expect(changed(BROKEN, head)).toEqual({
      ...NOTHING,
      added: ["firewall/misses-edge-range"],
      paths: ["api.example.com: none → refuted"],
    });
    expect(changed(head, BROKEN)).toEqual({
      ...NOTHING,
      unchanged: ["firewall/misses-edge-range"],
      paths: ["api.example.com: refuted → none"],
    });
  });

  test("a proved hostname more is a path and no finding", () => {
    expect(changed(PROVED, reviewOf(siteWith(api), inHead))).toEqual({
      ...NOTHING,
      paths: ["api.example.com: none → proved"],
    });
  });

  test("a group that admits something where it admitted nothing is no new defect", () => {
    const closed = reviewOf(siteWithout("aws_security_group_rule.edge"));
    expect(closed.findings.map(({ rule }) => rule)).toEqual(["firewall/misses-port"]);
    const head = reviewOf(siteWith(missing(FIRST)), inHead);
    expect(changed(closed, head)).toEqual({
      ...NOTHING,
      unchanged: ["firewall/misses-edge-range"],
    });
    expect(changed(head, closed).added).toEqual(["firewall/misses-port"]);
  });

  test("others that get in are added where there are more of them", () => {
    const few = reviewOf(siteWith(open("8.8.8.0/24")));
    const more = reviewOf(siteWith(open("8.8.0.0/16")), inHead);
    const all = reviewOf(siteWith(open("0.0.0.0/0")), inHead);
    expect(all.paths[0]?.exclusivity.others).toEqual(["0.0.0.0/0"]);
    expect(changed(few, more)).toEqual({ ...NOTHING, added: ["exposure/open-to-others"] });
    expect(changed(few, all)).toEqual({ ...NOTHING, added: ["exposure/open-to-others"] });
    expect(changed(all, more)).toEqual({ ...NOTHING, unchanged: ["exposure/open-to-others"] });
    expect(changed(more, all)).toEqual({ ...NOTHING, added: ["exposure/open-to-others"] });
  });

  test("another defect of a subject that was broken already is added", () => {
    const rules = inlineGroup([ingress({ cidr_blocks: EDGE_4.slice(1) })]);
    const contested = siteWith(rules, vpcRule("more", { cidr_ipv4: FIRST }));
    const base = reviewOf(siteWithout("aws_security_group_rule.edge").map(orInline));
    const head = reviewOf(
      contested.filter(({ address }) => !address.endsWith(".edge")),
      inHead,
    );
    const found = head.findings.map(({ rule }) => rule);
    expect(base.findings.map(({ rule }) => rule)).toEqual(["firewall/misses-port"]);
    expect(found).toEqual(["firewall/mixed-rule-styles"]);
    expect(changed(base, head).added).toEqual(["firewall/mixed-rule-styles"]);
  });

  test("a warning that becomes an error is added", () => {
    const few = reviewOf(siteWith(open("0.0.0.0/0"), edgeRule({ cidr_blocks: ["0.0.0.0/0"] })));
    const locked = reviewOf(siteWith(open("0.0.0.0/0"), edgeRule({})), inHead);
    const severity = ({ findings }: Review) => findings.map((finding) => finding.severity);
    expect([severity(few), severity(locked)]).toEqual([["warning"], ["error"]]);
    expect(changed(few, locked).added).toEqual(["exposure/open-to-others"]);
    expect(changed(locked, few).unchanged).toEqual(["exposure/open-to-others"]);
  });
});

describe("declarations", () => {
  const acknowledged = {
    acknowledged: [
      { rule: "firewall/misses-edge-range", subject: "aws_security_group.web", reason: "moving" },
    ],
  };

  test("an acknowledgement that the base had not is one of `weakened`", () => {
    const head = reviewOf(siteWith(missing(FIRST)), { ...inHead, config: acknowledged });
    const change = changed(BROKEN, head);
    expect(change.weakened).toEqual(["firewall/misses-edge-range"]);
    expect(change.unchanged).toEqual(["firewall/misses-edge-range"]);
    expect(changed(head, head)).toEqual({ ...change, weakened: [] });
  });

  test("an error whose acknowledgement is taken away, or has run out, is added", () => {
    const base = reviewOf(siteWith(missing(FIRST)), { config: acknowledged });
    expect(changed(base, BROKEN).added).toEqual(["firewall/misses-edge-range"]);
  });
});

test("what is fixed names paths of the head alone", () => {
  const base = reviewOf(siteWith(missing(FIRST), api));
  const head = reviewOf(siteWith(), inHead);
  const { fixed } = compareReviews(head, base, "base.json");
  expect(fixed.map(({ paths }) => paths)).toEqual([[0]]);
  expect(head.paths[0]?.hostname).toBe("www.example.com");
});

describe("fingerprints", () => {
  const prints = ({ findings }: Review) => findings.map(({ fingerprint }: Finding) => fingerprint);

  test("stay through unrelated edits: records, order, settings, other ranges", () => {
    const edited = [...siteWith(missing(FIRST, SECOND), api)].reverse();
    expect(prints(reviewOf(edited, { file: "elsewhere/tfplan.json" }))).toEqual(prints(BROKEN));
  });

  test("are 64 hexadecimal digits, each once", () => {
    const all = reviewOf(siteWith(missing(FIRST), open("0.0.0.0/0")));
    expect(prints(all).filter((print) => !/^[0-9a-f]{64}$/.test(print))).toEqual([]);
    expect(new Set(prints(all)).size).toBe(all.findings.length);
  });

  test("are others for another subject, port and family", () => {
    const closed = siteWithout("aws_security_group_rule.edge");
    const plain = closed.filter(({ address }) => !address.endsWith(".always_use_https"));
    const two = reviewOf([
      ...plain,
      {
        address: "cloudflare_zone_setting.always_use_https",
        values: { setting_id: "always_use_https", value: "off" },
        refs: { zone_id: ["cloudflare_zone.main.id"] },
      },
    ]);
    expect(two.findings.map(({ rule }) => rule)).toEqual([
      "firewall/misses-port",
      "firewall/misses-port",
    ]);
    expect(new Set(prints(two)).size).toBe(2);
    expect(prints(two)).toContain(prints(reviewOf(closed))[0]);
  });
});

describe("an origin that was kept to Cloudflare", () => {
  const everybody = siteWith(edgeRule({ cidr_blocks: ["0.0.0.0/0"] }));
  const severities = (review: Review) =>
    review.findings.map(({ rule, severity }) => `${severity} ${rule}`);
  const against = (base: Review | undefined, resources: readonly PlannedResource[]) => {
    const read = parseInput(JSON.stringify(planOf({ resources })), "head.json");
    return reviewInputs([read], {
      today: TODAY,
      ...(base && { base: { name: "base", review: base } }),
    });
  };

  it("is an error when it is opened to everybody, and new", () => {
    const head = against(PROVED, everybody);
    expect(severities(head)).toEqual(["error exposure/open-to-others"]);
    expect(head.change?.added).toEqual([0]);
  });

  it("is one too where the base's lock let somebody else in", () => {
    const leaky = reviewOf(siteWith(open("203.0.114.0/24")));
    const head = against(leaky, everybody);
    expect(severities(head)).toEqual(["error exposure/open-to-others"]);
    expect(head.change?.added).toEqual([0]);
  });

  it("is a warning where it was open before, or nothing is known of before", () => {
    expect(severities(against(reviewOf(everybody), everybody))).toEqual([
      "warning exposure/open-to-others",
    ]);
    expect(severities(against(undefined, everybody))).toEqual(["warning exposure/open-to-others"]);
  });
});

test("the order of two stacks with the same addresses is no change", () => {
  const stacks = [
    parseInput(JSON.stringify(planOf({ resources: siteWith() })), "a.json"),
    parseInput(JSON.stringify(planOf({ resources: siteWith(missing(FIRST)) })), "b.json"),
  ];
  const base = reviewInputs(stacks, { today: TODAY });
  const head = reviewInputs([...stacks].reverse(), { today: TODAY });
  expect(head.findings.length).toBeGreaterThan(0);
  const change = compareReviews(head, base, "base.json");
  expect(change).toMatchObject({ added: [], fixed: [], paths: [] });
});
