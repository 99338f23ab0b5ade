import { parseInput, reviewInputs } from "originproof/review";
import { type Blocks, blocks, NETWORK, webBlocks } from "../../support/aws-web";

const SITE = blocks(NETWORK, webBlocks());

function pathOf(more: Blocks): {
  verdict: string;
  ids: readonly string[];
  rules: readonly string[];
} {
  const text = JSON.stringify({ resource: blocks(SITE, more) });
  const { paths, findings } = reviewInputs([parseInput(text, "stack")]);
  const [path] = paths;
  return {
    verdict: path?.availability.verdict ?? "none",
    ids: path?.availability.reasons.map(({ id }) => id) ?? [],
    rules: findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("dns/")),
  };
}

const record = (content: string): Blocks => ({
  cloudflare_dns_record: {
    www: { ...SITE.cloudflare_dns_record?.www, content },
  },
});

const instance = (more: object): Blocks => ({
  aws_instance: { web: { ...SITE.aws_instance?.web, ...more } },
});

const ELASTIC_IP: Blocks = {
  ...record("${aws_eip.web.public_ip}"),
  aws_eip: { web: { domain: "vpc", instance: "${aws_instance.web.id}" } },
};

describe("an Elastic IP", () => {
  it("is proved where nothing else claims it", () => {
    expect(pathOf(ELASTIC_IP)).toMatchObject({ verdict: "proved" });
  });

  it("is undetermined where another one is on the same instance, which AWS lets win", () => {
    const second = { aws_eip: { second: { domain: "vpc", instance: "${aws_instance.web.id}" } } };
    expect(pathOf(blocks(ELASTIC_IP, second))).toMatchObject({
      verdict: "undetermined",
      ids: ["aws/elastic-ip-holder"],
    });
  });

  it("is undetermined where a NAT gateway has it too", () => {
    const nat = {
      aws_nat_gateway: {
        out: { allocation_id: "${aws_eip.web.id}", subnet_id: "${aws_subnet.web.id}" },
      },
    };
    expect(pathOf(blocks(ELASTIC_IP, nat))).toMatchObject({ verdict: "undetermined" });
  });
});

describe("the public address of an instance", () => {
  const none = { associate_public_ip_address: undefined };

  it.each([
    ["it is refused one", { associate_public_ip_address: false }, {}],
    ["its subnet gives none", none, {}],
  ])("is refuted where %s", (_, own, more) => {
    const found = pathOf(blocks(instance(own), more));
    expect(found).toMatchObject({ verdict: "refuted", rules: ["dns/special-purpose-address"] });
  });

  it("is proved where its subnet gives one", () => {
    const subnet = { ...NETWORK.aws_subnet.web, map_public_ip_on_launch: true };
    const found = pathOf(blocks(instance(none), { aws_subnet: { web: subnet } }));
    expect(found).toMatchObject({ verdict: "proved" });
  });

  it("is assumed where its subnet lies outside the input", () => {
    const text = JSON.stringify({
      resource: blocks(SITE, instance({ ...none, subnet_id: "subnet-0123456789abcdef0" })),
    });
    const [path] = reviewInputs([parseInput(text, "stack")]).paths;
    expect(path?.assumptions.map(({ id }) => id)).toContain("aws/public-address");
  });
});
