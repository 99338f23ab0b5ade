import { EDGE_4, EDGE_6 } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const CBD = { lifecycle: { create_before_destroy: true } };
const MACHINE = {
  aws_instance: {
    web: {
      ...{ associate_public_ip_address: true, ami: "ami-0123456789abcdef0", ipv6_address_count: 1 },
      ...{ instance_type: "t3.micro", subnet_id: "${aws_subnet.web.id}" },
      vpc_security_group_ids: ["${aws_security_group.web.id}"],
    },
  },
};

const rules = (six: readonly string[]) =>
  inlineGroup([inlineRule({ cidr_blocks: EDGE_4, ipv6_cidr_blocks: six })]);

const record = (type: "A" | "AAAA", more: object = {}) => ({
  ...{ zone_id: ZONE, name: "www.example.com", proxied: true, ttl: 1, type },
  content: type === "A" ? "${aws_instance.web.public_ip}" : "${aws_instance.web.ipv6_addresses[0]}",
  ...more,
});

/** A site with these records: an empty one takes a block away. */
const site = (records: Record<string, object>, six: readonly string[] = EDGE_6) =>
  web(MACHINE, rules(six), { cloudflare_dns_record: { www: {}, ...records } });

async function rollouts(first: object, second: object) {
  const { paths, findings } = (await changeOf(first, second)).review();
  const ofPath = (index: number) => ({ ...rolloutOf({ paths: [paths[index]] } as never) });
  return {
    paths: paths.map(({ family }, index) => ({ family, ...ofPath(index) })),
    findings: findings.map(({ rule, what }) => `${rule} ${what}`),
  };
}

describeWithTerraform("a hostname whose only record becomes one of the other family", () => {
  const four = site({ four: record("A") });
  const six = site({ six: record("AAAA") });
  const GONE =
    "rollout/cut-off-during-apply cloudflare_dns_record.four: the apply takes www.example.com away for a while";

  it("has no record in between, whatever family comes next", async () => {
    expect(await rollouts(four, six)).toMatchObject({
      paths: [
        {
          family: 6,
          verdict: "refuted",
          done: ["delete cloudflare_dns_record.four"],
          pending: ["create cloudflare_dns_record.six"],
        },
      ],
      findings: [GONE],
    });
    expect((await rollouts(six, four)).paths).toMatchObject([{ family: 4, verdict: "refuted" }]);
  });

  it("has one throughout where the new one comes first, or another stays", async () => {
    const one = (type: "A" | "AAAA") => site({ one: record(type, CBD) });
    expect((await rollouts(one("A"), one("AAAA"))).paths).toMatchObject([{ verdict: "notOwed" }]);
    const both = site({ four: record("A"), other: record("A", { content: "192.0.2.80" }) });
    const left = site({ six: record("AAAA"), other: record("A", { content: "192.0.2.80" }) });
    const { paths } = await rollouts(both, left);
    expect(paths.map(({ verdict }) => verdict)).not.toContain("refuted");
  });

  it("may be answered in between by what a wildcard leads to", async () => {
    const wildcard = { all: record("A", { name: "*.example.com" }) };
    const { paths } = await rollouts(
      site({ four: record("A"), ...wildcard }),
      site({ six: record("AAAA"), ...wildcard }),
    );
    expect(paths.map(({ verdict }) => verdict)).not.toContain("refuted");
  });

  it("is owed nothing where it is not available before and afterwards", async () => {
    const closed = (records: Record<string, object>) => site(records, []);
    const found = await rollouts(closed({ four: record("A") }), closed({ six: record("AAAA") }));
    expect(found.paths).toMatchObject([{ family: 6, verdict: "notOwed" }]);
    const repaired = await rollouts(closed({ six: record("AAAA") }), four);
    expect(repaired.paths).toMatchObject([{ family: 4, verdict: "notOwed" }]);
  });
});
