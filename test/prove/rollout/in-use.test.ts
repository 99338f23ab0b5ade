import type { Review } from "originproof/review";
import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { type Change, changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const CBD = { lifecycle: { create_before_destroy: true } };

function list(name: string, more: object = {}): Blocks {
  const entry = [{ cidr: "0.0.0.0/0", description: "" }];
  return {
    aws_ec2_managed_prefix_list: {
      [name]: { name, address_family: "IPv4", max_entries: 20, entry, ...more },
    },
  };
}

const idOf = (name: string) => `\${aws_ec2_managed_prefix_list.${name}.id}`;

function byList(name: string): Blocks {
  return inlineGroup([inlineRule({ cidr_blocks: [], prefix_list_ids: [idOf(name)] })]);
}

function told(review: Review): readonly string[] {
  return review.findings
    .filter(({ rule }) => rule.startsWith("rollout/"))
    .map(({ rule, subject }) => `${rule} ${subject}`);
}

/** What the apply does: its last error, where it has one. */
async function applied({ box }: Change): Promise<string> {
  const error = await box.apply().then(
    () => "",
    (thrown: unknown) => String(thrown),
  );
  return /DependencyViolation|referenced by other objects/.exec(error)?.[0] ?? error;
}

describeWithTerraform("a prefix list that is in use", () => {
  it("is not destroyed before the group's inline rules name it no more", async () => {
    const change = await changeOf(web(list("p"), byList("p")), web());
    expect(rolloutOf(change.review({ graph: true }))).toEqual({ verdict: "proved" });
    expect(told(change.review({ graph: true }))).toEqual([
      "rollout/never-ends aws_ec2_managed_prefix_list.p",
    ]);
    expect(await applied(change)).toBe("DependencyViolation");
  });

  it("goes afterwards where that is the order", async () => {
    const change = await changeOf(web(list("p", CBD), byList("p")), web(list("q"), byList("q")));
    expect(rolloutOf(change.review({ graph: true }))).toMatchObject({ verdict: "refuted" });
    expect(told(change.review({ graph: true }))).toEqual([
      "rollout/cut-off-during-apply aws_security_group.web",
    ]);
    expect(await applied(change)).toBe("");
  });

  it("goes after a rule that names it, whatever the group's computed list shows", async () => {
    const rule = (name: string) => ({
      ...web(list(name, CBD), {
        aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } },
        aws_vpc_security_group_ingress_rule: {
          web: {
            ...{ security_group_id: "${aws_security_group.web.id}", prefix_list_id: idOf(name) },
            ...{ from_port: 443, to_port: 443, ip_protocol: "tcp" },
          },
        },
      }),
    });
    const change = await changeOf(rule("p"), rule("q"));
    expect(rolloutOf(change.review({ graph: true }))).toEqual({ verdict: "proved" });
    expect(told(change.review({ graph: true }))).toEqual([]);
    expect(await applied(change)).toBe("");
  });
});

function balanced(name: string, more: object = {}): object {
  const id = `\${cloudflare_load_balancer_pool.${name}.id}`;
  const origins = [{ name: "web", address: "${aws_instance.web.public_ip}", enabled: true }];
  return web(
    { cloudflare_dns_record: { www: {} } },
    { cloudflare_load_balancer_pool: { [name]: { account_id: "a", name, origins, ...more } } },
    {
      cloudflare_load_balancer: {
        www: {
          ...{ zone_id: "0123456789abcdef0123456789abcdef", name: "www.example.com" },
          ...{ proxied: true, default_pools: [id], fallback_pool: id },
        },
      },
    },
  );
}

describeWithTerraform("a pool that a balancer of Cloudflare's names", () => {
  it("is not destroyed before it does so no more", async () => {
    const change = await changeOf(balanced("old"), balanced("new"));
    expect(rolloutOf(change.review({ graph: true }))).toMatchObject({ verdict: "proved" });
    expect(told(change.review({ graph: true }))).toEqual([
      "rollout/never-ends cloudflare_load_balancer_pool.old",
    ]);
    expect(await applied(change)).toBe("referenced by other objects");
  });

  it("goes afterwards where that is the order", async () => {
    const change = await changeOf(balanced("old", CBD), balanced("new", CBD));
    expect(rolloutOf(change.review({ graph: true }))).toMatchObject({ verdict: "proved" });
    expect(told(change.review({ graph: true }))).toEqual([]);
    expect(await applied(change)).toBe("");
  });
});

/** The web's group admits the edge, and members of another group by a rule that names it. */
function named(name: string, more: object = {}): object {
  const vpc_id = "${aws_vpc.main.id}";
  const client = { name, vpc_id, ...more };
  const members = inlineRule({
    cidr_blocks: [],
    security_groups: ["${aws_security_group.client.id}"],
  });
  const ingress = [inlineRule(), members];
  return web({ aws_security_group: { client, web: { name: "web", vpc_id, ingress } } });
}

describeWithTerraform("a security group that a rule of another group names", () => {
  const review = ({ review: of }: Change) => of({ graph: true });

  it("is not destroyed before the rule is gone", async () => {
    const change = await changeOf(named("one"), named("two"));
    expect(rolloutOf(review(change))).toEqual({ verdict: "proved" });
    expect(told(review(change))).toEqual(["rollout/never-ends aws_security_group.client"]);
    expect(await applied(change)).toBe("DependencyViolation");
  });

  it("goes afterwards where that is the order, or where it revokes the rule", async () => {
    const later = await changeOf(named("one", CBD), named("two", CBD));
    expect(told(review(later))).toEqual([]);
    expect(await applied(later)).toBe("");
    const revokes = { revoke_rules_on_delete: true };
    const first = await changeOf(named("one", revokes), named("two", revokes));
    expect(told(review(first))).toEqual([]);
    expect(await applied(first)).toBe("");
  });
});
