import { parseInput, type Review, renderText, reviewInputs } from "originproof/review";
import { HOSTILE_CASES, withHostile } from "../support/hostile";
import { EDGE_4, type PlannedResource, planOf } from "../support/plan";
import { edgeRule, record, siteWith, vpcRule } from "../support/site";

function reviewOf(resources: readonly PlannedResource[], base?: Review): Review {
  const read = parseInput(JSON.stringify(planOf({ resources })), "plan.json");
  return reviewInputs([read], base && { base: { name: "base.json", review: base } });
}

const missing = edgeRule({ cidr_blocks: EDGE_4.slice(1) });
const others = vpcRule("others", { cidr_ipv4: "8.8.8.0/24" });
const named = (name: string) =>
  record({ address: `cloudflare_dns_record.${name}`, values: { name: `${name}.example.com` } });

/** The lines about the base. */
function linesOf(review: Review): readonly string[] {
  const text = renderText(review, { width: 200 });
  return text.split("\n").filter((line) => /^(base|changed|fixed|unchanged) /.test(line));
}

test("what is new is shown in full, and the rest is a line each", () => {
  const head = reviewOf(siteWith(missing, others, named("api")), reviewOf(siteWith(missing)));
  expect(linesOf(head)).toEqual([
    "base      base.json: 2 new findings, 0 fixed, 0 unchanged",
    "changed   www.example.com → aws_eip.web tcp/443: exclusivity proved → refuted",
    "changed   api.example.com → aws_eip.web tcp/443: new, availability refuted, exclusivity refuted",
  ]);
  const old = reviewOf(siteWith(missing), reviewOf(siteWith(missing, others)));
  expect(linesOf(old)).toEqual([
    "base      base.json: 0 new findings, 1 fixed, 1 unchanged",
    "changed   www.example.com → aws_eip.web tcp/443: exclusivity refuted → proved",
    "fixed     error: aws_security_group.web lets others (8.8.8.0/24) in besides Cloudflare, on this address, port and family (exposure/open-to-others)",
    "unchanged error: aws_security_group.web drops part of Cloudflare's edge: 1 of 15 IPv4 ranges (firewall/misses-edge-range)",
  ]);
  expect(renderText(old)).not.toContain("╷");
});

test("nothing before and nothing now is said, too", () => {
  expect(linesOf(reviewOf(siteWith(), reviewOf(siteWith())))).toEqual([
    "base      base.json: no findings, before or now",
  ]);
});

test("hostnames with the same origin and change are one line, however many", () => {
  const many = Array.from({ length: 40 }, (_, index) => named(`h${index}`));
  const lines = linesOf(reviewOf(siteWith(...many), reviewOf(siteWith())));
  expect(lines.slice(1)).toEqual([
    "changed   h0.example.com, h1.example.com, h2.example.com and 37 more → aws_eip.web tcp/443: new, availability proved, exclusivity proved",
  ]);
});

test.each(HOSTILE_CASES)("hostile texts stay in their lines: %s", (_, hostile) => {
  const head = reviewOf(siteWith(missing), reviewOf(siteWith(missing, others, named("api"))));
  const lines = linesOf(withHostile(head, hostile));
  expect(lines).toHaveLength(5);
  const hidden = lines.filter((line) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(line));
  // A soft hyphen and tags apart, which a terminal shows or leaves out.
  expect(hidden.filter((line) => !/\u00ad/u.test(line))).toEqual([]);
});
