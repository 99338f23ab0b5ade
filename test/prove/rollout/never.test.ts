import type { Blocks } from "../../support/aws-web";
import { changed, configuration, site } from "../../support/balancer";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const VPC = "${aws_vpc.main.id}";
const CBD = { lifecycle: { create_before_destroy: true } };

/** What is said never to end, and whether the apply fails. */
async function unending(first: object, second: object, graph = false) {
  const change = await changeOf(first, second);
  const found = change
    .review({ graph })
    .findings.filter(({ rule }) => rule === "rollout/never-ends");
  const fails = await change.box.apply().then(
    () => false,
    () => true,
  );
  return { found: found.map(({ what }) => what), fails };
}

const RULE = {
  cidr_ipv4: "0.0.0.0/0",
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
};
const NONE = { found: [], fails: false };

function group(more: object): Blocks {
  const { web: own } = inlineGroup([inlineRule()]).aws_security_group ?? {};
  return { aws_security_group: { web: { ...own, ...more } } };
}

function other(more: object): Blocks {
  return { aws_security_group: { other: { vpc_id: VPC, ...more } } };
}

function machine(more: object): Blocks {
  const own = { associate_public_ip_address: true, subnet_id: "${aws_subnet.web.id}" };
  const what = { ami: "ami-0123456789abcdef0", instance_type: "t3.micro" };
  const vpc_security_group_ids = ["${aws_security_group.web.id}"];
  return { aws_instance: { web: { ...what, ...own, vpc_security_group_ids, ...more } } };
}

describeWithTerraform("an apply never ends", () => {
  it("where a group is replaced that the instance has until afterwards", async () => {
    expect(await unending(web(group({ name: "one" })), web(group({ name: "two" })))).toEqual({
      found: [
        "the apply can't destroy aws_security_group.web: aws_instance.web uses it until afterwards",
      ],
      fails: true,
    });
    const revokes = { revoke_rules_on_delete: true };
    const change = [
      { name: "one", ...revokes },
      { name: "two", ...revokes },
    ] as const;
    const { found } = await unending(web(group(change[0])), web(group(change[1])));
    expect(found).toHaveLength(1);
  });

  it("where a new group needs the name of the one that it comes before", async () => {
    const named = (description: string) => web(group({ name: "one", description, ...CBD }));
    expect(await unending(named("a"), named("b"))).toEqual({
      found: [
        "the apply can't create aws_security_group.web: its predecessor has what only one can have",
      ],
      fails: true,
    });
  });

  it("where an instance keeps a group that goes, since its list is ignored", async () => {
    const both = ["${aws_security_group.web.id}", "${aws_security_group.other.id}"];
    const ignored = { lifecycle: { ignore_changes: ["vpc_security_group_ids"] } };
    const before = web(other({ name: "other" }), machine({ vpc_security_group_ids: both }));
    expect(await unending(before, web(machine(ignored)))).toEqual({
      found: [
        "the apply can't destroy aws_security_group.other: aws_instance.web uses it until afterwards",
      ],
      fails: true,
    });
  });

  it("where a group goes before the instance lets go of it, as the graph tells", async () => {
    const both = ["${aws_security_group.web.id}", "${aws_security_group.other.id}"];
    const before = web(other({ name: "other" }), machine({ vpc_security_group_ids: both }));
    const { found, fails } = await unending(before, web(machine({})), true);
    expect({ found: found.length, fails }).toEqual({ found: 1, fails: true });
    expect((await unending(before, web(machine({})))).found).toEqual([]);
  });

  it("where a route is made that its table has", async () => {
    const again = {
      route_table_id: "${aws_route_table.public.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.main.id}",
    };
    const { found, fails } = await unending(web(), web({ aws_route: { again } }));
    expect({ found: found.length, fails }).toEqual({ found: 1, fails: true });
  });

  it("where a rule gets a block while its group, left as it is, has it still", async () => {
    const bare = { aws_security_group: { web: { name: "web", vpc_id: VPC } } };
    const moved = { ...RULE, security_group_id: "${aws_security_group.web.id}" };
    const after = web(bare, { aws_vpc_security_group_ingress_rule: { moved } });
    expect(await unending(web(), after)).toEqual({
      found: [
        "the apply can't create aws_vpc_security_group_ingress_rule.moved: aws_security_group.web has what only one can have",
      ],
      fails: true,
    });
  });

  it("where two blocks make one rule", async () => {
    const bare = { aws_security_group: { web: { name: "web", vpc_id: VPC } } };
    const rule = { ...RULE, security_group_id: "${aws_security_group.web.id}", to_port: 8443 };
    const twins = { aws_vpc_security_group_ingress_rule: { one: rule, two: rule } };
    const { found, fails } = await unending(web(bare), web(bare, twins));
    expect({ found: found.length, fails }).toEqual({ found: 1, fails: true });
  });

  it("where a record becomes a CNAME before it goes", async () => {
    const app = {
      ...{ zone_id: ZONE, name: "app.example.com", type: "A", proxied: false, ttl: 1 },
      content: "${aws_instance.web.public_ip}",
    };
    const www = (more: object) => ({
      cloudflare_dns_record: {
        app,
        www: { ...app, name: "www.example.com", proxied: true, ...CBD, ...more },
      },
    });
    const cname = { type: "CNAME", content: "app.example.com" };
    const { found, fails } = await unending(web(www({})), web(www(cname)));
    expect({ found: found.length, fails }).toEqual({ found: 1, fails: true });
  });
});

describeWithTerraform("an apply of a balancer", () => {
  it("never ends where the balancer is replaced and protected from that", async () => {
    const named = (name: string, enable_deletion_protection: boolean) =>
      configuration(changed(site(), { aws_lb: { web: { name, enable_deletion_protection } } }));
    const protectedOne = (await changeOf(named("a", true), named("b", true))).review();
    expect(protectedOne.findings.map(({ rule }) => rule)).toContain("rollout/never-ends");
    // Its listener goes nevertheless, and nothing brings that back.
    expect(rolloutOf(protectedOne)).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_lb_listener.https"],
    });
    const other = (await changeOf(named("a", false), named("b", true))).review();
    expect(other.findings.map(({ rule }) => rule)).not.toContain("rollout/never-ends");
  });
});

describeWithTerraform("an apply of a second target group of a name", () => {
  const found = async (port: number) => {
    const { app = {} } = site().aws_lb_target_group ?? {};
    const again = { aws_lb_target_group: { again: { ...app, port } } };
    const listened = changed(site(), {
      ...again,
      aws_lb_listener: {
        https: {
          default_action: [
            { type: "forward", target_group_arn: "${aws_lb_target_group.again.arn}" },
          ],
        },
      },
    });
    const change = await changeOf(configuration(site()), configuration(listened));
    return change.review().findings.map(({ rule }) => rule);
  };

  it("never ends where its settings are others", async () => {
    expect(await found(8081)).toContain("rollout/never-ends");
  });

  it("may end where they are the same: AWS answers with the one that is there", async () => {
    expect(await found(8080)).not.toContain("rollout/never-ends");
  });
});

describeWithTerraform("an apply ends", () => {
  it("where the group comes first under another name", async () => {
    const named = (name: string) => web(group({ name, ...CBD }));
    expect(await unending(named("one"), named("two"))).toEqual(NONE);
  });

  it("where the instance lets go of a group that then goes", async () => {
    const both = ["${aws_security_group.web.id}", "${aws_security_group.other.id}"];
    const before = web(other({ name: "other", ...CBD }), machine({ vpc_security_group_ids: both }));
    expect(await unending(before, web(machine({})))).toEqual(NONE);
  });

  it("where a block takes over from another, or from a list that is emptied", async () => {
    const rule = { ...RULE, security_group_id: "${aws_security_group.web.id}" };
    const bare = { aws_security_group: { web: { name: "web", vpc_id: VPC } } };
    const by = (name: string) => ({ aws_vpc_security_group_ingress_rule: { [name]: rule } });
    expect((await unending(web(bare, by("one")), web(bare, by("two")))).found).toEqual([]);
    const emptied = inlineGroup([]);
    expect(await unending(web(), web(emptied, by("one")))).toEqual(NONE);
  });

  it("where another VPC has a group of that name", async () => {
    const vpc = { aws_vpc: { other: { cidr_block: "10.9.0.0/16" } } };
    const twin = other({ name: "web", vpc_id: "${aws_vpc.other.id}" });
    expect(await unending(web(vpc), web(vpc, twin))).toEqual(NONE);
  });

  it("or fails beside every path, which is no matter of a site", async () => {
    const alone = (name: string) =>
      web(other({ name }), {
        aws_network_interface: {
          alone: {
            subnet_id: "${aws_subnet.web.id}",
            security_groups: ["${aws_security_group.other.id}"],
          },
        },
      });
    const { found, fails } = await unending(alone("one"), alone("two"));
    expect({ found, fails }).toEqual({ found: [], fails: true });
  });
});
