import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig, parseInput, type Review, reviewInputs } from "originproof/review";
import { renderText } from "../../lib/report/text";
import { RULES } from "../../lib/rules/registry";
import { EDGE_4 } from "../support/plan";

const FIXTURES = join(__dirname, "../rules");
const today = new Date("2026-09-15T12:00:00Z");
const zone_id = "0123456789abcdef0123456789abcdef";

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function reviewOf(resource: Blocks): Review {
  const settings = {
    ssl: { zone_id, setting_id: "ssl", value: "strict" },
    https: { zone_id, setting_id: "always_use_https", value: "on" },
  };
  const json = { resource: { cloudflare_zone_setting: settings, ...resource } };
  return reviewInputs([parseInput(JSON.stringify(json), "shop")], { today });
}

function recordsTo(addresses: readonly string[]): Blocks {
  const records = addresses.map((content, index) => {
    const name = `n${index}.example.com`;
    return [`n${index}`, { zone_id, name, type: "A", content, proxied: true, ttl: 1 }];
  });
  return { cloudflare_dns_record: Object.fromEntries(records) };
}

/** A group whose inline rules revoke what its rule resources add. */
function bothKindsOfRules(): Blocks {
  const rules = EDGE_4.map((cidr_ipv4, index) => {
    const security_group_id = "${aws_security_group.web.id}";
    const ports = { from_port: 443, to_port: 443, ip_protocol: "tcp" };
    return [`r${index}`, { security_group_id, cidr_ipv4, ...ports }];
  });
  const ingress = [
    { from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: ["203.0.113.9/32"] },
  ];
  return {
    ...recordsTo(["${aws_eip.web.public_ip}"]),
    aws_eip: { web: { instance: "${aws_instance.web.id}", domain: "vpc" } },
    aws_instance: {
      web: { subnet_id: "subnet-1", vpc_security_group_ids: ["${aws_security_group.web.id}"] },
    },
    aws_security_group: { web: { ingress } },
    aws_vpc_security_group_ingress_rule: Object.fromEntries(rules),
  };
}

/** The blocks of a report, without their frame. */
function blocksOf(text: string): string[] {
  return [...text.matchAll(/^╷\n(.*?)^╵$/gms)].map(([, body = ""]) =>
    body.replace(/^│ ?/gm, "").trimEnd(),
  );
}

/** The blocks of what is undetermined: that two own the rules of a group is an error besides. */
function undetermined(text: string): string[] {
  return blocksOf(text).filter((block) => block.startsWith("Undetermined"));
}

describe("what is undetermined", () => {
  it("is one block for all addresses that have the same problem, each with its own line", () => {
    const review = reviewOf(recordsTo(["8.8.8.8", "8.8.8.8", "8.8.4.4", "9.9.9.9"]));
    expect(blocksOf(renderText(review))).toEqual([
      [
        "Undetermined: 8.8.8.8 and 2 more",
        "  paths   n0.example.com and 1 more → 8.8.8.8 tcp/443",
        "          n2.example.com → 8.8.4.4 tcp/443",
        "          n3.example.com → 9.9.9.9 tcp/443",
        "  reason  8.8.8.8 is no resource of this input: add its plan, or `origins` in",
        "          originproof.config.json (and 2 more like it)",
      ].join("\n"),
    ]);
  });

  it("has no more than eight such lines, and says how many hostnames are left", () => {
    const addresses = Array.from({ length: 40 }, (_, index) => `8.8.${index}.8`);
    const [block = ""] = blocksOf(renderText(reviewOf(recordsTo(addresses))));
    expect(block.match(/→/g)).toHaveLength(8);
    expect(block).toContain("and 32 more hostnames (see --format json)");
  });

  it("says once what is true of every rule of a group, with the count", () => {
    const [block = "", ...more] = undetermined(renderText(reviewOf(bothKindsOfRules())));
    expect(more).toEqual([]);
    expect(block.match(/^ {2}reason /gm)).toHaveLength(2);
    const flat = block.replace(/\s+/g, " ");
    expect(flat).toContain("aws_vpc_security_group_ingress_rule.r0 applies is known after apply");
    expect(flat).toContain(`(and ${EDGE_4.length - 1} more like it)`);
    expect(flat).toContain("aws_security_group.web has inline rules");
  });

  it("is one block for all whose steps follow flags that no plan shows", () => {
    const review = reviewOf(recordsTo(["8.8.8.8", "8.8.4.4"]));
    const paths = review.paths.map((path) => {
      const subject = `aws_security_group.${path.hostname.slice(0, 2)}`;
      const reasons = [{ id: "order/stored-flag", subject, text: `when ${subject} is destroyed` }];
      const availability = { ...path.availability, verdict: "proved", reasons: [] } as const;
      const exclusivity = { ...path.exclusivity, verdict: "proved", reasons: [] } as const;
      const rollout = { verdict: "undetermined", reasons } as const;
      return { ...path, availability, exclusivity, rollout };
    });
    expect(undetermined(renderText({ ...review, paths }))).toEqual([
      [
        "Undetermined rollout: aws_security_group.n0 and 1 more",
        "  paths   n0.example.com → 8.8.8.8 tcp/443",
        "          n1.example.com → 8.8.4.4 tcp/443",
        "  reason  when aws_security_group.n0 is destroyed (and 1 more like it)",
      ].join("\n"),
    ]);
  });

  it("keeps apart what has another reason", () => {
    const both = { ...recordsTo(["8.8.8.8"]), ...bothKindsOfRules() };
    const records = {
      ...both.cloudflare_dns_record,
      ...recordsTo(["x", "8.8.8.8"]).cloudflare_dns_record,
    };
    const web = bothKindsOfRules().cloudflare_dns_record;
    const text = renderText(reviewOf({ ...both, cloudflare_dns_record: { ...records, ...web } }));
    expect(undetermined(text).map((block) => block.split("\n")[0])).toHaveLength(2);
  });
});

describe("the text report of every fixture", () => {
  const files = RULES.flatMap(({ id }) =>
    readdirSync(join(FIXTURES, id))
      .filter((file) => file.endsWith(".tf.json"))
      .map((file) => join(FIXTURES, id, file)),
  );

  function textOf(file: string, width: number): string {
    const beside = file.replace(".tf.json", ".config.json");
    const known = readdirSync(join(file, "..")).some((name) => beside.endsWith(`/${name}`));
    const config = parseConfig(known ? readFileSync(beside, "utf8") : "{}", beside);
    const read = parseInput(readFileSync(file, "utf8"), "shop");
    return renderText(reviewInputs([read], { config, today }), { width });
  }

  it.each([60, 80, 120])("keeps within %i columns, without colour or two blank lines", (width) => {
    for (const file of files) {
      const text = textOf(file, width);
      expect(text.split("\n").filter((line) => [...line].length > width)).toEqual([]);
      expect(text).not.toContain("\u001b");
      expect(text).not.toContain("│\n│\n");
      expect(text).not.toMatch(/ $|undefined| \(\)/m);
      expect(text.endsWith("\n")).toBe(true);
    }
  });

  it("says of each verdict in words what it is", () => {
    for (const file of files) {
      const text = textOf(file, 80);
      const { refuted, undetermined } = countsIn(text);
      expect([file, /^│ (Error|Warning|Acknowledged): /m.test(text) || refuted === 0]).toEqual([
        file,
        true,
      ]);
      expect([file, /^│ (Undetermined|Warning)/m.test(text) || undetermined === 0]).toEqual([
        file,
        true,
      ]);
    }
  });
});

function countsIn(text: string): { readonly refuted: number; readonly undetermined: number } {
  const [, refuted = "0", undetermined = "0"] =
    /^\d+ hostnames?: \d+ proved, (\d+) refuted, (\d+) undetermined$/m.exec(text) ?? [];
  return { refuted: Number(refuted), undetermined: Number(undetermined) };
}
