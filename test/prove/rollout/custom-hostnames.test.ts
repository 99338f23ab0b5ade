import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";

function custom(more: object = {}): Blocks {
  const own = { zone_id: ZONE, hostname: "shop.example.net" };
  const shop = { ...own, ssl: { method: "http", type: "dv" }, ...more };
  return { cloudflare_custom_hostname: { shop } };
}

function fallback(origin: string): Blocks {
  return { cloudflare_custom_hostname_fallback_origin: { main: { zone_id: ZONE, origin } } };
}

/** A second machine, with a name and a group of its own. */
function next(ingress: readonly object[]): Blocks {
  return {
    aws_security_group: { next: { name: "next", vpc_id: "${aws_vpc.main.id}", ingress } },
    aws_instance: {
      next: {
        ...{ associate_public_ip_address: true, ami: "ami-0123456789abcdef0" },
        ...{ instance_type: "t3.micro", subnet_id: "${aws_subnet.web.id}" },
        vpc_security_group_ids: ["${aws_security_group.next.id}"],
      },
    },
    cloudflare_dns_record: {
      next: {
        ...{ zone_id: ZONE, name: "next.example.com", type: "A", ttl: 1, proxied: true },
        content: "${aws_instance.next.public_ip}",
      },
    },
  };
}

/** Of each hostname the rollout's verdict, with the last step of a refuted state. */
async function rollouts(first: object, second: object) {
  const review = (await changeOf(first, second)).review();
  const verdicts = review.paths.map(({ hostname, rollout }) => {
    const last = rollout?.witness?.done.at(-1);
    const after = last === undefined ? "" : ` after ${last.action} ${last.address}`;
    return [hostname, `${rollout?.verdict}${after}`] as const;
  });
  return Object.fromEntries(verdicts);
}

const FALLBACK = [custom(), fallback("www.example.com")] as const;
const OPEN = [inlineRule()];
const SHOP = "shop.example.net";
const WWW = "www.example.com";

describeWithTerraform("the rollout of a custom hostname", () => {
  it("is that of the fallback origin that it leads to", async () => {
    const described = inlineGroup([inlineRule({ description: "the edge" })]);
    const found = await rollouts(web(...FALLBACK), web(...FALLBACK, described));
    const cut = "refuted after update aws_security_group.web";
    expect(found).toEqual({ [SHOP]: cut, [WWW]: cut });
  });

  it("is proved where another origin takes over that is there already", async () => {
    const before = web(...FALLBACK, next(OPEN));
    const [one, other] = [fallback("next.example.com"), { custom_origin_server: WWW }];
    expect(await rollouts(before, web(custom(), next(OPEN), one))).toMatchObject({
      [SHOP]: "proved",
      [WWW]: "proved",
    });
    expect(await rollouts(before, web(...FALLBACK, next(OPEN), custom(other)))).toMatchObject({
      [SHOP]: "proved",
      [WWW]: "proved",
    });
  });

  it("is refuted where the other origin opens in the same apply", async () => {
    const own = custom({ custom_origin_server: "next.example.com" });
    const found = await rollouts(web(...FALLBACK, next([])), web(...FALLBACK, next(OPEN), own));
    expect(found).toMatchObject({
      [SHOP]: "refuted after update cloudflare_custom_hostname.shop",
      [WWW]: "proved",
    });
  });

  it("is proved where only its certificate changes", async () => {
    const other = custom({ ssl: { method: "txt", type: "dv" } });
    expect(await rollouts(web(...FALLBACK), web(...FALLBACK, other))).toEqual({
      [SHOP]: "proved",
      [WWW]: "proved",
    });
  });

  it("is refuted where it is deleted before another of its name is made", async () => {
    const { shop = {} } = custom().cloudflare_custom_hostname ?? {};
    const again = { cloudflare_custom_hostname: { again: shop } };
    const found = await rollouts(web(...FALLBACK), web(again, fallback(WWW)));
    expect(found).toEqual({
      [SHOP]: "refuted after delete cloudflare_custom_hostname.shop",
      [WWW]: "proved",
    });
  });

  it("is refuted where the name that it leads to gets another record", async () => {
    const record = {
      ...{ zone_id: ZONE, name: WWW, type: "A", proxied: true, ttl: 1 },
      content: "${aws_instance.web.public_ip}",
    };
    const moved = { cloudflare_dns_record: { www: {}, again: record } };
    const cut = "refuted after delete cloudflare_dns_record.www";
    for (const site of [FALLBACK, [custom({ custom_origin_server: WWW })]]) {
      const found = await rollouts(web(...site), web(...site, moved));
      expect(found).toEqual({ [SHOP]: cut, [WWW]: cut });
    }
  });

  it("is owed nothing where it is new", async () => {
    const found = await rollouts(web(fallback(WWW)), web(...FALLBACK));
    expect(found).toEqual({ [SHOP]: "notOwed", [WWW]: "proved" });
  });
});
