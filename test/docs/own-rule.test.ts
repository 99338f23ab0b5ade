import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseInput, reviewInputs } from "originproof/review";
import { noElasticIp } from "./own-rule";

const ROOT = join(__dirname, "../..");

test("docs/rules/README.md shows the rule that runs here", () => {
  const page = readFileSync(join(ROOT, "docs/rules/README.md"), "utf8");
  const code = readFileSync(join(__dirname, "own-rule.ts"), "utf8");
  expect(page).toContain(`\`\`\`ts\n${code}\`\`\`\n`);
});

/** A proxied record to an instance's own address, or to an Elastic IP. */
function findings(content: string) {
  const cloudflare_dns_record = {
    www: { zone_id: "z", name: "www.example.com", type: "A", content, proxied: true, ttl: 1 },
  };
  const resource = {
    cloudflare_dns_record,
    aws_instance: { web: { subnet_id: "subnet-1" } },
    aws_eip: { web: { instance: "$" + "{aws_instance.web.id}" } },
  };
  const read = parseInput(JSON.stringify({ resource }), "cdk.tf.json");
  const review = reviewInputs([read], { rules: [noElasticIp] });
  return review.findings.filter(({ rule }) => rule === "ours/no-elastic-ip");
}

test("a rule of one's own finds beside the library's", () => {
  const found = findings(`\${aws_instance.web.public_ip}`);
  expect(found.map(({ paths }) => paths)).toEqual([[0], [1]]);
  expect(found[0]).toMatchObject({
    severity: "warning",
    subject: "cloudflare_dns_record.www",
    what: "www.example.com leads to aws_instance.web",
    acknowledged: null,
  });
});

test("and does not find what is well", () => {
  expect(findings(`\${aws_eip.web.public_ip}`)).toEqual([]);
});
