import { type Config, parseConfig, parseInput } from "originproof/review";
import { parseAddress } from "../../lib/net/cidr";
import { parseSidecar, type Sidecar } from "../../lib/read/sidecar";
import { renderWhyJson } from "../../lib/report/why-json";
import { renderWhy } from "../../lib/report/why-text";
import { answerWhy } from "../../lib/rules/why";
import type { Why } from "../../lib/rules/why-types";
import { EDGE_4, type PlannedResource, planOf, type Written } from "../support/plan";
import { edgeRule, ingress, inlineGroup, record, site, siteWith, vpcRule } from "../support/site";

interface Beside {
  readonly port?: number;
  readonly hostname?: string;
  readonly config?: Written;
  readonly sidecars?: readonly Sidecar[];
  readonly more?: Written;
}

function why(text: string, resources: readonly PlannedResource[], beside: Beside = {}): Why {
  const { port = 443, hostname, config = {}, sidecars = [], more = {} } = beside;
  const plan = parseInput(JSON.stringify(planOf({ resources, more })), "plan.json");
  const address = parseAddress(text);
  if (!address.ok) {
    throw new Error(text);
  }
  const question = {
    address: address.value,
    port,
    ...(hostname === undefined ? {} : { hostname }),
  };
  const today = new Date("2026-09-15T12:00:00Z");
  const read: Config = parseConfig(JSON.stringify(config), "originproof.config.json");
  return answerWhy([plan], question, { config: read, sidecars, today });
}

/** The only path's hops, each as `verdict name: rules`. */
function hops(answer: Why): readonly string[] {
  const [path] = answer.paths;
  return (path?.hops ?? []).map(({ verdict, name, rules }) => {
    const texts = rules.map(({ resource, rule, effect, sure, text }) =>
      [resource, rule, sure ? effect : `may ${effect}`, text].filter(Boolean).join(" "),
    );
    return `${verdict} ${name}: ${texts.join("; ")}`;
  });
}

describe("the rule that admits an address", () => {
  it.each<[string, PlannedResource, string]>([
    [
      "a rule with many sources",
      edgeRule(),
      "aws_security_group_rule.edge allow tcp/443 from 131.0.72.0/22",
    ],
    [
      "an inline rule",
      inlineGroup([ingress({ cidr_blocks: EDGE_4 })]),
      "aws_security_group.web allow tcp/443 from 131.0.72.0/22",
    ],
    [
      "a rule of every protocol",
      edgeRule({ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }),
      "aws_security_group_rule.edge allow every port from 0.0.0.0/0",
    ],
    [
      "the narrowest source that holds it",
      edgeRule({ from_port: 1, to_port: 1024, cidr_blocks: ["0.0.0.0/1", "128.0.0.0/1"] }),
      "aws_security_group_rule.edge allow tcp/1-1024 from 128.0.0.0/1",
    ],
  ])("is %s", (_, rule, text) => {
    const own = rule.address === "aws_security_group.web";
    const resources = siteWith(rule).filter(
      ({ address }) => !own || address !== "aws_security_group_rule.edge",
    );
    expect(hops(why("131.0.72.1", resources))).toEqual([`admitted security groups: ${text}`]);
  });

  it("is an entry of a prefix list, which is named", () => {
    const list: PlannedResource = {
      address: "aws_ec2_managed_prefix_list.edge",
      values: { id: "pl-1", entry: EDGE_4.map((cidr) => ({ cidr })) },
      computed: ["id"],
    };
    const resources = siteWith(
      edgeRule({ cidr_blocks: ["198.51.100.7/32"] }),
      list,
      vpcRule("list", { prefix_list_id: "pl-1" }),
    );
    expect(hops(why("131.0.72.1", resources))).toEqual([
      "admitted security groups: aws_vpc_security_group_ingress_rule.list allow tcp/443 from 131.0.72.0/22 of the prefix list aws_ec2_managed_prefix_list.edge",
    ]);
  });

  it("is every rule where several do", () => {
    const resources = siteWith(vpcRule("all", { cidr_ipv4: "0.0.0.0/0" }));
    expect(why("131.0.72.1", resources).paths[0]?.hops[0]?.rules).toHaveLength(2);
  });

  it("is a perhaps where the source is known after apply", () => {
    const { address, values = {}, refs = {} } = edgeRule();
    const { cidr_blocks: _, ...rest } = values;
    const open = { ...refs, cidr_blocks: ["var.sources"] };
    const answer = why("131.0.72.1", siteWith({ address, values: rest, refs: open }));
    expect(hops(answer)).toEqual([
      "perhaps security groups: aws_security_group_rule.edge may allow tcp/443 from a source known after apply",
    ]);
    expect(answer.paths[0]?.verdict).toBe("perhaps");
    expect(renderWhy(answer)).toContain("a source of aws_security_group_rule.edge is known after");
  });
});

describe("what stops an address", () => {
  it("is a group without a rule for it, with what the group admits instead", () => {
    const answer = why("203.0.113.9", site());
    expect(hops(answer)).toEqual(["stopped security groups: "]);
    expect(answer.paths[0]).toMatchObject({ verdict: "stopped", stoppedBy: 0, error: null });
    expect(answer.paths[0]?.hops[0]?.admits).toEqual(EDGE_4);
    expect(renderWhy(answer).replace(/\s*\n│ +/g, " ")).toContain(
      "no rule of it admits 203.0.113.9 on tcp/443; admitted on tcp/443: all 15 of Cloudflare's IPv4 ranges",
    );
  });

  it("gives visitors an error where the address is Cloudflare's", () => {
    const cidrs = EDGE_4.filter((cidr) => cidr !== "131.0.72.0/22");
    const answer = why("131.0.72.1", siteWith(edgeRule({ cidr_blocks: cidrs })));
    expect(answer.paths[0]).toMatchObject({ verdict: "stopped", error: "Error 522" });
  });

  it("says on which other port its rules would admit it", () => {
    const resources = siteWith(
      vpcRule("ssh", { from_port: 22, to_port: 22, cidr_ipv4: "8.8.8.0/24" }),
    );
    const answer = why("8.8.8.8", resources);
    expect(answer.paths[0]?.hops[0]?.admittedOn).toEqual([22]);
    expect(renderWhy(answer)).toContain("its rules do admit it on tcp/22");
  });

  it("is not printed where it is sensitive", () => {
    const rule = edgeRule({ cidr_blocks: [...EDGE_4, "8.8.8.8/32"] });
    const resources = siteWith({ ...rule, sensitive: { cidr_blocks: true } });
    for (const answer of [why("8.8.8.8", resources), why("9.9.9.9", resources)]) {
      const json = renderWhyJson({ ...answer, source: { ...answer.source, address: "" } });
      expect(`${json}${renderWhy(answer)}`).not.toContain("8.8.8.8/32");
    }
  });
});

describe("whose an address is", () => {
  const config = {
    exceptions: [
      { cidr: "8.8.8.0/24", ports: [443], reason: "monitor", expires: "2026-12-31" },
      { cidr: "9.9.9.0/24", reason: "gone", expires: "2026-01-31" },
    ],
    edge: [{ cidr: "7.7.7.0/24", reason: "dedicated egress" }],
  };
  const date = "2026-08-22";

  it.each<[string, object]>([
    ["131.0.72.1", { kind: "edge", range: "131.0.72.0/22", date }],
    ["7.7.7.7", { kind: "declared-edge", range: "7.7.7.0/24", reason: "dedicated egress" }],
    ["8.8.8.8", { kind: "exception", what: "8.8.8.0/24 on tcp/443", expired: false }],
    ["9.9.9.9", { kind: "exception", what: "9.9.9.0/24", expired: true }],
    ["1.1.1.1", { kind: "nobody" }],
  ])("%s", (address, owner) => {
    expect(why(address, site(), { config }).source.owner).toMatchObject(owner);
  });

  it("is nobody's on another port than the exception's", () => {
    expect(why("8.8.8.8", site(), { config, port: 80 }).source.owner).toEqual({ kind: "nobody" });
  });

  it("may be the origin's own", () => {
    const answer = why("198.51.100.7", siteWith(record({ values: { content: "198.51.100.7" } })));
    expect(answer.source.originOf).toEqual(["www.example.com"]);
    expect(renderWhy(answer, 200)).toContain("It is the origin of www.example.com");
  });
});

describe("the paths of an answer", () => {
  it("are those of the port, and the others are named", () => {
    const answer = why("131.0.72.1", site(), { port: 8443 });
    expect(answer.paths).toEqual([]);
    expect(renderWhy(answer)).toContain(
      "no path on tcp/8443 by IPv4; Cloudflare connects on tcp/443 by IPv4",
    );
  });

  it("are those of the family", () => {
    expect(why("2606:4700::1", site())).toMatchObject({ paths: [], others: [{ family: 4 }] });
  });

  it("are those of a hostname", () => {
    const api = {
      ...record({ values: { name: "api.example.com" } }),
      address: "cloudflare_dns_record.api",
    };
    const refs = { zone_id: ["cloudflare_zone.main.id"], content: ["aws_eip.web.public_ip"] };
    const resources = siteWith({ ...api, refs });
    expect(why("131.0.72.1", resources).paths).toHaveLength(2);
    const own = why("131.0.72.1", resources, { hostname: "api.example.com" });
    expect(own.paths.map(({ hostname }) => hostname)).toEqual(["api.example.com"]);
    const text = renderWhy(why("131.0.72.1", resources));
    expect(text.match(/^╷$/gm)).toHaveLength(1);
    expect(text).toContain("www.example.com, api.example.com → aws_eip.web tcp/443");
    expect(text).toContain("2 paths on tcp/443 by IPv4: 2 admitted");
  });

  it("are undetermined where the plan is partial", () => {
    const answer = why("131.0.72.1", site(), { more: { errored: true } });
    expect(answer.paths[0]?.verdict).toBe("perhaps");
    expect(renderWhy(answer)).toContain("Undetermined");
  });

  it("have the place where a rule was made", () => {
    const sidecar = parseSidecar(
      JSON.stringify({
        schemaVersion: 1,
        stack: "shop",
        resources: {
          "aws_security_group_rule.edge": {
            constructPath: "shop/Firewall/Edge",
            source: { file: "main.ts", line: 21 },
            createBeforeDestroy: true,
          },
        },
        locks: [],
        records: {},
        weakened: [],
      }),
      "originproof.json",
    );
    const answer = why("131.0.72.1", site(), { sidecars: [sidecar] });
    expect(renderWhy(answer)).toContain("at main.ts:21 (shop/Firewall/Edge)");
  });
});

describe("hostile text of an input", () => {
  const evil = "\u001b[2Jwww\u202e.example.com\n╵";

  it("is made visible, and the width is kept but for names", () => {
    const answer = why("203.0.113.9", siteWith(record({ values: { name: evil } })));
    for (const text of [renderWhy(answer, 60), renderWhyJson(answer)]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the point
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    }
  });

  it("does not hide among rule names", () => {
    const rule = { ...edgeRule(), address: 'aws_security_group_rule.edge["\\u001b[31m"]' };
    expect(renderWhy(why("131.0.72.1", siteWith(rule)))).not.toContain("\u001b");
  });
});
