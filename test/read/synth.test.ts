import { EDGE_4, idsOf, reviewOf, verdicts, type Written } from "../support/plan";

const EDGE = { from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: EDGE_4 };
const PATH = "www.example.com IPv4 tcp/443";
const ZONE = "${cloudflare_zone.main.id}";

type Resources = Readonly<Record<string, Readonly<Record<string, Written>>>>;

/** A site as `cdktf synth` writes it, with some types of resources in place of its own. */
function synth(resource: Resources = {}, more: Written = {}): Written {
  const setting = (setting_id: string, value: string) => ({ zone_id: ZONE, setting_id, value });
  return {
    resource: {
      cloudflare_zone: { main: { name: "example.com" } },
      cloudflare_zone_setting: {
        ssl: setting("ssl", "strict"),
        https: setting("always_use_https", "on"),
        mode: setting("ssl_automatic_mode", "custom"),
      },
      cloudflare_dns_record: {
        www: {
          zone_id: ZONE,
          name: "www",
          type: "A",
          proxied: true,
          content: "${aws_eip.web.public_ip}",
        },
      },
      aws_eip: { web: { instance: "${aws_instance.web.id}" } },
      aws_instance: {
        web: { subnet_id: "subnet-1", vpc_security_group_ids: ["${aws_security_group.web.id}"] },
      },
      aws_security_group: { web: { ingress: [EDGE] } },
      ...resource,
    },
    ...more,
  };
}

const decided = (resource: Resources = {}, more: Written = {}) =>
  verdicts(reviewOf([synth(resource, more)]))
    .map((line) => line.replace(`${PATH}: `, ""))
    .join("; ");
const rule = (parts: Written) => ({
  type: "ingress",
  ...EDGE,
  security_group_id: "${aws_security_group.web.id}",
  ...parts,
});
const rules = (edge: Written): Resources => ({
  aws_security_group: { web: {} },
  aws_security_group_rule: { edge },
});

describe("synth output", () => {
  it("is proved as its plan would be", () => {
    expect(decided()).toBe("proved, proved");
  });

  it("has lists item by item: a literal beside a reference is a group of its own", () => {
    const list = ["${aws_security_group.web.id}", "sg-9"];
    const review = reviewOf([
      synth({ aws_instance: { web: { subnet_id: "subnet-1", vpc_security_group_ids: list } } }),
    ]);
    expect(verdicts(review)).toEqual([`${PATH}: proved, undetermined`]);
    expect(idsOf(review).assumptions).not.toContain("binding/list-of-ids");
  });

  it.each<[string, string]>([
    ["an operator", '${var.blue ? aws_security_group.web.id : "sg-9"}'],
    ["a function with a literal", '${coalesce("sg-9", aws_security_group.web.id)}'],
    ["text around it", "x-${aws_security_group.web.id}"],
    ["a directive", "%{if var.blue}${aws_security_group.web.id}%{endif}"],
  ])("does not take a reference for the value: %s", (_, id) => {
    expect(decided(rules(rule({ security_group_id: id })))).toBe("undetermined, proved");
  });

  it("takes a function that only picks for what it picks from", () => {
    const id = "${element([aws_security_group.web.id], 0)}";
    expect(decided(rules(rule({ security_group_id: id })))).toBe("proved, proved");
  });

  it("knows literals through their escapes", () => {
    const www = {
      zone_id: ZONE,
      name: "$${www}",
      type: "A",
      proxied: true,
      content: "${aws_eip.web.public_ip}",
    };
    expect(decided({ cloudflare_dns_record: { www } })).toContain("${www}.example.com IPv4");
  });

  it("keeps the sources of inline rules apart", () => {
    const list = (entries: readonly string[]) => ({ entry: entries.map((cidr) => ({ cidr })) });
    const lists = { web: list(["173.245.48.0/20"]), ssh: list(EDGE_4) };
    const from = (name: string, port: number) => ({
      ...EDGE,
      cidr_blocks: [],
      from_port: port,
      to_port: port,
      prefix_list_ids: [`\${aws_ec2_managed_prefix_list.${name}.id}`],
    });
    const web = { ingress: [from("web", 443), from("ssh", 22)] };
    expect(decided({ aws_security_group: { web }, aws_ec2_managed_prefix_list: lists })).toBe(
      "refuted, proved",
    );
    const both = { ingress: [from("ssh", 443), from("web", 22)] };
    expect(decided({ aws_security_group: { web: both }, aws_ec2_managed_prefix_list: lists })).toBe(
      "proved, proved",
    );
  });

  it.each<[string, Written]>([
    ["before", { dynamic: { ingress: { for_each: "${var.x}", content: {} } }, ingress: [EDGE] }],
    ["behind", { ingress: [EDGE], dynamic: { ingress: { for_each: "${var.x}", content: {} } } }],
    [
      "as a list",
      { ingress: EDGE, dynamic: [{ ingress: [{ for_each: "${var.x}", content: {} }] }] },
    ],
  ])("keeps fixed rules beside a dynamic block %s them", (_, web) => {
    expect(decided({ aws_security_group: { web } })).toBe("proved, undetermined");
  });

  it("leaves open what a dynamic block alone makes", () => {
    const web = { dynamic: { ingress: { for_each: "${var.x}", content: {} } } };
    expect(decided({ aws_security_group: { web } })).toBe("undetermined, undetermined");
  });
});

describe("count and for_each of synth output", () => {
  const each = '${toset(["173.245.48.0/20", "0.0.0.0/0"])}';

  it("make instances of literals", () => {
    expect(decided(rules(rule({ for_each: each, cidr_blocks: ["${each.value}"] })))).toBe(
      "proved, refuted",
    );
    const ports = { a: { port: 443 }, b: { port: 80 } };
    expect(
      decided(
        rules(
          rule({
            for_each: ports,
            from_port: "${each.value.port}",
            to_port: '${each.value["port"]}',
          }),
        ),
      ),
    ).toBe("proved, proved");
    expect(decided(rules(rule({ count: 0 })))).toBe("refuted, proved");
    expect(decided(rules(rule({ count: 2 })))).toBe("proved, proved");
  });

  it("that are unknown may make nothing, or anything", () => {
    expect(
      decided(rules(rule({ for_each: "${var.ranges}", cidr_blocks: ["${each.value}"] }))),
    ).toBe("undetermined, undetermined");
    expect(decided(rules(rule({ count: "${var.n}" })))).toBe("undetermined, proved");
  });

  it("bind by their own key, by a fixed key, and by every key where it can't be told", () => {
    const keys = '${toset(["a", "b"])}';
    const sites = (key: string): Resources => ({
      aws_instance: {
        web: {
          for_each: keys,
          subnet_id: "subnet-1",
          vpc_security_group_ids: [`\${aws_security_group.web[${key}].id}`],
        },
      },
      aws_security_group: {
        web: {
          for_each: { a: EDGE_4[0], b: "0.0.0.0/0" },
          ingress: [{ ...EDGE, cidr_blocks: ["${each.value}"] }],
        },
      },
      aws_eip: { web: { instance: '${aws_instance.web["b"].id}' } },
    });
    expect(decided(sites("each.key"))).toBe("proved, refuted");
    expect(decided(sites('"a"'))).toBe("refuted, proved");
    expect(decided(sites("var.key"))).toBe("undetermined, undetermined");
    expect(decided(sites("local.map[each.key]"))).toBe("undetermined, undetermined");
  });

  it("of a group may leave the list without it", () => {
    const aws_security_group = { web: { count: "${var.n}", ingress: [EDGE] } };
    for (const id of ["${aws_security_group.web[0].id}", "${aws_security_group.web[*].id}"]) {
      const web = { subnet_id: "subnet-1", vpc_security_group_ids: [id] };
      expect(decided({ aws_instance: { web }, aws_security_group })).toBe(
        "undetermined, undetermined",
      );
    }
  });

  it("of an association may leave the address without a holder", () => {
    const resources = {
      aws_eip: { web: {} },
      aws_eip_association: {
        web: {
          count: "${var.n}",
          allocation_id: "${aws_eip.web.id}",
          instance_id: "${aws_instance.web.id}",
        },
      },
    };
    expect(decided(resources)).toBe("undetermined, undetermined");
  });
});

describe("locals of synth output", () => {
  it("are followed", () => {
    const www = { zone_id: ZONE, name: "www", type: "A", proxied: true, content: "${local.ip}" };
    expect(
      decided({ cloudflare_dns_record: { www } }, { locals: { ip: "${aws_eip.web.public_ip}" } }),
    ).toBe("proved, proved");
  });

  it("hide what they hold where they are constants beside a reference", () => {
    const list = "${concat([aws_security_group.web.id], local.more)}";
    const web = { subnet_id: "subnet-1", vpc_security_group_ids: list };
    expect(decided({ aws_instance: { web } }, { locals: { more: ["sg-9"] } })).toBe(
      "undetermined, undetermined",
    );
  });

  it("name one zone by one constant", () => {
    const text = JSON.stringify(synth()).replaceAll(ZONE, "${local.zone}");
    const document = { ...(JSON.parse(text) as Written), locals: { zone: "z" } };
    const review = reviewOf([document]);
    expect(review.paths.map((path) => path.origin.port)).toEqual([443]);
  });
});
