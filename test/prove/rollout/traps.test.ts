import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const FACE = "${aws_network_interface.web.id}";
const CBD = { lifecycle: { create_before_destroy: true } };

async function rollout(first: object, second: object, hostname = "www.example.com") {
  const review = (await changeOf(first, second)).review();
  return rolloutOf({ ...review, paths: review.paths.filter((path) => path.hostname === hostname) });
}

function named(name: string, content: string): Blocks {
  const shared = { zone_id: ZONE, type: "A", proxied: true, ttl: 1 };
  return { cloudflare_dns_record: { [name]: { ...shared, name: `${name}.example.com`, content } } };
}

function lists(...names: readonly string[]): Blocks {
  return {
    aws_ec2_managed_prefix_list: Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          name,
          address_family: "IPv4",
          max_entries: 1,
          entry: [{ cidr: `198.51.100.${index * 16}/28`, description: "" }],
        },
      ]),
    ),
  };
}

function describedGroup(description: string, more: object = {}): Blocks {
  const [group] = Object.values(
    inlineGroup([inlineRule({ description })]).aws_security_group ?? {},
  );
  return { aws_security_group: { web: { ...group, ...more } } };
}

describeWithTerraform("a create that only looks like a duplicate", () => {
  it("is done: routes to two prefix lists", async () => {
    const site = (list: string, description: string) =>
      web(
        lists("one", "two"),
        {
          aws_route: {
            list: {
              route_table_id: "${aws_route_table.public.id}",
              destination_prefix_list_id: `\${aws_ec2_managed_prefix_list.${list}.id}`,
              gateway_id: "${aws_internet_gateway.main.id}",
              ...CBD,
            },
          },
        },
        describedGroup(description, { depends_on: ["aws_route.list"] }),
      );
    const found = await rollout(site("one", "a"), site("two", "b"));
    expect(found).toMatchObject({ verdict: "refuted" });
  });
});

describeWithTerraform("what an apply takes away unasked", () => {
  it("is what the default network ACL had, when a block takes it over", async () => {
    const entry = {
      ...{ rule_no: 100, action: "allow", cidr_block: "0.0.0.0/0", ipv6_cidr_block: "" },
      ...{ protocol: "-1", from_port: 0, to_port: 0, icmp_code: 0, icmp_type: 0 },
    };
    const taken = {
      aws_default_network_acl: {
        main: {
          default_network_acl_id: "${aws_vpc.main.default_network_acl_id}",
          ingress: [entry],
          egress: [entry],
        },
      },
    };
    expect(await rollout(web(), web(taken))).toMatchObject({
      verdict: "refuted",
      done: ["create aws_default_network_acl.main (takes away what was there)"],
      pending: ["create aws_default_network_acl.main (puts its own there)"],
    });
  });

  it("is the rule of a block that goes, which the group's own list has too", async () => {
    const rule = {
      aws_vpc_security_group_ingress_rule: {
        web: {
          security_group_id: "${aws_security_group.web.id}",
          from_port: 443,
          to_port: 443,
          ip_protocol: "tcp",
          cidr_ipv4: "0.0.0.0/0",
        },
      },
    };
    const bare = { aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } } };
    const review = (await changeOf(web(bare, rule), web())).review();
    expect(review.paths[0]?.availability.verdict).toBe("refuted");
    expect(rolloutOf(review)).toEqual({ verdict: "notOwed", reasons: ["rollout/lost"] });
  });

  it("is a description beside an element of a dynamic block that is known after apply", async () => {
    const dynamic = (elements: readonly object[]) => ({
      aws_security_group: {
        web: {
          name: "web",
          vpc_id: "${aws_vpc.main.id}",
          dynamic: {
            ingress: {
              for_each: elements,
              content: {
                from_port: "${ingress.value.port}",
                to_port: "${ingress.value.port}",
                protocol: "tcp",
                cidr_blocks: "${ingress.value.cidrs}",
                prefix_list_ids: "${ingress.value.lists}",
                description: "${ingress.value.description}",
              },
            },
          },
        },
      },
    });
    const https = { port: 443, cidrs: ["0.0.0.0/0"], lists: [] };
    const other = { port: 5432, cidrs: [], description: "" };
    const first = dynamic([{ ...https, description: "a" }]);
    const second = dynamic([
      { ...https, description: "b" },
      { ...other, lists: ["${aws_ec2_managed_prefix_list.one.id}"] },
    ]);
    const site = (group: object, more: Blocks = {}) => {
      const { resource, ...rest } = web(more) as { resource: Record<string, object> };
      return { ...rest, resource: { ...resource, ...group } };
    };
    expect(await rollout(site(first), site(second, lists("one")))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_security_group.web (revokes ingress rules)"],
    });
  });
});

describeWithTerraform("a machine behind an interface", () => {
  const face = (machine: object) => ({
    aws_network_interface: {
      web: {
        subnet_id: "${aws_subnet.web.id}",
        security_groups: ["${aws_security_group.web.id}"],
      },
    },
    aws_eip: { web: { domain: "vpc", network_interface: "${aws_network_interface.web.id}" } },
    aws_instance: { web: { ami: "ami-0123456789abcdef0", instance_type: "t3.micro", ...machine } },
    ...named("www", "${aws_eip.web.public_ip}"),
  });
  const given = { network_interface: [{ network_interface_id: FACE, device_index: 0 }] };

  it("answers nobody while it stops", async () => {
    const after = { ...given, instance_type: "t3.small" };
    expect(await rollout(web(face(given)), web(face(after)))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_instance.web (stops the instance)"],
    });
  });

  it("may be any machine of the plan where nothing ties them", async () => {
    const own = { subnet_id: "${aws_subnet.web.id}" };
    const after = { ...own, instance_type: "t3.small" };
    expect(await rollout(web(face(own)), web(face(after)))).toEqual({
      verdict: "undetermined",
      reasons: ["rollout/dependencies"],
    });
  });
});
