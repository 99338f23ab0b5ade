import { parseInput, reviewInputs } from "originproof/review";
import { type Blocks, blocks, NETWORK, webBlocks } from "../../support/aws-web";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { changeOf, configuration, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const ANYWHERE = inlineRule({ from_port: 0, to_port: 0, protocol: "-1" });
const VPC = "${aws_vpc.main.id}";

async function rollout(first: object, second: object) {
  return rolloutOf((await changeOf(first, second)).review());
}

function entry(rule_no: number, ports: readonly [number, number] = [0, 0]) {
  const [from_port, to_port] = ports;
  const all = { action: "allow", cidr_block: "0.0.0.0/0", ipv6_cidr_block: "" };
  const protocol = to_port === 0 ? "-1" : "tcp";
  return { rule_no, ...all, protocol, from_port, to_port, icmp_code: 0, icmp_type: 0 };
}

function machine(more: object): Blocks {
  const { web: own } = webBlocks().aws_instance ?? {};
  return { aws_instance: { web: { ...own, ...more } } };
}

function www(content: string, type = "A"): Blocks {
  const shared = { zone_id: ZONE, name: "www.example.com", proxied: true, ttl: 1 };
  return { cloudflare_dns_record: { www: { ...shared, type, content } } };
}

describeWithTerraform("found by random changes", () => {
  it("a state that deletes of one update reach in any order has all of them", async () => {
    const acl = (...ingress: readonly object[]) => ({
      aws_default_network_acl: {
        main: {
          default_network_acl_id: "${aws_vpc.main.default_network_acl_id}",
          ingress,
          egress: [entry(100)],
        },
      },
    });
    const first = web(acl(entry(100), entry(110, [1024, 65535])));
    const found = await rollout(first, web(acl(entry(120))));
    expect(found).toMatchObject({ verdict: "refuted" });
    expect([...(found.done ?? [])].sort()).toEqual([
      "update aws_default_network_acl.main (deletes 100 0.0.0.0/0)",
      "update aws_default_network_acl.main (deletes 110 0.0.0.0/0)",
    ]);
  });
});

describeWithTerraform("found by an adversary", () => {
  it("a machine stops for another capacity reservation", async () => {
    const reserved = (capacity_reservation_preference: string) =>
      web(machine({ capacity_reservation_specification: [{ capacity_reservation_preference }] }));
    expect(await rollout(reserved("open"), reserved("none"))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_instance.web (stops the instance)"],
    });
  });

  it("an Elastic IP goes over to another private address with a gap", async () => {
    const on = (address: string) =>
      web(
        machine({ private_ip: "10.0.1.10", secondary_private_ips: ["10.0.1.11"] }),
        www("${aws_eip.web.public_ip}"),
        {
          aws_eip: {
            web: {
              ...{ domain: "vpc", instance: "${aws_instance.web.id}" },
              associate_with_private_ip: address,
            },
          },
        },
      );
    expect(await rollout(on("10.0.1.10"), on("10.0.1.11"))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_eip.web (disassociates)"],
    });
  });

  it("a default route table loses its routes when a block takes it over", async () => {
    const { aws_route_table_association: _, ...bare } = NETWORK;
    const route = {
      route_table_id: "${aws_vpc.main.main_route_table_id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.main.id}",
    };
    const none = Object.fromEntries(
      `ipv6_cidr_block destination_prefix_list_id egress_only_gateway_id instance_id nat_gateway_id
       network_interface_id transit_gateway_id vpc_endpoint_id vpc_peering_connection_id
       core_network_arn`
        .split(/\s+/)
        .map((name) => [name, null]),
    );
    const own = { ...none, cidr_block: "0.0.0.0/0", gateway_id: route.gateway_id };
    const taken = {
      aws_default_route_table: {
        main: {
          default_route_table_id: "${aws_vpc.main.default_route_table_id}",
          route: [own],
        },
      },
    };
    const parts = [bare, { aws_route: { main: route } }, webBlocks(), inlineGroup([inlineRule()])];
    const found = await rollout(configuration(...parts), configuration(...parts, taken));
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["create aws_default_route_table.main (takes away what was there)"],
      pending: ["create aws_default_route_table.main (puts its own there)"],
    });
  });

  it("a default group loses its rules when a block takes it over", async () => {
    const id = "${aws_vpc.main.default_security_group_id}";
    const block = {
      aws_security_group_rule: {
        web: {
          ...{ type: "ingress", from_port: 443, to_port: 443, protocol: "tcp" },
          security_group_id: id,
          cidr_blocks: ["0.0.0.0/0"],
        },
      },
    };
    const taken = {
      aws_default_security_group: {
        main: { vpc_id: VPC, ingress: [inlineRule()], egress: [ANYWHERE] },
      },
    };
    const own = machine({ vpc_security_group_ids: [id] });
    const found = await rollout(web(own, block), web(own, block, taken));
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["create aws_default_security_group.main (takes away what was there)"],
    });
  });
});

/** A site of its own in a region, behind a classic balancer of a given name. */
function region(place: string, provider?: string): Blocks {
  const at = provider === undefined ? {} : { provider };
  const vpc = { vpc_id: `\${aws_vpc.${place}.id}` };
  const groups = { name: place, ...vpc, ingress: [inlineRule()], egress: [ANYWHERE], ...at };
  return {
    aws_vpc: { [place]: { cidr_block: "10.0.0.0/16", ...at } },
    aws_subnet: { [place]: { ...vpc, cidr_block: "10.0.1.0/24", ...at } },
    aws_internet_gateway: { [place]: { ...vpc, ...at } },
    aws_route: {
      [place]: {
        route_table_id: `\${aws_vpc.${place}.main_route_table_id}`,
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: `\${aws_internet_gateway.${place}.id}`,
        ...at,
      },
    },
    aws_security_group: { [place]: groups },
    aws_instance: {
      [place]: {
        ...{ ami: "ami-0123456789abcdef0", instance_type: "t3.micro" },
        subnet_id: `\${aws_subnet.${place}.id}`,
        vpc_security_group_ids: [`\${aws_security_group.${place}.id}`],
        ...at,
      },
    },
  };
}

function balancer(place: string, group: string, provider?: string): Blocks {
  const own = {
    ...{ name: "web", subnets: [`\${aws_subnet.${place}.id}`] },
    security_groups: [`\${aws_security_group.${group}.id}`],
    instances: [`\${aws_instance.${place}.id}`],
    health_check: [
      { target: "TCP:443", interval: 30, timeout: 5, healthy_threshold: 2, unhealthy_threshold: 2 },
    ],
    listener: [{ instance_port: 443, instance_protocol: "tcp", lb_port: 443, lb_protocol: "tcp" }],
    lifecycle: { create_before_destroy: true },
  };
  return {
    aws_elb: { [place]: { ...own, ...(provider === undefined ? {} : { provider }) } },
    ...www(`\${aws_elb.${place}.dns_name}`, "CNAME"),
  };
}

describeWithTerraform("found by an adversary, of places", () => {
  it("two balancers may have one name in two regions", async () => {
    const { cloudflare_zone_setting = {} } = webBlocks();
    const late = { name: "late", vpc_id: "${aws_vpc.us.id}", egress: [ANYWHERE] };
    const sites = blocks(
      region("eu"),
      region("us", "aws.us"),
      { cloudflare_zone_setting },
      {
        aws_security_group: { late: { ...late, provider: "aws.us" } },
      },
    );
    const opened = {
      aws_vpc_security_group_ingress_rule: {
        late: {
          ...{ provider: "aws.us", security_group_id: "${aws_security_group.late.id}" },
          ...{ cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: 443, to_port: 443 },
          depends_on: ["aws_elb.us"],
        },
      },
    };
    const of = (...parts: readonly Blocks[]) => ({
      ...configuration(sites, ...parts),
      provider: {
        aws: [{ region: "eu-west-1" }, { region: "us-east-1", alias: "us" }],
        cloudflare: { api_token: "x" },
      },
    });
    const change = await changeOf(
      of(balancer("eu", "eu")),
      of(balancer("us", "late", "aws.us"), opened),
    );
    expect(rolloutOf(change.review({ graph: true }))).toMatchObject({
      verdict: "refuted",
      done: ["create aws_elb.us", "update cloudflare_dns_record.www"],
    });
  });

  it("a plan of a new stack has steps beside one of what is deployed", async () => {
    const at = (number: number, action: string, more: object = {}) => ({
      ...{ network_acl_id: "${aws_network_acl.web.id}", egress: false, protocol: "-1" },
      ...{ from_port: 0, to_port: 0, rule_number: number, rule_action: action },
      cidr_block: "172.64.0.0/13",
      ...more,
    });
    const all = { cidr_block: "0.0.0.0/0" };
    const box = newSandbox({
      configuration: web({
        aws_network_acl: { web: { vpc_id: VPC, subnet_ids: ["${aws_subnet.web.id}"] } },
        aws_network_acl_rule: {
          in: at(100, "allow", all),
          out: at(100, "allow", { ...all, egress: true }),
        },
      }),
    });
    await box.apply();
    const first = JSON.stringify(await box.show(await box.plan()));
    const network_acl_id = /"id":"(acl-[0-9a-f]+)"/.exec(first)?.[1];
    const rules = {
      deny: at(90, "deny", { network_acl_id }),
      allow: at(80, "allow", { network_acl_id }),
    };
    const other = newSandbox({ configuration: configuration({ aws_network_acl_rule: rules }) });
    const second = JSON.stringify(await other.show(await other.plan()));
    const reads = [parseInput(first, "site.json"), parseInput(second, "new.json")];
    expect(rolloutOf(reviewInputs(reads))).toMatchObject({
      verdict: "refuted",
      done: ["create aws_network_acl_rule.deny"],
      pending: ["create aws_network_acl_rule.allow"],
    });
  });
});
