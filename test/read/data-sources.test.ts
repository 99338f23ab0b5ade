import { parseConfig } from "../../lib/rules/config";
import { reviewOf, verdicts, type Written } from "../support/plan";
import { type Resources, ref, vpcSite as site } from "../support/synth-site";

const ZONE = ref("cloudflare_zone.main.id");
const WORLD = {
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  cidr_ipv4: "0.0.0.0/0",
};

const decided = (...stacks: readonly Written[]) =>
  [...new Set(verdicts(reviewOf(stacks)).map((line) => line.replace(/^[^:]*: /, "")))].join("; ");

const world = (id: string): Resources => ({
  aws_vpc_security_group_ingress_rule: { world: { ...WORLD, security_group_id: ref(id) } },
});
const group = (body: Written): Resources => ({ aws_security_group: { d: body } });
const GROUP = "data.aws_security_group.d.id";

describe("a data source that is handed the id of a resource", () => {
  it("is that resource: a group", () => {
    expect(decided(site())).toBe("proved, proved");
    const data = group({ id: ref("aws_security_group.web.id") });
    expect(decided(site(world(GROUP), data))).toBe("proved, refuted");
  });

  it("is that resource through a local, an output of another stack, a second data source", () => {
    const through = {
      ...site(world("data.aws_security_group.e.id"), {
        aws_security_group: {
          d: { id: ref("local.group") },
          e: { id: ref(GROUP) },
        },
      }),
      locals: { group: ref("aws_security_group.web.id") },
    };
    expect(decided(through)).toBe("proved, refuted");
  });

  it.each<[string, Resources, Resources, string]>([
    [
      "a route table",
      {
        aws_route: {
          away: {
            route_table_id: ref("data.aws_route_table.d.id"),
            destination_cidr_block: "104.16.0.0/13",
            transit_gateway_id: "tgw-1",
          },
        },
      },
      { aws_route_table: { d: { route_table_id: ref("aws_route_table.main.id") } } },
      "refuted, proved",
    ],
    [
      "a subnet",
      {
        aws_network_acl: {
          closed: {
            vpc_id: ref("aws_vpc.main.id"),
            subnet_ids: [ref("data.aws_subnet.d.id")],
          },
        },
      },
      { aws_subnet: { d: { id: ref("aws_subnet.main.id") } } },
      "refuted, proved",
    ],
    [
      "a zone",
      {
        cloudflare_zone_setting: {
          flexible: {
            zone_id: ref("data.cloudflare_zone.d.id"),
            setting_id: "ssl",
            value: "flexible",
          },
        },
      },
      { cloudflare_zone: { d: { zone_id: ZONE } } },
      "proved, proved; undetermined, proved",
    ],
  ])("is that resource: %s", (_, more, data, expected) => {
    expect(decided(site(more, data))).toBe(expected);
  });

  it("moves an Elastic IP", () => {
    const more = {
      aws_instance: { other: { subnet_id: ref("aws_subnet.main.id") } },
      aws_eip_association: {
        d: {
          allocation_id: ref("data.aws_eip.d.id"),
          instance_id: ref("aws_instance.other.id"),
        },
      },
    };
    const data = { aws_eip: { d: { id: ref("aws_eip.web.id") } } };
    expect(decided(site(more, data))).toBe("undetermined, undetermined");
  });
});

describe("a data source that searches", () => {
  it.each<[string, Written]>([
    ["by the same name", { name: "web" }],
    ["by a tag that the provider may set", { tags: { Tier: "web" } }],
    ["by the VPC", { vpc_id: ref("aws_vpc.main.id") }],
    ["by a filter", { filter: [{ name: "group-name", values: ["w*"] }] }],
    ["by an id that may be any group's", { id: ref('lookup(var.ids, "web")') }],
  ])("may stand for a resource that fits: %s", (_, body) => {
    expect(decided(site(world(GROUP), group(body)))).toBe("proved, undetermined");
    const apart = { data: group(body), resource: world(GROUP) };
    expect(decided(site(), apart)).toBe("proved, undetermined");
  });

  it.each<[string, Written]>([
    ["another name", { name: "other" }],
    ["another name in a filter", { filter: [{ name: "group-name", values: ["other"] }] }],
    ["an id", { id: "sg-0123" }],
    ["a variable", { id: ref("var.group") }],
    ["another VPC of the input", { vpc_id: ref("aws_vpc.other.id") }],
  ])("is something else where it can't be that: %s", (_, body) => {
    const more = { ...world(GROUP), aws_vpc: { other: { cidr_block: "10.1.0.0/16" } } };
    expect(decided(site(more, group(body)))).toBe("proved, proved");
  });

  it("may stand for an element of a list", () => {
    const data = { aws_security_groups: { d: { tags: { Tier: "web" } } } };
    const more = world("data.aws_security_groups.d.ids[0]");
    expect(decided(site(more, data))).toBe("proved, undetermined");
  });
});

describe("a zone that is found by its name", () => {
  /** A stack whose record is in a zone that it looks up, and says is strict. */
  function imported(): Written {
    const { resource } = site() as { resource: Record<string, Record<string, Written>> };
    const { cloudflare_zone: zone, cloudflare_zone_setting: setting, ...rest } = resource;
    const www = { ...rest.cloudflare_dns_record?.www, zone_id: ref("data.cloudflare_zone.d.id") };
    const data = { cloudflare_zone: { d: { filter: { name: "example.com" } } } };
    return { resource: { ...rest, cloudflare_dns_record: { www } }, data };
  }
  const managed = (ssl: string, name = "example.com"): Written => ({
    resource: {
      cloudflare_zone: { main: { name } },
      cloudflare_zone_setting: {
        ssl: { zone_id: ZONE, setting_id: "ssl", value: ssl },
        https: { zone_id: ZONE, setting_id: "always_use_https", value: "on" },
        mode: { zone_id: ZONE, setting_id: "ssl_automatic_mode", value: "custom" },
      },
    },
  });
  const declared = { ssl: "strict", always_use_https: "on" } as const;
  const paths = (...stacks: readonly Written[]) =>
    reviewOf(stacks, parseConfig(JSON.stringify({ zones: { "example.com": declared } }), "config"))
      .paths.map(({ origin, certain }) => `${origin.port}${certain ? "" : "?"}`)
      .sort();

  it("has the settings of the zone that another stack manages, not those declared", () => {
    expect(paths(imported())).toEqual(["443"]);
    expect(paths(imported(), managed("flexible"))).toEqual(["80"]);
    expect(paths(imported(), managed("strict"))).toEqual(["443"]);
  });

  it("has nothing of a zone with another name", () => {
    expect(paths(imported(), managed("flexible", "example.net"))).toEqual(["443"]);
  });

  it("may have a setting that is made for another import of the name", () => {
    const other: Written = {
      data: { cloudflare_zone: { e: { filter: { name: "example.com" } } } },
      resource: {
        cloudflare_zone_setting: {
          ssl: { zone_id: ref("data.cloudflare_zone.e.id"), setting_id: "ssl", value: "flexible" },
        },
      },
    };
    expect(paths(imported(), other)).toEqual(["443?", "80?"]);
  });
});
