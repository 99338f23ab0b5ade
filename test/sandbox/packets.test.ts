import type { CloudState } from "../../sandbox/cloud/state";
import { arrives, boundaries, lookup, reaches } from "../../sandbox/packets";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { configurationOf, NETWORK, type Resources, ref, serverFor } from "./network";

afterAll(removeSandboxes);

async function applied(...parts: readonly Resources[]): Promise<CloudState> {
  const box = newSandbox({ configuration: configurationOf(...parts) });
  await box.apply();
  expect((await box.plan()).changes).toBe(false);
  return box.cloud();
}

const attribute = (cloud: CloudState, type: string, name: string): string =>
  String(Object.values(cloud.objects).find((object) => object.type === type)?.attributes[name]);

/** What stops a connection to the one Elastic IP, or "always" and the like. */
function fate(cloud: CloudState, from: string, port = 443): string {
  return told(cloud, attribute(cloud, "aws_eip", "public_ip"), from, port);
}

function told(cloud: CloudState, to: string, from: string, port = 443): string {
  const { always, sometimes, stops } = reaches(cloud, { from, to, port });
  if (always) return "always";
  const by = [...new Set(stops.map((stop) => stop.by))];
  return `${sometimes ? "sometimes" : "never"}: ${by.join()}`;
}

const entries = (list: readonly object[]) => list.map((entry) => ({ ...ENTRY, ...entry }));
const ENTRY = {
  ...{ action: "allow", protocol: "tcp", from_port: 443, to_port: 443 },
  ...{ icmp_code: 0, icmp_type: 0, cidr_block: "0.0.0.0/0", ipv6_cidr_block: "" },
};
const aclOf = (ingress: readonly object[], egress: readonly object[]): Resources => ({
  aws_network_acl: {
    main: {
      vpc_id: ref("aws_vpc.main.id"),
      subnet_ids: [ref("aws_subnet.a.id")],
      ingress: entries(ingress),
      egress: entries(egress),
    },
  },
});
const REPLIES = { rule_no: 100, from_port: 1024, to_port: 65535 };

describeWithTerraform("the packet view of an instance", () => {
  const server = serverFor(["131.0.72.0/22"]);

  it("admits what a rule has, on its port alone", async () => {
    const cloud = await applied(NETWORK, server);
    expect(fate(cloud, "131.0.72.0")).toBe("always");
    expect(fate(cloud, "131.0.75.255")).toBe("always");
    expect(fate(cloud, "131.0.76.0")).toBe("never: security-group");
    expect(fate(cloud, "131.0.72.0", 80)).toBe("never: security-group");
    expect(told(cloud, "203.0.113.99", "131.0.72.0")).toBe("never: address");
  });

  it("knows the ranges of a prefix list", async () => {
    const cloud = await applied(NETWORK, serverFor([]), {
      aws_ec2_managed_prefix_list: {
        edge: {
          ...{ name: "edge", address_family: "IPv4", max_entries: 2 },
          entry: [{ cidr: "131.0.72.0/22" }],
        },
      },
      aws_vpc_security_group_ingress_rule: {
        list: {
          ...{ ip_protocol: "-1", prefix_list_id: ref("aws_ec2_managed_prefix_list.edge.id") },
          security_group_id: ref("aws_security_group.web.id"),
        },
      },
    });
    expect(fate(cloud, "131.0.75.255")).toBe("always");
    expect(fate(cloud, "131.0.76.0")).toBe("never: security-group");
  });

  it("reads a network ACL in its order, and needs the way back for each client port", async () => {
    const allow = { rule_no: 100 };
    const deny = { rule_no: 90, action: "deny", cidr_block: "131.0.74.0/23" };
    const cloud = await applied(NETWORK, server, aclOf([allow, deny], [REPLIES]));
    expect(fate(cloud, "131.0.73.255")).toBe("always");
    expect(fate(cloud, "131.0.74.0")).toBe("never: network-acl");
    const narrow = await applied(
      NETWORK,
      server,
      aclOf([allow], [{ ...REPLIES, from_port: 32768 }]),
    );
    expect(fate(narrow, "131.0.72.0")).toBe("sometimes: network-acl");
    const shut = await applied(NETWORK, server, aclOf([allow], []));
    expect(fate(shut, "131.0.72.0")).toBe("never: network-acl");
  });

  it("lets a client connect from a port below 1024, which none has to", async () => {
    const low = { rule_no: 90, from_port: 1, to_port: 442 };
    const cloud = await applied(NETWORK, server, aclOf([{ rule_no: 100 }], [low]));
    expect(fate(cloud, "131.0.72.0")).toBe("sometimes: network-acl");
    expect(fate(cloud, "131.0.76.0")).toBe("never: network-acl,security-group");
    const rest = await applied(NETWORK, server, aclOf([{ rule_no: 100 }], [REPLIES]));
    expect(fate(rest, "131.0.72.0")).toBe("always");
  });

  it("takes the longest route", async () => {
    const cloud = await applied(NETWORK, server, {
      aws_route: {
        captured: {
          route_table_id: ref("aws_vpc.main.main_route_table_id"),
          destination_cidr_block: "131.0.72.0/23",
          transit_gateway_id: "tgw-0123456789abcdef0",
        },
      },
    });
    expect(fate(cloud, "131.0.72.0")).toBe("never: route");
    expect(fate(cloud, "131.0.74.0")).toBe("always");
  });

  it("treats IPv6 apart, and lets nothing in by an egress-only gateway", async () => {
    const six: Resources = {
      ...serverFor(["2001:db8::/32"]),
      aws_instance: {
        web: {
          ...{ ami: "ami-12345678", instance_type: "t3.micro", ipv6_address_count: 1 },
          subnet_id: ref("aws_subnet.a.id"),
          vpc_security_group_ids: [ref("aws_security_group.web.id")],
        },
      },
      aws_egress_only_internet_gateway: { out: { vpc_id: ref("aws_vpc.main.id") } },
    };
    const route = (target: object): Resources => ({
      aws_route: {
        six: {
          route_table_id: ref("aws_vpc.main.main_route_table_id"),
          destination_ipv6_cidr_block: "::/0",
          ...target,
        },
      },
    });
    const out = { egress_only_gateway_id: ref("aws_egress_only_internet_gateway.out.id") };
    const both = { gateway_id: ref("aws_internet_gateway.main.id") };
    const asked = async (...parts: readonly Resources[]) => {
      const cloud = await applied(NETWORK, six, ...parts);
      const to = attribute(cloud, "aws_instance", "ipv6_addresses");
      return [told(cloud, to, "2001:db8::1"), told(cloud, to, "131.0.72.0")];
    };
    expect(await asked(route(both))).toEqual(["always", "never: address"]);
    expect(await asked(route(out))).toEqual(["never: route", "never: address"]);
    expect(await asked()).toEqual(["never: route", "never: address"]);
  });

  it("has no way back where the subnet's own table has none", async () => {
    const cloud = await applied(NETWORK, server, {
      aws_route_table: { bare: { vpc_id: ref("aws_vpc.main.id") } },
      aws_route_table_association: {
        a: {
          subnet_id: ref("aws_subnet.a.id"),
          route_table_id: ref("aws_route_table.bare.id"),
        },
      },
    });
    expect(fate(cloud, "131.0.72.0")).toBe("never: route");
  });

  it("names the addresses and ports at which an answer can change", async () => {
    const cloud = await applied(NETWORK, server);
    const { addresses, ports } = boundaries(cloud, ["2001:db8::/32"]);
    for (const address of ["131.0.71.255", "131.0.72.0", "131.0.75.255", "131.0.76.0"]) {
      expect(addresses).toContain(address);
    }
    expect(addresses).toContain("2001:db8::");
    expect(ports).toEqual(expect.arrayContaining([442, 443, 444]));
  });
});

describeWithTerraform("the packet view of a hostname", () => {
  const zone_id = ref("cloudflare_zone.zone.id");
  const record = (name: string, type: string, content: string, proxied: boolean) => ({
    ...{ zone_id, name, type, content, proxied, ttl: 1 },
  });

  it("follows a CNAME, knows wildcards and settings", async () => {
    const cloud = await applied({
      cloudflare_zone: { zone: { account: { id: "0".repeat(32) }, name: "example.com" } },
      cloudflare_zone_setting: { ssl: { zone_id, setting_id: "ssl", value: "strict" } },
      cloudflare_dns_record: {
        www: record("www.example.com", "CNAME", "origin.example.com", true),
        origin: record("origin.example.com", "A", "203.0.113.7", false),
        any: record("*.example.com", "A", "203.0.113.8", true),
      },
    });
    const www = lookup(cloud, "www.example.com");
    expect(www).toMatchObject({ proxied: true, addresses: ["203.0.113.7"], names: [] });
    expect(www.zone?.settings).toEqual({ ssl: "strict" });
    expect(lookup(cloud, "shop.example.com").addresses).toEqual(["203.0.113.8"]);
    expect(lookup(cloud, "origin.example.com").proxied).toBe(false);
    expect(lookup(cloud, "example.org").zone).toBeUndefined();
  });

  it("says what the edge gets to by the name, in each state of an apply", async () => {
    const site = (type: string, content: string) =>
      configurationOf(NETWORK, serverFor(["131.0.72.0/22"]), {
        cloudflare_zone: { zone: { account: { id: "0".repeat(32) }, name: "example.com" } },
        cloudflare_dns_record: { www: record("www.example.com", type, content, true) },
      });
    const box = newSandbox({ configuration: site("A", ref("aws_eip.web.public_ip")) });
    await box.apply();
    box.configure(site("CNAME", ref("aws_eip.web.public_dns")));
    const seen = box.history().length;
    await box.apply();
    const visit = { hostname: "www.example.com", from: "131.0.72.0", port: 443 };
    const answers = box
      .history()
      .slice(seen)
      .map(({ entry, cloud }) => `${entry.call} ${arrives(cloud, visit)?.always}`);
    expect(answers).toEqual([
      "DELETE /zones/{zone_id}/dns_records/{id} false",
      "POST /zones/{zone_id}/dns_records true",
    ]);
    expect(arrives(box.cloud(), { ...visit, from: "2001:db8::1" })).toBeUndefined();
    expect(arrives(box.cloud(), { ...visit, hostname: "other.example.com" })?.stops).toMatchObject([
      { by: "name" },
    ]);
  });
});
